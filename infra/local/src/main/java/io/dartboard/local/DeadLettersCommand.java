package io.dartboard.local;

import io.dartboard.events.DeadLettered;
import io.dartboard.local.show.Terminal;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.deadletter.DeadLetters;
import io.dartboard.pipeline.deadletter.RefusedRecord;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.ToldSchemas;
import io.dartboard.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows and replays the records that a service refused. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = "Show and replay dead letters: records that a service refused, with the reason.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DeadLettersCommand.Listing.class, DeadLettersCommand.Replay.class})
final class DeadLettersCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Terminal terminal;

    DeadLettersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.line("say what to do: dlq list, or dlq replay LETTER");
        return Exit.BAD_INPUT;
    }

    /** One letter for each refused record, however many services refused it. */
    private static Collection<Event<DeadLettered>> letters(StackOptions stack) {
        var byKey = new LinkedHashMap<String, Event<DeadLettered>>();
        var kafka = stack.requireRunning().kafka();
        try (var schemas = ToldSchemas.following(kafka, "dartboard-cli")) {
            schemas.start();
            EventReader.readAll(kafka, Topics.DEAD_LETTERS, schemas, PATIENCE)
                    .forEach(event -> byKey.putIfAbsent(event.key(), event));
        }
        return byKey.values();
    }

    /** Lists them. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the dead letters, oldest first.")
    static final class Listing implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        Listing(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() {
            var terminal = stack.terminal();
            var letters = letters(stack);
            for (var event : letters) {
                var letter = event.value();
                var key = DeadLetters.keyText(letter);
                terminal.line("%s  %s  refused by %s%s"
                        .formatted(
                                event.time(),
                                terminal.bold(event.key()),
                                letter.getService(),
                                key.isEmpty() ? "" : ", record key " + key));
                terminal.line("    " + letter.getReason());
                if (letter.getCut()) {
                    terminal.line("    the head of %d bytes, SHA-256 %s"
                            .formatted(letter.getRecordBytes(), letter.getRecordSha256()));
                }
            }
            terminal.line(letters.isEmpty() ? "no dead letters" : "%d in all".formatted(letters.size()));
            return Exit.OK;
        }
    }

    /** Puts one back. */
    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description =
                    "Put the record of a dead letter on its topic again, byte for byte, once its cause is mended.")
    static final class Replay implements Callable<Integer> {
        @Mixin
        private final StackOptions stack;

        @Parameters(paramLabel = "LETTER", description = "As dlq list names it: topic/partition/offset.")
        private String key = "";

        Replay(Terminal terminal) {
            stack = new StackOptions(terminal);
        }

        @Override
        public Integer call() throws InterruptedException {
            var letter = letters(stack).stream()
                    .filter(event -> event.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.badInput(
                            "there is no dead letter %s; infra/run dlq list shows them".formatted(key)));
            try (var sender =
                    new EventSender(stack.kafka(), new ServiceIdentity("dartboard-cli", "0.1.0"), Clock.systemUTC())) {
                var put = sender.deliver(RefusedRecord.of(stack.kafka(), letter.value(), PATIENCE));
                stack.terminal().line("replayed as %s/%d/%d".formatted(put.topic(), put.partition(), put.offset()));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.badInput(String.valueOf(e.getMessage()));
            }
            return Exit.OK;
        }
    }
}
