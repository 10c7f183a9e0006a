package io.dartboard.bench;

import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time, memory and operations of a training step of the paper's evaluation networks. */
@Command(
        name = "train",
        description = "A training step of DARTS_V2: on CIFAR (20 cells, 36 channels) and on ImageNet (14 cells, 48"
                + " channels, 224 pixels), or on Penn Treebank. The engine beside the plain network.",
        mixinStandardHelpOptions = true)
final class TrainBench implements Callable<Integer> {
    private static final int CIFAR_BATCH = 32;

    @Option(
            names = "--space",
            defaultValue = "cnn",
            description = "${COMPLETION-CANDIDATES}: cells for images or for text (${DEFAULT-VALUE}).")
    private Space space = Space.CNN;

    @Option(
            names = "--batch",
            description = "Images of an evaluation batch (32 if not given; the paper's 96 need 3 times the memory), or"
                    + " columns of text (the paper's 64 if not given).")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--imagenet-batch",
            defaultValue = "8",
            description = "Images of an ImageNet batch (${DEFAULT-VALUE}; the paper has 128).")
    private int imageNetBatch;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Mixin
    private TextOptions text;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Mixin
    private RoundOptions options;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        options.require();
        space.requireOwnOptions(command);
        switch (space) {
            case CNN -> {
                int images = batch.orElse(CIFAR_BATCH);
                List<TrainSpec> specs = new ArrayList<>();
                for (Network network : Network.values()) {
                    specs.add(new TrainSpec(network, Stem.CIFAR, 36, 20, 32, images));
                }
                for (Network network : Network.values()) {
                    specs.add(new TrainSpec(network, Stem.IMAGENET, 48, 14, 224, imageNetBatch));
                }
                measure("batch %d and %d".formatted(images, imageNetBatch), specs);
            }
            case RNN -> {
                RecurrentTrainConfig paper = RecurrentTrainConfig.paperPtb();
                TextSizes sizes =
                        text.over(new TextSizes(paper.width(), paper.batchSize(), paper.bptt(), TextSizes.PENN), batch);
                List<RecurrentTrainSpec> specs = new ArrayList<>();
                for (Network network : Network.values()) {
                    specs.add(new RecurrentTrainSpec(network, sizes));
                }
                measure(sizes.toString(), specs);
            }
        }
        return 0;
    }

    private void measure(String sizes, List<? extends io.dartboard.bench.Spec> specs) {
        PrintWriter out = command.commandLine().getOut();
        out.printf(
                "Training step of DARTS_V2, %s, %s threads; medians of %d alternating turns%n",
                sizes, options.threads(), options.rounds);
        out.flush();
        new ResultTable(out, Measured.of(specs, options.rounds)).print(options.profile);
    }
}
