package io.dartboard.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.local.show.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for a run. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        description = {
            "Ask for a run. The same request a second time joins the first run instead of doing the work again.",
            "The file is JSON; all but the dataset may be left out and comes from the paper: "
                    + "{\"dataset\": \"shapes\", \"seeds\": [0, 1], \"search\": {\"epochs\": 5}}"
        })
final class SubmitCommand implements Callable<Integer> {
    @Mixin
    private final StackOptions stack;

    @Parameters(paramLabel = "FILE", description = "The run file.")
    private Path file = Path.of("");

    @Option(names = "--watch", description = "Watch the run to its end.")
    private boolean watch;

    SubmitCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        var submitted = submit(stack.requireRunning(), read(file));
        return watch ? Watching.untilTheEnd(stack, submitted.run()) : Exit.OK;
    }

    static SearchApi.Submitted submit(StackOptions stack, JsonNode runFile) {
        var submitted = stack.api().submit(runFile);
        stack.terminal()
                .line("run %s %s"
                        .formatted(
                                stack.terminal().bold(submitted.run()),
                                submitted.joined() ? "joined: the same request was made before" : "requested"));
        return submitted;
    }

    static JsonNode read(Path file) {
        var json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try {
            return json.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw CommandFailure.badInput("%s is not JSON: line %d, column %d: %s"
                    .formatted(file, at.getLineNr(), at.getColumnNr(), firstLine(e.getOriginalMessage())));
        } catch (IOException e) {
            throw CommandFailure.badInput("cannot read %s: %s".formatted(file, reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such file" : Cause.line(e);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unreadable");
    }
}
