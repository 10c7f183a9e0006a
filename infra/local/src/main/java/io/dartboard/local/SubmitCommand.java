package io.dartboard.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.local.show.BudgetText;
import io.dartboard.local.show.Terminal;
import io.dartboard.local.show.TerminalWords;
import io.dartboard.pipeline.config.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Mixin
    private final BudgetOptions budget = new BudgetOptions();

    @Option(
            names = "--priority",
            paramLabel = "WORD",
            description =
                    "low, normal or high: before which others its jobs are begun (default: the file's, or normal).")
    private @Nullable String priority;

    @Option(names = "--watch", description = "Watch the run to its end.")
    private boolean watch;

    SubmitCommand(Terminal terminal) {
        stack = new StackOptions(terminal);
    }

    @Override
    public Integer call() {
        var submitted = submit(stack.requireRunning(), withOptions(read(file)));
        return watch ? Watching.untilTheEnd(stack, submitted.run()) : Exit.OK;
    }

    /** What stands on the command line is laid over what stands in the file; what is no file of a run the service refuses. */
    private JsonNode withOptions(JsonNode read) {
        var given = budget.given();
        if (read instanceof ObjectNode runFile) {
            if (!given.isEmpty()) {
                var inFile = runFile.get("budget") instanceof ObjectNode there ? there : runFile.putObject("budget");
                inFile.setAll(given);
            }
            if (priority != null) {
                runFile.put("priority", priority);
            }
        }
        return read;
    }

    static SearchApi.Submitted submit(StackOptions stack, JsonNode runFile) {
        var submitted = stack.api().submit(runFile);
        stack.terminal().line("run %s %s".formatted(stack.terminal().bold(submitted.run()), became(submitted)));
        return submitted;
    }

    /** What the request has come to, in words. */
    static String became(SearchApi.Submitted submitted) {
        if (!submitted.joined()) {
            return submitted.requestEpoch() > 1
                    ? "begins again (request %d): it had failed or was cancelled; what was done then is not done anew"
                            .formatted(submitted.requestEpoch())
                    : "requested";
        }
        var why = submitted.reason().isEmpty() ? "" : ": " + TerminalWords.of(submitted.reason());
        return switch (submitted.state()) {
            case "PAUSED" ->
                "joined: the same request was made before, and the run is PAUSED%s; go on with: %s"
                        .formatted(why, BudgetText.goOn(submitted.run(), submitted.spent()));
            case "SUCCEEDED" ->
                "joined: the same request was made before, and the run has SUCCEEDED; see infra/run status %s"
                        .formatted(submitted.run());
            default ->
                "joined: the same request was made before, and the run is %s%s".formatted(submitted.state(), why);
        };
    }

    static JsonNode read(Path file) {
        try {
            return StrictJson.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput("%s is not JSON, %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw CommandFailure.badInput("cannot read %s: %s".formatted(file, reason(e)));
        }
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such file" : Cause.line(e);
    }
}
