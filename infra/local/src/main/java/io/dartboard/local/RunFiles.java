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

/** What a run leaves for people: its card on the terminal, and the card and the drawing of its cell as files. */
final class RunFiles {
    private RunFiles() {}

    /** Prints the card and writes both files. */
    static void show(StackOptions stack, RunView view) {
        write(stack, view);
        new RunCard(stack.terminal(), stack.places(view.run())).lines(view).forEach(stack.terminal()::line);
    }

    private static void write(StackOptions stack, RunView view) {
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
            Files.write(folder.resolve("card.txt"), new RunCard(plain, stack.places(view.run())).lines(view));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
