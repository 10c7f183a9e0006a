package io.dartboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.VersionDecided;
import io.dartboard.local.show.OrderCard;
import io.dartboard.local.show.ProgressLine;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.pipeline.view.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The demonstration of a standing order: a champion is found on a first version of made data, then ten more versions come, of
 * which one was taken under noise. The order measures the champion's cell on each, and searches anew on that one alone.
 */
final class ContinuousDemo {
    private static final int VERSIONS = 10;
    private static final int SHIFTED = 6;
    private static final long LOOK_MS = 1_000;

    private final StackOptions stack;
    private final OrderCard card;

    ContinuousDemo(StackOptions stack) {
        this.stack = stack;
        this.card = new OrderCard(stack.terminal());
    }

    /** Runs it on a stack that is up; its exit code. */
    int run() {
        var file = order();
        var name = file.path("order").asText();
        try (var live = LiveBoard.open(stack.kafka())) {
            publish(0, file);
            stack.api().order(file);
            stack.terminal()
                    .line("order %s stands; %d more versions come, and version %s was taken under noise"
                            .formatted(stack.terminal().bold(name), VERSIONS, version(SHIFTED)));
            await(live, name, 0);
            for (var number = 1; number <= VERSIONS; number++) {
                publish(number, file);
                await(live, name, number);
            }
            var order = live.board().order(name).orElseThrow();
            sum(order);
            return isAsPromised(order) ? Exit.OK : Exit.RUN_FAILED;
        }
    }

    private void publish(int number, JsonNode order) {
        stack.terminal().line("");
        Publication.of(
                        DemoData.dailyShapes(stack.home(), number, number == SHIFTED),
                        order.path("dataset").asText())
                .version(version(number))
                .publish(stack);
    }

    /** Shows what is decided about a version until nothing of it goes on. */
    private void await(LiveBoard live, String name, int number) {
        var shown = 0;
        var progress = new ProgressLine(stack.terminal());
        while (true) {
            var decisions = decisions(live, name, version(number));
            if (decisions.size() > shown) {
                progress.wipe();
                decisions.subList(shown, decisions.size()).forEach(told -> card.decision(told)
                        .forEach(stack.terminal()::line));
                shown = decisions.size();
            }
            var going = decisions.stream()
                    .flatMap(told -> told.decided().getRuns().stream())
                    .flatMap(run -> live.board().run(run).stream())
                    .filter(run -> !run.state().ended())
                    .findFirst();
            if (going.isEmpty() && decisions.stream().anyMatch(OrderView.Told::isFinal) && haveBegun(live, decisions)) {
                progress.wipe();
                return;
            }
            progress.wipe();
            going.ifPresent(run -> show(run, progress));
            pause();
        }
    }

    private static boolean haveBegun(LiveBoard live, List<OrderView.Told> decisions) {
        return decisions.stream()
                .flatMap(told -> told.decided().getRuns().stream())
                .allMatch(run -> live.board().run(run).isPresent());
    }

    private static void show(RunView run, ProgressLine progress) {
        run.stages().stream()
                .filter(stage -> stage.fraction() < 1)
                .findFirst()
                .ifPresent(stage -> progress.at(
                        "run %s, %s".formatted(run.run(), stage.stage()), Math.round(100 * stage.fraction()), 100));
    }

    private static List<OrderView.Told> decisions(LiveBoard live, String name, String version) {
        return live.board().order(name).stream()
                .flatMap(order -> order.decisions().stream())
                .filter(told -> told.decided().getVersion().equals(version))
                .toList();
    }

    private void sum(OrderView order) {
        var terminal = stack.terminal();
        terminal.line("");
        card.sum(order).forEach(terminal::line);
        terminal.line("All of it again: %s"
                .formatted(
                        terminal.bold("infra/run order show " + order.placed().getOrder())));
    }

    /** One search for the version under noise, and every other version but the first kept. */
    private static boolean isAsPromised(OrderView order) {
        return order.decisions().stream()
                .map(OrderView.Told::decided)
                .filter(decided -> !decided.getVersion().equals(version(0)))
                .allMatch(ContinuousDemo::isAsPromised);
    }

    private static boolean isAsPromised(VersionDecided decided) {
        return switch (decided.getAction()) {
            case SEARCH -> decided.getVersion().equals(version(SHIFTED));
            case KEEP -> !decided.getVersion().equals(version(SHIFTED));
            case MEASURE -> true;
            case PASS, DEFER, UNKNOWN -> false;
        };
    }

    private static String version(int number) {
        return "day-%02d".formatted(number);
    }

    private static JsonNode order() {
        try (var in = Objects.requireNonNull(ContinuousDemo.class.getResourceAsStream("/demo-order.json"))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.environment("interrupted");
        }
    }
}
