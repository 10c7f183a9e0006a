package io.dartboard.bench;

import io.dartboard.nas.network.Geometry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time, memory and operations of a step of the paper's evaluation network and of its ImageNet network. */
@Command(
        name = "train",
        description = "A training step of DARTS_V2, on CIFAR (20 cells, 36 channels) and on ImageNet (14 cells, 48"
                + " channels, 224 pixels): the engine beside the plain network in the default layout.",
        mixinStandardHelpOptions = true)
final class TrainBench implements Callable<Integer> {
    @Option(
            names = "--batch",
            defaultValue = "32",
            description = "Images of an evaluation batch (${DEFAULT-VALUE}; the paper's 96 need 3 times the memory).")
    private int batch;

    @Option(
            names = "--imagenet-batch",
            defaultValue = "8",
            description = "Images of an ImageNet batch (${DEFAULT-VALUE}; the paper has 128).")
    private int imageNetBatch;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Mixin
    private RoundOptions options;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        options.require();
        PrintWriter out = command.commandLine().getOut();
        List<TrainSpec> specs = new ArrayList<>();
        for (Network network : Network.values()) {
            specs.add(new TrainSpec(network, Geometry.CIFAR, 36, 20, 32, batch));
        }
        for (Network network : Network.values()) {
            specs.add(new TrainSpec(network, Geometry.IMAGENET, 48, 14, 224, imageNetBatch));
        }
        out.printf(
                "Training step of DARTS_V2, batch %d and %d, %s threads; medians of %d alternating rounds%n",
                batch, imageNetBatch, options.threads(), options.rounds);
        out.flush();
        new Table(out, Measured.of(specs, options.rounds)).print(options.profile);
        return 0;
    }
}
