package io.dartboard.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.data.TextWindow;
import io.dartboard.nas.text.network.DiscreteLanguageModel;
import io.dartboard.nas.text.network.NodeByNode;
import io.dartboard.nas.text.network.RecurrentNetwork;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.text.train.RecurrentTrainingState;
import io.dartboard.nas.text.train.RecurrentTrainingStep;

/** A training step on random words, with the paper's dropout. */
final class RecurrentTrainSubject implements Subject {
    private final NDManager root;
    private final RecurrentTrainingState state;
    private final RecurrentTrainingStep step;
    private final TextWindow window;
    private int steps;

    RecurrentTrainSubject(Device device, RecurrentTrainSpec spec) {
        root = Torch.open(device);
        RandomStreams streams = new RandomStreams(0);
        RecurrentTrainConfig config = config(spec.sizes());
        DiscreteLanguageModel model = model(spec);
        state = RecurrentTrainingState.fresh(root, model, config, streams);
        step = new RecurrentTrainingStep(model, config, streams);
        window = RandomText.window(spec.sizes(), streams.stream("words"));
    }

    /** The paper's training at other sizes. */
    private static RecurrentTrainConfig config(TextSizes sizes) {
        RecurrentTrainConfig paper = RecurrentTrainConfig.paperPtb();
        return new RecurrentTrainConfig(
                sizes.width(),
                paper.epochs(),
                sizes.batch(),
                sizes.bptt(),
                paper.learningRate(),
                paper.weightDecay(),
                paper.gradientClip(),
                paper.dropouts(),
                paper.penalties(),
                paper.patience());
    }

    private static DiscreteLanguageModel model(RecurrentTrainSpec spec) {
        RecurrentGenotype cell = PublishedRecurrentGenotypes.DARTS_V2;
        int vocabulary = spec.sizes().vocabulary();
        int width = spec.sizes().width();
        return switch (spec.network()) {
            case ENGINE -> new RecurrentNetwork(cell, vocabulary, width);
            case PLAIN -> new NodeByNode(cell, vocabulary, width);
        };
    }

    @Override
    public void step() {
        step.take(state, window, 0, steps++, 1);
        state.meanLoss(); // waits
    }

    @Override
    public void close() {
        root.close();
    }
}
