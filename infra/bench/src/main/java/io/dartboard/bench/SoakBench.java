package io.dartboard.bench;

import io.dartboard.nas.tensor.Torch;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether thousands of steps leave the process as large as it was. */
@Command(
        name = "soak",
        description = "The memory of a process over thousands of small search steps.",
        mixinStandardHelpOptions = true)
final class SoakBench implements Callable<Integer> {
    private static final int SAMPLES = 10;
    // The engine reads it when it is loaded.
    private static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";

    @Option(names = "--steps", defaultValue = "2000", description = "Search steps (${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--space",
            defaultValue = "cnn",
            description = "${COMPLETION-CANDIDATES}: cells for images or for text (${DEFAULT-VALUE}).")
    private Space space = Space.CNN;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Threads of an operation (${DEFAULT-VALUE}: operations this small are slower with more).")
    private int threads;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        if (steps < SAMPLES) {
            throw new IllegalArgumentException("--steps must be at least %d (was %d)".formatted(SAMPLES, steps));
        }
        PrintWriter out = command.commandLine().getOut();
        if (threads < 1) {
            throw new IllegalArgumentException("--threads must be at least 1 (was %d)".formatted(threads));
        }
        System.setProperty(ENGINE_THREADS, Integer.toString(threads));
        io.dartboard.bench.Spec spec =
                switch (space) {
                    case CNN -> new SearchSpec(Network.ENGINE, Order.SECOND.method.id(), 4, 3, 8, 8, 8);
                    case RNN ->
                        new RecurrentSearchSpec(Network.ENGINE, Order.SECOND.method.id(), new TextSizes(8, 4, 5, 50));
                };
        List<Map.Entry<Integer, Long>> held = Probe.resident(() -> spec.open(Torch.device("cpu")), steps, SAMPLES);
        held.forEach(each -> out.printf("after %6d steps %6d MiB%n", each.getKey(), each.getValue() >> 20));
        long first = held.get(held.size() / 2).getValue();
        long last = held.get(held.size() - 1).getValue();
        out.printf(
                Locale.ROOT,
                "the second half of %d steps added %.1f MiB, %.2f KiB a step%n",
                steps,
                (last - first) / 1048576.0,
                (last - first) / 1024.0 / (steps / 2.0));
        out.flush();
        return 0;
    }
}
