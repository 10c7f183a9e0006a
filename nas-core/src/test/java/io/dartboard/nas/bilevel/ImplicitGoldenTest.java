package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.image.supernet.GoldenSupernet;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The paper's implicit gradient, number by number, after so many steps of the weights: with analytic products, and with the
 * finite difference that the authors take for the mixed one. What the authors' program returns beside, because it does not
 * clear gradients, is not wanted.
 */
class ImplicitGoldenTest {
    private static final double DOUBLE = 2e-5;

    private final GoldenSupernet golden = GoldenSupernet.read("idarts_hypergrad.safetensors");
    private final JsonNode config = golden.file().json("config");
    private final SearchState state = new SearchState(
            TestDevice.get(),
            golden.supernet().layout(),
            golden.weights().toArray(),
            golden.alphas().toAlphas(),
            optimisers(),
            DataType.FLOAT64);
    private final NDManager scope = state.openScope();
    private final Autograd.Mode paused = Autograd.paused();

    @AfterEach
    void close() {
        paused.close();
        scope.close();
        state.close();
        golden.close();
    }

    @Test
    void shouldReachTheWeightsOfTheAuthorsAfterTheInnerSteps() {
        takeInnerSteps();

        assertClose(
                "w_T", state.point().weights().toArray(), golden.gather("w_after_T%d.".formatted(steps())), 1e-5, 1e-5);
    }

    @Test
    void shouldGiveTheAnalyticGradient() {
        takeInnerSteps();

        for (int terms : terms("exact.hypergrad_K#.normal.f64")) {
            Hypergradient exact = new Implicit(terms, 0.01, 0.01).exact().orElseThrow();

            assertGradient("exact.hypergrad_K%d".formatted(terms), exact);
        }
    }

    /** Of the Neumann series, of which the file has results. */
    private List<Integer> terms(String names) {
        return GoldenJson.numbered(golden.file().names(), names).stream()
                .map(name -> name.whole(0))
                .toList();
    }

    @Test
    void shouldGiveTheFiniteDifferenceOfTheAuthorsWithoutWhatTheyLeak() {
        takeInnerSteps();

        for (int terms : terms("clean_fd.hypergrad_K#.normal.f64")) {
            assertGradient(
                    "clean_fd.hypergrad_K%d".formatted(terms), new Implicit(terms, Unrolled.PUBLISHED_RADIUS, 1e-6));
        }
    }

    @Test
    void shouldSeeTheAlphasDirectlyByTheValidationBatchAlone() {
        takeInnerSteps();

        assertGradient("direct.dalpha_valid", new FirstOrder());
    }

    private void assertGradient(String name, Hypergradient hypergradient) {
        InnerStep inner = new SgdStep(
                state.point(),
                state.sgd(),
                golden.objective(golden.batch("train", steps()), DataType.FLOAT64),
                rate(),
                InnerStep.UNBOUNDED);
        Hypergradient.Estimate estimate =
                hypergradient.estimate(scope, inner, golden.objective("valid", DataType.FLOAT64));
        float[] expected =
                golden.alphas(name + ".normal.f64", name + ".reduce.f64").toArray();
        assertClose(name, Copy.toHost(estimate.gradient()), expected, DOUBLE, DOUBLE);
    }

    private void takeInnerSteps() {
        AlternatingStep step = new AlternatingStep(SearchMethods.IDARTS, optimisers(), new RandomStreams(1));
        for (int i = 0; i < steps(); i++) {
            step.weightStep(
                    scope,
                    state,
                    golden.objective(golden.batch("train", i), DataType.FLOAT64),
                    new Moment(0, 1, rate()));
        }
    }

    private int steps() {
        return config.get("T").asInt();
    }

    private double rate() {
        return config.get("eta").asDouble();
    }

    private SearchOptimisers optimisers() {
        return new SearchOptimisers(
                config.get("momentum").asDouble(),
                config.get("weight_decay").asDouble(),
                config.get("grad_clip").asDouble(),
                false,
                new AdamSettings(3e-4, 0.5, 0.999, 1e-3));
    }
}
