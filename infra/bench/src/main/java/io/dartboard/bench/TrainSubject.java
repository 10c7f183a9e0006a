package io.dartboard.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.evaluate.RetrainConfig;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.network.DiscreteNetwork;
import io.dartboard.nas.network.DiscreteNetwork.Outputs;
import io.dartboard.nas.network.DropPath;
import io.dartboard.nas.network.Geometry;
import io.dartboard.nas.network.PlainNetwork;
import io.dartboard.nas.ops.Pass;
import io.dartboard.nas.optim.GradientClip;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;

/** A training step on random images: forward with auxiliary head and drop path, backward, clipping, SGD. */
final class TrainSubject implements Subject {
    private static final int CIFAR_CLASSES = 10;
    private static final int IMAGENET_CLASSES = 1000;
    private static final double DROP_PATH = 0.1; // half way through the paper's evaluation

    private interface Forward {
        Outputs train(NDArray images, Pass pass, DropPath dropPath);
    }

    private final TrainSpec spec;
    private final RandomStreams streams = new RandomStreams(0);
    private final NDManager root = Torch.open(Torch.device("cpu"));
    private final ChannelConstants constants = new ChannelConstants(root, DataType.FLOAT32);
    private final Forward forward;
    private final int operands;
    private final ParameterVector weights;
    private final ParameterVector statistics;
    private final Sgd sgd;
    private final RandomImages images;
    private int steps;

    TrainSubject(TrainSpec spec) {
        this.spec = spec;
        int classes = spec.geometry() == Geometry.CIFAR ? CIFAR_CLASSES : IMAGENET_CLASSES;
        NetworkShape shape = new NetworkShape(spec.channels(), spec.cells(), classes);
        switch (spec.network()) {
            case ENGINE -> {
                var network =
                        DiscreteNetwork.of(spec.geometry(), PublishedGenotypes.DARTS_V2, shape, spec.side(), true);
                forward = network::train;
                operands = network.operands();
                weights = vector(network.weights());
                statistics = vector(network.statistics());
            }
            case PLAIN -> {
                var network = PlainNetwork.of(spec.geometry(), PublishedGenotypes.DARTS_V2, shape, spec.side(), true);
                forward = network::train;
                operands = network.operands();
                weights = vector(network.weights());
                statistics = vector(network.statistics());
            }
            default -> throw new IllegalStateException("no such network");
        }
        RetrainConfig paper = RetrainConfig.paperCifar10();
        sgd = new Sgd(root, weights, paper.momentum(), paper.weightDecay());
        images = new RandomImages(spec.batch(), spec.side(), classes, streams.stream("images"));
    }

    private ParameterVector vector(ParameterLayout layout) {
        return new ParameterVector(root, layout, layout.initial(streams.stream("weights")));
    }

    @Override
    public void step() {
        RetrainConfig paper = RetrainConfig.paperCifar10();
        try (NDManager scope = root.newSubManager()) {
            DeviceBatch batch = images.on(scope, spec.network());
            DropPath dropPath =
                    DropPath.draw(scope, streams.stream("drop-path", 0, steps++), DROP_PATH, operands, spec.batch());
            NDArray loss;
            NDArray gradient;
            try (Autograd.Mode recording = Autograd.recording()) {
                Leaves leaves = weights.leaves(scope);
                Pass pass = Pass.training(leaves, statistics.constants(), constants);
                Outputs outputs = forward.train(batch.images(), pass, dropPath);
                NDArray auxiliary =
                        Functional.crossEntropy(outputs.auxiliaryLogits().orElseThrow(), batch.labels());
                loss = Functional.crossEntropy(outputs.logits(), batch.labels())
                        .add(Scalars.times(auxiliary, paper.auxiliaryWeight()));
                gradient = Autograd.gradient(loss, leaves.vector());
            }
            GradientClip.globalNorm(gradient, paper.clip());
            sgd.step(gradient, paper.learningRate());
            Copy.toHost(loss);
        }
    }

    @Override
    public void close() {
        root.close();
    }
}
