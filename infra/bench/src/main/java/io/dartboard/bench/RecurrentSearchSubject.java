package io.dartboard.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.bilevel.AlternatingStep;
import io.dartboard.nas.bilevel.Hypergradient.Estimate;
import io.dartboard.nas.bilevel.Moment;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchState;
import io.dartboard.nas.bilevel.SearchStep.WeightStep;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.data.TextWindow;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.ops.Masks;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.TextObjective;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.text.supernet.HighwayByHighway;
import io.dartboard.nas.text.supernet.RecurrentSupernet;
import io.dartboard.nas.text.supernet.RelaxedLanguageModel;

/** A step of a search on random words, half way through it: one on the alphas, one on the weights, with the paper's dropout. */
final class RecurrentSearchSubject implements Subject {
    private final RandomStreams streams = new RandomStreams(0);
    private final TextSizes sizes;
    private final RecurrentSearchConfig config;
    private final AlternatingStep step;
    private final SearchState state;
    private final RelaxedLanguageModel model;
    private final ChannelConstants constants;
    private NDArray trainHidden; // (B, n)
    private NDArray validHidden; // (B, n)
    private final TextWindow train;
    private final TextWindow valid;

    RecurrentSearchSubject(Device device, RecurrentSearchSpec spec) {
        sizes = spec.sizes();
        config = config(sizes);
        SearchMethod method = SearchMethods.of(spec.method(), TextSearch.METHODS);
        step = new AlternatingStep(method, config.optimisers(), streams);
        model = model(spec);
        state = new SearchState(
                device,
                model.layout(),
                model.layout().initial(streams.stream("weights")),
                method.initial()
                        .draw(RecurrentSpace.DARTS, method.alphas(RecurrentSpace.DARTS, 1), streams.stream("alphas")),
                config.optimisers(),
                DataType.FLOAT32);
        constants = new ChannelConstants(state.scope(), DataType.FLOAT32);
        trainHidden = state.scope().zeros(new Shape(sizes.batch(), sizes.width()));
        validHidden = state.scope().zeros(new Shape(sizes.batch(), sizes.width()));
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
            Moment moment = new Moment(1, 2, config.learningRate());
            TextObjective ahead = objective(scope, train, trainHidden, TextObjective.NO_PENALTIES);
            TextObjective descent = objective(scope, train, trainHidden, config.penalties());
            TextObjective behind = objective(scope, valid, validHidden, TextObjective.NO_PENALTIES);
            Estimate alpha = step.alphaStep(scope, state, ahead, behind, moment);
            WeightStep weight = step.weightStep(scope, state, descent, moment);
            Copy.toHost(weight.loss());
            trainHidden = carry(trainHidden, weight.beside().get(0));
            validHidden = carry(validHidden, alpha.beside().get(0));
        }
    }

    private NDArray carry(NDArray before, NDArray after) {
        before.close();
        return Torch.into(state.scope(), after);
    }

    private TextObjective objective(NDManager scope, TextWindow window, NDArray hidden, LanguageLoss penalties) {
        DeviceTokens tokens =
                DeviceTokens.of(scope, window.inputs(), window.targets(), window.length(), window.columns());
        return new TextObjective(
                model,
                tokens,
                hidden,
                (pass, draw) -> Masks.draw(
                        pass,
                        streams.stream("masks"),
                        config.dropouts(),
                        window.inputs(),
                        window.columns(),
                        sizes.vocabulary(),
                        sizes.width(),
                        DataType.FLOAT32),
                0,
                penalties,
                constants);
    }

    @Override
    public void close() {
        state.close();
    }
}
