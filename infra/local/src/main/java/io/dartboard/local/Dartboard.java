package io.dartboard.local;

import io.dartboard.local.launch.StackFailure;
import io.dartboard.local.show.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
        name = "infra/run",
        description = "Dartboard: neural architecture search as a pipeline of events, on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            RestartCommand.class,
            DatasetsCommand.class,
            SubmitCommand.class,
            EvaluateCommand.class,
            WatchCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            BudgetCommand.class,
            CancelCommand.class,
            FinishCommand.class,
            StatusCommand.class,
            OrderCommand.class,
            ChampionsCommand.class,
            CompareCommand.class,
            ReproduceCommand.class,
            DeadLettersCommand.class,
            PresetsCommand.class,
            MethodsCommand.class,
            CountCommand.class,
            DistanceCommand.class,
            ChaosCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "Dartboard 0.1.0",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the run failed or was cancelled",
            "2:bad usage or bad input",
            "3:the machine, the stack or the network stands in the way",
            "4:the run goes on, but watching has ended (--timeout, or the stack was taken down)"
        },
        footer = {
            "",
            "First steps: infra/run demo, then infra/run status",
            "What a step costs on this machine: infra/run bench --help"
        })
public final class Dartboard {

    private Dartboard() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(Terminal.standard(out), err, args));
    }

    /** Runs one command; its exit code. */
    static int run(Terminal terminal, PrintStream err, String... args) {
        var commandLine = new CommandLine(new Dartboard(), new Factory(terminal))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(terminal.width())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, unused) -> badUsage(e))
                .setExecutionExceptionHandler((e, failed, result) -> failed(terminal, err, e));
        if (args.length == 0) {
            commandLine.usage(terminal.out());
            return Exit.BAD_INPUT;
        }
        return commandLine.execute(args);
    }

    private static int badUsage(CommandLine.ParameterException e) {
        var command = e.getCommandLine();
        command.getErr().println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.BAD_INPUT;
    }

    private static int failed(Terminal terminal, PrintStream err, Exception e) {
        err.println(terminal.red("dartboard: ") + Cause.line(e));
        if (e instanceof CommandFailure failure) {
            return failure.exitCode();
        }
        return e instanceof StackFailure
                ? Exit.ENVIRONMENT
                : e instanceof IllegalArgumentException ? Exit.BAD_INPUT : Exit.ENVIRONMENT;
    }

    /** Gives each command the terminal. */
    private record Factory(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                var parameters = constructor.getParameterTypes();
                if (parameters.length == 1 && parameters[0] == Terminal.class) {
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
