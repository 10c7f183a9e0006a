package io.dartboard.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.data.TextWindow;
import io.dartboard.nas.hypergradient.recurrent.PublishedDefects;
import io.dartboard.nas.hypergradient.recurrent.RecurrentFirstOrder;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient.Estimate;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentUnrolled;
import io.dartboard.nas.ops.recurrent.Masks;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.search.recurrent.RecurrentAlternatingStep;
import io.dartboard.nas.search.recurrent.RecurrentSearchConfig;
import io.dartboard.nas.search.recurrent.RecurrentSearchState;
import io.dartboard.nas.search.recurrent.RecurrentSearchStep.WeightStep;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.supernet.recurrent.HighwayByHighway;
import io.dartboard.nas.supernet.recurrent.RecurrentSupernet;
import io.dartboard.nas.supernet.recurrent.RelaxedLanguageModel;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Torch;

/** A step of a search on random words: one on the alphas, one on the weights, with the paper's dropout. */
final class RecurrentSearchSubject implements Subject {
    private final RandomStreams streams = new RandomStreams(0);
    private final TextSizes sizes;
    private final RecurrentSearchConfig config;
    private final RecurrentAlternatingStep step;
    private final RecurrentSearchState state;
    private final TextWindow train;
    private final TextWindow valid;

    RecurrentSearchSubject(RecurrentSearchSpec spec) {
        sizes = spec.sizes();
        config = config(sizes);
        RecurrentHypergradient hypergradient = spec.order() == Order.FIRST
                ? new RecurrentFirstOrder()
                : new RecurrentUnrolled(config.gradientClip(), config.weightDecay(), PublishedDefects.NONE);
        step = new RecurrentAlternatingStep(hypergradient, config.penalties(), config.gradientClip());
        RelaxedLanguageModel model = model(spec);
        state = new RecurrentSearchState(
                Torch.device("cpu"),
                model,
                config,
                model.layout().initial(streams.stream("weights")),
                RecurrentAlphas.initial(RecurrentSpace.DARTS, streams.stream("alphas")),
                DataType.FLOAT32);
        train = RandomText.window(sizes, streams.stream("train"));
        valid = RandomText.window(sizes, streams.stream("valid"));
    }

    /** The paper's search at other sizes. */
    private static RecurrentSearchConfig config(TextSizes sizes) {
        RecurrentSearchConfig paper = RecurrentSearchConfig.paperPtb();
        return new RecurrentSearchConfig(
                sizes.width(),
                paper.epochs(),
                sizes.batch(),
                sizes.bptt(),
                paper.learningRate(),
                paper.weightDecay(),
                paper.gradientClip(),
                paper.dropouts(),
                paper.penalties(),
                paper.alphas());
    }

    private static RelaxedLanguageModel model(RecurrentSearchSpec spec) {
        int vocabulary = spec.sizes().vocabulary();
        int width = spec.sizes().width();
        return switch (spec.network()) {
            case ENGINE -> new RecurrentSupernet(RecurrentSpace.DARTS, vocabulary, width);
            case PLAIN -> new HighwayByHighway(RecurrentSpace.DARTS, vocabulary, width);
        };
    }

    @Override
    public void step() {
        try (NDManager scope = state.openScope()) {
            Half ahead = half(scope, train, state.trainHidden());
            Half behind = half(scope, valid, state.validHidden());
            Estimate alpha = step.alphaStep(scope, state, ahead, behind, config.learningRate());
            WeightStep weight = step.weightStep(scope, state, ahead, config.learningRate());
            Copy.toHost(weight.likelihood());
            state.leave(weight.hidden(), alpha.validHidden());
        }
    }

    private Half half(NDManager scope, TextWindow window, NDArray hidden) {
        DeviceTokens tokens =
                DeviceTokens.of(scope, window.inputs(), window.targets(), window.length(), window.columns());
        return new Half(
                tokens,
                hidden,
                (pass, number) -> Masks.draw(
                        pass,
                        streams.stream("masks"),
                        config.dropouts(),
                        window.inputs(),
                        window.columns(),
                        sizes.vocabulary(),
                        sizes.width(),
                        DataType.FLOAT32));
    }

    @Override
    public void close() {
        state.close();
    }
}
