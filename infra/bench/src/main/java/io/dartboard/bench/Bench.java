package io.dartboard.bench;

import io.dartboard.bench.methods.MethodBench;
import io.dartboard.nas.data.InvalidDatasetException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code infra/run bench}: measures on this machine. */
@Command(
        name = "infra/run bench",
        description =
                "Measures what a step costs on this machine, beside the plain networks of the tests, and what methods come to.",
        subcommands = {
            SearchBench.class,
            TrainBench.class,
            LoaderBench.class,
            PublishBench.class,
            SoakBench.class,
            DeviceBench.class,
            MethodBench.class,
            ToyPlot.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Let nothing else run meanwhile. Every figure is a median; ratios come from one alternating run."
        })
public final class Bench {
    private static final int BAD_INPUT = 2;

    private Bench() {}

    /** Runs one measurement and exits with its code. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        CommandLine commandLine = commandLine(new Bench());
        if (args.length == 0) {
            commandLine.usage(System.out);
            System.exit(BAD_INPUT);
        }
        System.exit(commandLine.execute(args));
    }

    /** A command whose failures are one line each. */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, failed, result) -> {
                    failed.getErr().println("bench: " + e.getMessage());
                    return e instanceof IllegalArgumentException || e instanceof InvalidDatasetException
                            ? BAD_INPUT
                            : 1;
                });
    }
}
