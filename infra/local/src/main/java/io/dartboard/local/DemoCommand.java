package io.dartboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.local.DatasetsCommand.Layout;
import io.dartboard.local.show.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole chain once, from data to verdict. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Run the whole chain once: publish data, search a cell with two seeds, choose, retrain it beside a random "
                    + "cell, transfer it to a larger task, and judge it. Ends with the run's card.",
            "The data is made here unless --data names the official CIFAR-10."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String RUN_FILE = "/demo-run.json";

    @Mixin
    private final StackOptions stack;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "The official cifar-10-binary.tar.gz, or the folder in it; published as dataset cifar10.")
    private @Nullable Path data;

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "Train on the first N images only, in every stage but the transfer.")
    private @Nullable Integer images;

    @Option(names = "--down", description = "Take the stack down at the end.")
    private boolean down;

    DemoCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        if (images != null && images < 2) {
            throw CommandFailure.badInput(
                    "--images must be at least 2, a training and a validation image (was %d)".formatted(images));
        }
        var terminal = stack.terminal();
        stack.home().create();
        if (data == null) {
            terminal.line("Making the demo data in %s".formatted(stack.home().data()));
        }
        var searched = data == null ? DemoData.shapes(stack.home()) : data;
        var scenes = DemoData.scenes(stack.home());
        UpCommand.up(stack);
        terminal.line("");
        var name = data == null ? "shapes" : "cifar10";
        DatasetsCommand.publish(stack, searched, name, Layout.CIFAR_BINARY, null);
        DatasetsCommand.publish(stack, scenes, "scenes", Layout.IMAGE_FOLDER, null);
        terminal.line("");
        var submitted = SubmitCommand.submit(stack, runFile(name));
        var exit = watch(submitted.run());
        farewell(submitted.run());
        return exit;
    }

    private int watch(String run) {
        try (var live = LiveBoard.open(stack.kafka())) {
            var view = Watching.follow(stack, live, run);
            RunFiles.show(stack, view);
            return Watching.exitCode(view);
        }
    }

    private void farewell(String run) {
        var terminal = stack.terminal();
        terminal.line("");
        if (down) {
            stack.launcher().down();
            return;
        }
        terminal.line("The stack is still up. This card again: %s   stop: %s   stop and remove everything: %s"
                .formatted(
                        terminal.bold("infra/run status " + run),
                        terminal.bold("infra/run down"),
                        terminal.bold("infra/run down --purge")));
    }

    private JsonNode runFile(String dataset) {
        try (var in = Objects.requireNonNull(DemoCommand.class.getResourceAsStream(RUN_FILE))) {
            var file = (ObjectNode) new ObjectMapper().readTree(in);
            file.put("dataset", dataset);
            if (images != null) {
                for (var stage : List.of("search", "selection", "evaluation")) {
                    file.withObject("/" + stage).put("images", images.intValue());
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
