package io.dartboard.local;

import io.dartboard.local.show.Quantity;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.cost.SupernetCost;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.preset.Preset;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.preset.Recipe;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts a network by arithmetic alone: needs no stack and no engine. */
@Command(
        name = "count",
        mixinStandardHelpOptions = true,
        description = {
            "Count the parameters and multiply-adds of a genotype's network, exactly; or of a preset's supernet.",
            "Multiply-adds are those of convolutions and the classifier, for one image, without the auxiliary head; of a"
                    + " language model those of the cell and the decoder, for one word."
        })
final class CountCommand implements Callable<Integer> {
    private static final int CIFAR_CLASSES = 10;
    private static final int CIFAR_SIDE = 32;
    private static final int IMAGENET_CLASSES = 1000;

    private final Terminal terminal;

    @Option(
            names = "--genotype",
            paramLabel = "CELL",
            description = "DARTS_V1, DARTS_V2, NASNET_A, AMOEBANET_A, random[:SEED] or a text 'Genotype(...)'; a text"
                    + " '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|' of NAS-Bench-201; where the preset is"
                    + " one for text, the recurrent cell ENAS, DARTS_V1, DARTS_V2, random[:SEED] or a text.")
    private @Nullable String genotype;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "The network's recipe: darts-cifar10-evaluation (default; of a cell of NAS-Bench-201"
                    + " nas-bench-201-evaluation), darts-imagenet-mobile, or that of a search for its"
                    + " supernet; infra/run presets lists all.")
    private @Nullable String preset;

    @Option(names = "--cells", paramLabel = "N", description = "Cells, instead of the preset's.")
    private @Nullable Integer cells;

    @Option(
            names = "--channels",
            paramLabel = "N",
            description = "Channels of the first cell, instead of the preset's.")
    private @Nullable Integer channels;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "For text: width of embedding and hidden state, instead of the preset's.")
    private @Nullable Integer width;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description =
                    "Classes (default: 10, for a transfer 1000), or words of the vocabulary (default: 10000, for a"
                            + " transfer 33278).")
    private @Nullable Integer classes;

    @Option(
            names = "--resolution",
            paramLabel = "N",
            description = "Side of an image in pixels (default: 32, for a transfer the preset's).")
    private @Nullable Integer resolution;

    CountCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var recipe = preset == null ? usual() : Presets.of(preset);
        if (SearchSpace.of(recipe.space()) instanceof ConvolutionalSpace space) {
            onImages(recipe, space);
        } else {
            onText(recipe);
        }
        return Exit.OK;
    }

    /** The recipe of a cell that names none, by its notation. */
    private Preset usual() {
        return genotype != null && NasBench201Genotype.hasForm(genotype)
                ? Presets.NAS_BENCH_201_EVALUATION
                : Presets.EVALUATION;
    }

    private void onText(Preset recipe) {
        if (cells != null || channels != null || resolution != null) {
            throw CommandFailure.badInput(
                    "preset %s is one for text, which has no cells, channels and resolution; say --width and --classes"
                            .formatted(recipe.name()));
        }
        var counted = new RecurrentCount(terminal, recipe, width, classes);
        if (recipe.recipe() == Recipe.SEARCH) {
            refuseGenotype(recipe);
            counted.supernet(RecurrentSpace.DARTS);
        } else {
            counted.network(requireGenotype());
        }
    }

    private void onImages(Preset recipe, ConvolutionalSpace space) {
        if (width != null) {
            throw CommandFailure.badInput("preset %s is one for images, which has no width; say --cells and --channels"
                    .formatted(recipe.name()));
        }
        var large = recipe.recipe() == Recipe.TRANSFER;
        var shape = new NetworkShape(
                or(channels, recipe.number("channels")),
                or(cells, recipe.number("cells")),
                or(classes, large ? IMAGENET_CLASSES : CIFAR_CLASSES));
        var side = or(resolution, large ? recipe.number("resolution") : CIFAR_SIDE);
        if (recipe.recipe() == Recipe.SEARCH) {
            supernet(recipe, space, shape, side);
        } else {
            network(large ? Stem.IMAGENET : Stem.CIFAR, recipe, space, shape, side);
        }
    }

    private void refuseGenotype(Preset recipe) {
        if (genotype != null) {
            throw CommandFailure.badInput(
                    "preset %s counts a supernet, which has no genotype; leave --genotype out, or choose another preset"
                            .formatted(recipe.name()));
        }
    }

    private String requireGenotype() {
        if (genotype == null) {
            throw CommandFailure.badInput(
                    "--genotype is missing; name a cell, or a search's --preset for its supernet");
        }
        return genotype;
    }

    private void supernet(Preset recipe, ConvolutionalSpace space, NetworkShape shape, int side) {
        refuseGenotype(recipe);
        title("the supernet of " + space.id(), recipe, shape, side);
        var cost = SupernetCost.of(space, shape, ImageSize.square(side));
        count("parameters", cost.parameters());
        count("alphas", (long) space.cells().size() * space.edgeCount() * space.candidateCount());
        count("multiply-adds", cost.multiplyAdds());
        var method = Objects.requireNonNull(recipe.values().get("method"), "a search has a method");
        var stages = SearchMethods.of(method.toString(), ImageSearch.METHODS).stages();
        if (stages.count() > 1) {
            terminal.line("  in the first of %d stages; those after it have %s cells, and the candidates that are left"
                    .formatted(
                            stages.count(),
                            IntStream.range(1, stages.count())
                                    .mapToObj(stage -> Integer.toString(stages.cells(stage, shape.cells())))
                                    .collect(Collectors.joining(" and "))));
        }
    }

    private void network(Stem stem, Preset recipe, ConvolutionalSpace space, NetworkShape shape, int side) {
        var cell = NamedGenotype.of(requireGenotype(), space);
        var image = ImageSize.square(side);
        title(cell.name().isEmpty() ? "the given cell" : cell.name(), recipe, shape, side);
        var cost = NetworkCost.of(stem, cell.genotype(), shape, image);
        count("parameters", cost.parameters());
        head(stem, cell, shape, image)
                .ifPresentOrElse(
                        head -> {
                            count("of the auxiliary head", head.parameters());
                            count("with it", cost.plus(head).parameters());
                        },
                        () -> terminal.line(
                                cell.genotype() instanceof NasBench201Genotype
                                        ? "  networks of this space have no auxiliary head"
                                        : "  no auxiliary head fits images of this size"));
        count("multiply-adds", cost.multiplyAdds());
    }

    /** Empty where the head cannot be built at this size. */
    private static Optional<Cost> head(
            Stem stem, NamedGenotype<ConvolutionalArchitecture> cell, NetworkShape shape, ImageSize image) {
        try {
            return Optional.of(NetworkCost.auxiliaryHead(stem, cell.genotype(), shape, image));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void title(String what, Preset recipe, NetworkShape shape, int side) {
        terminal.line("%s by %s: %d cells, %d channels, %d classes, %d x %d pixels"
                .formatted(
                        terminal.bold(what),
                        recipe.name(),
                        shape.cells(),
                        shape.channels(),
                        shape.classes(),
                        side,
                        side));
    }

    private void count(String what, long number) {
        terminal.line(count(terminal, what, number));
    }

    /** A line that tells one count. */
    static String count(Terminal terminal, String what, long number) {
        return "  %-22s %12d  %s".formatted(what, number, terminal.dim(Quantity.count(number)));
    }

    private static int or(@Nullable Integer asked, int usual) {
        return asked == null ? usual : asked;
    }
}
