package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.image.search.ImageObjective;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.image.supernet.SupernetStage;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.search.TextSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of three cells in double precision, a training batch and a validation batch. */
class GradientMatchingTest {
    private static final NetworkShape SHAPE = new NetworkShape(2, 3, 3);
    private static final SearchOptimisers OPTIMISERS =
            new SearchOptimisers(0.9, 3e-4, 5, false, new AdamSettings(3e-4, 0.5, 0.999, 1e-3));
    private static final Moment MOMENT = new Moment(0, 2, 0.025);

    private final Supernet supernet = new Supernet(CnnSpace.DARTS, SHAPE, 3, Grouping.unbounded());
    private final List<String> operations = supernet.operations();
    private final List<SearchState> states = new ArrayList<>();

    @AfterEach
    void close() {
        states.forEach(SearchState::close);
    }

    @Test
    void shouldKnowTheWeightsOfEveryCandidateThatIsNoSkipConnection() {
        assertThat(operations)
                .as("four convolutions on each of fourteen edges of three cells")
                .hasSize(3 * 14 * 4)
                .contains("cells.0._ops.0._ops.4.", "cells.2._ops.13._ops.7.")
                .doesNotContain("cells.1._ops.0._ops.3.");
        assertThat(RelaxedNetwork.of(
                                NasBench201Space.PUBLISHED,
                                NasBench201Space.PUBLISHED.shape(4, 5, 3),
                                3,
                                Grouping.unbounded(),
                                AlphaSharing.BY_KIND,
                                EdgeForm.FULL,
                                SupernetStage.WHOLE)
                        .operations())
                .as("two on each of six edges of three cells")
                .hasSize(3 * 6 * 2);
    }

    @Test
    void shouldTakeTheCosineOfAllWeightsOfAnOperation() {
        SearchState state = state(new GradientMatching(0, 5));
        try (NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            double[] valid = gradient(scope, state, 2);
            double[] train = gradient(scope, state, 1);

            FrozenOperations frozen = state.frozen().orElseThrow();
            frozen.validated(device(scope, valid));
            frozen.trained(device(scope, train), state.sgd());

            float[] matched = tensor(state, "freeze.matched");
            for (int each = 0; each < operations.size(); each++) {
                assertThat((double) matched[each])
                        .as(operations.get(each))
                        .isCloseTo(cosine(operations.get(each), train, valid), within(1e-6));
            }
        }
    }

    /** What is matched is the gradient of each half by itself, at the weights as they are before the step. */
    @ParameterizedTest
    @ValueSource(strings = {"oles", "idarts"})
    void shouldMatchTheTwoGradientsOfOneStep(String method) {
        SearchMethod search = SearchMethods.of(method, SearchMethods.SHARED).with(new GradientMatching(-1, 5));
        SearchState state = state(search.freeze());
        AlternatingStep step = new AlternatingStep(search, OPTIMISERS, new RandomStreams(3));
        try (NDManager scope = state.openScope()) {
            // Once, so that there are momentum and a gradient of before, which must not be in it.
            take(scope, state, step);
            float[] before = tensor(state, "freeze.matched");
            double[] valid = gradient(scope, state, 2);

            step.alphaStep(scope, state, objective(state, 1), objective(state, 2), MOMENT);
            double[] train = gradient(scope, state, 1);
            step.weightStep(scope, state, objective(state, 1), MOMENT);

            float[] after = tensor(state, "freeze.matched");
            for (int each = 0; each < operations.size(); each++) {
                assertThat((double) after[each] - before[each])
                        .as(operations.get(each))
                        .isCloseTo(cosine(operations.get(each), train, valid), within(1e-6));
            }
        }
    }

    @Test
    void shouldLeaveFrozenWeightsWhereTheyAre() {
        // No two batches have the same gradient.
        SearchState state = state(new GradientMatching(1, 2));
        AlternatingStep step = new AlternatingStep(
                SearchMethods.OLES.with(new GradientMatching(1, 2)), OPTIMISERS, new RandomStreams(3));
        try (NDManager scope = state.openScope()) {
            take(scope, state, step);
            assertThat(state.frozen().orElseThrow().told().operations()).isZero();
            take(scope, state, step);
            double[] before = state.point().weights().values().toDoubleArray();

            assertThat(state.frozen().orElseThrow().told().operations()).isEqualTo(operations.size());
            take(scope, state, step);
            take(scope, state, step);

            double[] after = state.point().weights().values().toDoubleArray();
            for (ParameterLayout.Leaf leaf : supernet.layout().leaves()) {
                double[] was = Arrays.copyOfRange(before, leaf.offset(), leaf.offset() + leaf.size());
                double[] is = Arrays.copyOfRange(after, leaf.offset(), leaf.offset() + leaf.size());
                if (operations.stream().anyMatch(leaf.name()::startsWith)) {
                    assertThat(is).as(leaf.name()).containsExactly(was);
                } else {
                    assertThat(is).as(leaf.name()).isNotEqualTo(was);
                }
            }
        }
    }

    @Test
    void shouldChangeNothingWhereNothingIsFrozen() {
        SearchState plain = state(OperationFreeze.NONE);
        SearchState watched = state(new GradientMatching(-1, 1));
        AlternatingStep first = new AlternatingStep(SearchMethods.DARTS_FIRST_ORDER, OPTIMISERS, new RandomStreams(3));
        AlternatingStep oles = new AlternatingStep(
                SearchMethods.OLES.with(new GradientMatching(-1, 1)), OPTIMISERS, new RandomStreams(3));
        for (int i = 0; i < 3; i++) {
            try (NDManager ofPlain = plain.openScope();
                    NDManager ofWatched = watched.openScope()) {
                take(ofPlain, plain, first);
                take(ofWatched, watched, oles);
            }
        }

        assertThat(watched.frozen().orElseThrow().told().operations()).isZero();
        assertThat(watched.point().weights().values().toDoubleArray())
                .containsExactly(plain.point().weights().values().toDoubleArray());
        assertThat(watched.alphas()).isEqualTo(plain.alphas());
    }

    @Test
    void shouldNotJudgeAnOperationThatHasHadNoGradient() {
        SearchState state = state(new GradientMatching(1, 1));
        try (NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            double[] gradient = new double[supernet.layout().size()];
            for (ParameterLayout.Leaf leaf : supernet.layout().leaves()) {
                if (leaf.name().startsWith(operations.get(0))) {
                    Arrays.fill(gradient, leaf.offset(), leaf.offset() + leaf.size(), 1);
                }
            }
            double[] opposite = Arrays.stream(gradient).map(each -> -each).toArray();

            FrozenOperations frozen = state.frozen().orElseThrow();
            frozen.validated(device(scope, opposite));
            frozen.trained(device(scope, gradient), state.sgd());

            assertThat(frozen.told().operations()).isEqualTo(1);
            assertThat(tensor(state, "freeze.trained")[0]).isZero();
        }
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThatThrownBy(() -> new GradientMatching(1.5, 20))
                .hasMessage("freezeBelow must be a cosine, from -1 to 1 (was 1.5)");
        assertThatThrownBy(() -> new GradientMatching(Double.NaN, 20)).hasMessageContaining("freezeBelow");
        assertThatThrownBy(() -> new GradientMatching(0.4, 0))
                .hasMessageStartingWith("matchedSteps must be at least 1");
        assertThatThrownBy(() -> SearchMethods.of("oles", TextSearch.METHODS))
                .hasMessage(
                        "search method 'oles' cannot search for recurrent cells: their candidates have no weights of their own that could be frozen");
        SearchMethod frozen = Composition.of(
                        "darts-first-order", Map.of("freeze", "gradient-matching"), ImageSearch.METHODS)
                .among(ImageSearch.METHODS);
        assertThatThrownBy(() -> frozen.require(RecurrentSpace.DARTS)).hasMessageContaining("no weights of their own");
    }

    private SearchState state(OperationFreeze freeze) {
        RandomStream random = new RandomStreams(1).stream("matching");
        float[] alphas = new float[224];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = 0.5f * (float) random.nextGaussian();
        }
        SearchState state = new SearchState(
                Device.cpu(),
                supernet.layout(),
                supernet.layout().initial(random),
                Alphas.of(AlphaLayout.sharedByKind(CnnSpace.DARTS), alphas),
                OPTIMISERS,
                DataType.FLOAT64);
        states.add(state);
        state.freeze(freeze, operations);
        return state;
    }

    private Objective objective(SearchState state, long seed) {
        RandomStream random = new RandomStreams(seed).stream("images");
        double[] images = new double[4 * 3 * 8 * 8];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextGaussian();
        }
        return new ImageObjective(
                supernet,
                new DeviceBatch(
                        Copy.toDevice(state.scope(), images, new Shape(4, 3, 8, 8)),
                        Copy.toDevice(state.scope(), new long[] {0, 1, 2, 0})),
                new ChannelConstants(state.scope(), DataType.FLOAT64));
    }

    private void take(NDManager scope, SearchState state, AlternatingStep step) {
        step.alphaStep(scope, state, objective(state, 1), objective(state, 2), MOMENT);
        step.weightStep(scope, state, objective(state, 1), MOMENT);
    }

    private static float[] tensor(SearchState state, String name) {
        return Objects.requireNonNull(state.frozen().orElseThrow().tensors().get(name))
                .floats();
    }

    private double[] gradient(NDManager scope, SearchState state, long seed) {
        try (Autograd.Mode paused = Autograd.paused()) {
            return state.point()
                    .differentiate(scope, objective(state, seed), Wanted.WEIGHTS)
                    .weightGradient()
                    .toDoubleArray();
        }
    }

    private static NDArray device(NDManager scope, double[] values) {
        return Copy.toDevice(scope, values, new Shape(values.length));
    }

    private double cosine(String operation, double[] one, double[] other) {
        double dot = 0;
        double ofOne = 0;
        double ofOther = 0;
        for (ParameterLayout.Leaf leaf : supernet.layout().leaves()) {
            if (leaf.name().startsWith(operation)) {
                for (int i = leaf.offset(); i < leaf.offset() + leaf.size(); i++) {
                    dot += one[i] * other[i];
                    ofOne += one[i] * one[i];
                    ofOther += other[i] * other[i];
                }
            }
        }
        return dot / Math.sqrt(ofOne * ofOther);
    }
}
