package io.dartboard.local;

import io.dartboard.local.show.Terminal;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Measures how far two architectures are apart: needs no stack and no engine. */
@Command(
        name = "distance",
        mixinStandardHelpOptions = true,
        description = {
            "Tell how far two architectures are apart, by what their edges hold (DARTOpti): 0 for equal ones, at most 1.",
            "A pair of cells stands for the network of eight cells in which it is searched. Beside it, of two pairs, the"
                    + " edits that turn one into the other; of two cells of NAS-Bench-201 the edits alone.",
            "Example: infra/run distance ResNet18 ResNet50"
        })
final class DistanceCommand implements Callable<Integer> {
    private static final String WHAT =
            "A published name (DARTS_V1, DARTS_V2, FairDARTS_a to FairDARTS_g, ResNet18, ResNet50, Xception, InceptionV4),"
                    + " random[:SEED], a text 'Genotype(...)' or '|op~0|+...' of NAS-Bench-201, or a file that holds one.";

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "A", description = WHAT)
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = WHAT)
    private String second = "";

    DistanceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var left = read(first);
        var right = read(second);
        terminal.line("%s to %s".formatted(terminal.bold(name(left)), terminal.bold(name(right))));
        if (left.genotype() instanceof NasBench201Genotype && right.genotype() instanceof NasBench201Genotype) {
            line("edits", Integer.toString(left.genotype().distance(right.genotype())));
            return Exit.OK;
        }
        line("distance", String.format(Locale.ROOT, "%.5f", distance(left.genotype(), right.genotype())));
        edits(left.genotype(), right.genotype());
        return Exit.OK;
    }

    private static double distance(ConvolutionalArchitecture left, ConvolutionalArchitecture right) {
        try {
            return ArchitectureDistance.between(left, right);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()));
        }
    }

    private void edits(ConvolutionalArchitecture left, ConvolutionalArchitecture right) {
        if (left.getClass().equals(right.getClass())) {
            line("edits", Integer.toString(left.distance(right)));
        }
        var cells = List.of(ArchitectureDistance.cells(left), ArchitectureDistance.cells(right));
        line(
                "cells compared",
                Integer.toString(Math.min(cells.get(0).size(), cells.get(1).size())));
    }

    private void line(String what, String value) {
        terminal.line("  %-16s %s".formatted(what, value));
    }

    private static NamedGenotype<ConvolutionalArchitecture> read(String written) {
        try {
            var content = content(written);
            return NamedGenotype.of(
                    content, NasBench201Genotype.hasForm(content) ? NasBench201Space.PUBLISHED : CnnSpace.DARTS);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()));
        }
    }

    /** What a file of that name holds; the word itself where there is none. */
    private static String content(String written) {
        try {
            var file = Path.of(written);
            return Files.isRegularFile(file) ? Files.readString(file) : written;
        } catch (InvalidPathException e) {
            return written;
        } catch (IOException e) {
            throw CommandFailure.badInput("%s cannot be read: %s".formatted(written, e.getMessage()));
        }
    }

    private static String name(NamedGenotype<ConvolutionalArchitecture> named) {
        return named.name().isEmpty() ? "the given architecture" : named.name();
    }
}
