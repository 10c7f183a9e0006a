package io.dartboard.bench;

import ai.djl.Device;
import io.dartboard.nas.image.cost.Stem;
import java.util.List;

/** A training step of the discrete network of DARTS_V2. */
record TrainSpec(Network network, Stem stem, int channels, int cells, int side, int batch) implements Spec {
    static final String KIND = "train";
    private static final int SMALL = 4;

    TrainSpec {
        if (channels < 2 || cells < 4 || batch < 2) {
            throw new IllegalArgumentException("a training step needs at least 2 channels, 4 cells and 2 images"
                    + " (were %d, %d and %d)".formatted(channels, cells, batch));
        }
        stem.require(side, true);
    }

    static TrainSpec of(List<String> arguments) {
        int[] sizes = arguments.stream().skip(2).mapToInt(Integer::parseInt).toArray();
        return new TrainSpec(
                Network.valueOf(arguments.get(0)),
                Stem.valueOf(arguments.get(1)),
                sizes[0],
                sizes[1],
                sizes[2],
                sizes[3]);
    }

    @Override
    public Subject open(Device device) {
        return new TrainSubject(device, this);
    }

    @Override
    public String title() {
        return stem == Stem.CIFAR ? "evaluation" : "ImageNet";
    }

    @Override
    public int examples() {
        return batch;
    }

    @Override
    public String unit() {
        return "images";
    }

    @Override
    public Spec small() {
        return new TrainSpec(network, stem, channels, cells, side, Math.min(SMALL, batch));
    }

    @Override
    public List<String> arguments() {
        return List.of(
                KIND,
                network.name(),
                stem.name(),
                Integer.toString(channels),
                Integer.toString(cells),
                Integer.toString(side),
                Integer.toString(batch));
    }
}
