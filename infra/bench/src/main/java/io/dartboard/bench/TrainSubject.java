package io.dartboard.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.network.ConvolutionalNetwork;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.image.network.PlainNetwork;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.TrainingPlan;
import io.dartboard.nas.image.train.TrainingState;
import io.dartboard.nas.image.train.TrainingStep;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Torch;

/** A training step on random images, half way through the paper's evaluation. */
final class TrainSubject implements Subject {
    private static final int CIFAR_CLASSES = 10;
    private static final int IMAGENET_CLASSES = 1000;

    private final NDManager root;
    private final TrainingPlan plan = RetrainConfig.paperCifar10().plan();
    private final TrainingState state;
    private final TrainingStep step;
    private final Batch images;
    private int steps;

    TrainSubject(Device device, TrainSpec spec) {
        root = Torch.open(device);
        int classes = spec.stem() == Stem.CIFAR ? CIFAR_CLASSES : IMAGENET_CLASSES;
        RandomStreams streams = new RandomStreams(0);
        DiscreteNetwork network = network(spec, classes);
        state = TrainingState.fresh(root, network, plan, streams);
        step = new TrainingStep(network, plan, streams, new ChannelConstants(root, DataType.FLOAT32));
        images = new RandomImages(spec.batch(), spec.side(), classes, streams.stream("images")).batch();
    }

    private static DiscreteNetwork network(TrainSpec spec, int classes) {
        Genotype genotype = PublishedGenotypes.DARTS_V2;
        NetworkShape shape = new NetworkShape(spec.channels(), spec.cells(), classes);
        return switch (spec.network()) {
            case ENGINE -> ConvolutionalNetwork.of(spec.stem(), genotype, shape, spec.side(), true);
            case PLAIN -> PlainNetwork.of(spec.stem(), genotype, shape, spec.side(), true);
        };
    }

    @Override
    public void step() {
        try (NDManager scope = root.newSubManager()) {
            step.take(root, state, images.on(scope), plan.epochs() / 2, steps++);
        }
        state.means(); // waits
    }

    @Override
    public void close() {
        root.close();
    }
}
