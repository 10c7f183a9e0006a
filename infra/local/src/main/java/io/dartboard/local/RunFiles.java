package io.dartboard.local;

import io.dartboard.local.show.RunCard;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.pipeline.view.RunView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What a run leaves for people: its card on the terminal, and the card and the drawing of its cell as files. */
final class RunFiles {
    private RunFiles() {}

    /** Prints the card and writes both files. */
    static void show(StackOptions stack, RunView view) {
        write(stack, view);
        new RunCard(stack.terminal(), stack.places(view.run())).lines(view).forEach(stack.terminal()::line);
    }

    /** Writes those again that have been written before, so that none tells of yesterday. */
    static void refresh(StackOptions stack, List<RunView> views) {
        views.stream()
                .filter(view -> Files.exists(stack.home().run(view.run())))
                .forEach(view -> write(stack, view));
    }

    /** Writes both files anew. */
    static void write(StackOptions stack, RunView view) {
        var folder = stack.home().run(view.run());
        try {
            Files.createDirectories(folder);
            var genotype = RunCard.genotype(view);
            if (genotype.isPresent()) {
                Files.writeString(
                        stack.places(view.run()).svg(),
                        Architecture.parse(genotype.get())
                                .svg(
                                        "The cell",
                                        "Run %s on %s"
                                                .formatted(
                                                        view.run(),
                                                        view.request().getDataset())));
            }
            var plain = Terminal.plain(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            var lines = new ArrayList<>(new RunCard(plain, stack.places(view.run())).lines(view));
            lines.add("");
            lines.add("as of %s; anew with: infra/run status %s"
                    .formatted(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS), view.run()));
            Files.write(folder.resolve("card.txt"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
