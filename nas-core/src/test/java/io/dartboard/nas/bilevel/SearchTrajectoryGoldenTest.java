package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.derive.TopTwo;
import io.dartboard.nas.image.supernet.GoldenSupernet;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTrajectoryGoldenTest {
    private static final double TOLERANCE = 1e-5;
    private static final List<String> PER_STEP = List.of(
            "alpha_normal_grad",
            "alpha_reduce_grad",
            "train_loss",
            "grad_norm_before_clip",
            "alpha_normal",
            "alpha_reduce");

    @Test
    void shouldTakeTheFirstAlphaStepOfTheAuthors() {
        try (GoldenSupernet golden = GoldenSupernet.read("cnn_search_step.safetensors");
                SearchState state = state(golden, DataType.FLOAT32)) {
            try (NDManager scope = state.openScope()) {
                Hypergradient.Estimate estimate = step(golden, new FirstOrder())
                        .alphaStep(
                                scope,
                                state,
                                golden.objective("train", DataType.FLOAT32),
                                golden.objective("valid", DataType.FLOAT32),
                                new Moment(0, 1, 0));

                assertClose(
                        "loss",
                        Copy.toHost(estimate.validLoss()),
                        new float[] {(float) golden.file().scalar("loss_valid")},
                        TOLERANCE,
                        0);
                assertClose(
                        "gradient",
                        Copy.toHost(estimate.gradient()),
                        flat(golden, "alpha_grad_first_order.normal", "alpha_grad_first_order.reduce"),
                        TOLERANCE,
                        TOLERANCE);
                assertClose(
                        "alphas",
                        state.alphas().toArray(),
                        flat(golden, "alpha_after_adam_first_order.normal", "alpha_after_adam_first_order.reduce"),
                        TOLERANCE,
                        TOLERANCE);
            }
        }
    }

    /**
     * Rounding flips a ReLU now and then, so single precision parts from the authors' run; double precision does not. A
     * finite difference magnifies a flip, so the second order is compared in double precision alone, and to what is left of
     * it after several steps of finite differences.
     */
    @ParameterizedTest
    @CsvSource({"first, FLOAT64, .f64, 1e-6", "first, FLOAT32, '', 5e-4", "second, FLOAT64, .f64, 1e-5"})
    void shouldWalkTheTrajectoryOfTheAuthors(String order, DataType type, String suffix, double tolerance) {
        try (GoldenSupernet golden = GoldenSupernet.read("cnn_search_trajectory.safetensors");
                SearchState state = state(golden, type);
                Autograd.Mode paused = Autograd.paused()) {
            int steps = golden.file().json("config").get("steps").asInt();
            Moment moment =
                    new Moment(0, 1, golden.file().json("hyper").get("eta").asDouble());
            SearchStep step = step(golden, order.equals("first") ? new FirstOrder() : new Unrolled());
            for (int i = 0; i < steps; i++) {
                try (NDManager scope = state.openScope()) {
                    Objective train = golden.objective(golden.batch("train", i), type);
                    Objective valid = golden.objective(golden.batch("valid", i), type);
                    Hypergradient.Estimate alpha = step.alphaStep(scope, state, train, valid, moment);
                    NDList gradients = alpha.gradient().split(2);
                    SearchStep.WeightStep weight = step.weightStep(scope, state, train, moment);
                    float[][] actual = {
                        Copy.toHost(gradients.get(0)),
                        Copy.toHost(gradients.get(1)),
                        Copy.toHost(weight.loss()),
                        Copy.toHost(weight.gradientNorm()),
                        state.alphas().of("normal").toArray(),
                        state.alphas().of("reduce").toArray()
                    };
                    for (int k = 0; k < actual.length; k++) {
                        String name = order + "." + PER_STEP.get(k) + suffix;
                        assertClose(
                                name + " of step " + i, actual[k], golden.file().floats(name, i), tolerance, tolerance);
                    }
                }
            }
            assertClose(
                    "final weights",
                    state.point().weights().toArray(),
                    golden.gather(order + ".w_final."),
                    1e-5 + tolerance,
                    tolerance);
            assertThat(new TopTwo(golden.supernet().space()).genotype(state.alphas()))
                    .isEqualTo(GoldenJson.genotype(golden.file().json(order + ".genotype_final")));
        }
    }

    private static float[] flat(GoldenSupernet golden, String normal, String reduce) {
        return golden.alphas(normal, reduce).toArray();
    }

    private static SearchStep step(GoldenSupernet golden, Hypergradient hypergradient) {
        return new AlternatingStep(new SearchMethod("golden", hypergradient), optimisers(golden), new RandomStreams(1));
    }

    private static SearchState state(GoldenSupernet golden, DataType type) {
        return new SearchState(
                TestDevice.get(),
                golden.supernet().layout(),
                golden.weights().toArray(),
                golden.alphas().toAlphas(),
                optimisers(golden),
                type);
    }

    private static SearchOptimisers optimisers(GoldenSupernet golden) {
        JsonNode hyper = golden.file().json("hyper");
        AdamSettings alphas = new AdamSettings(
                hyper.get("arch_lr").asDouble(),
                hyper.get("arch_betas").get(0).asDouble(),
                hyper.get("arch_betas").get(1).asDouble(),
                hyper.get("arch_weight_decay").asDouble());
        double clip = golden.file().json("config").path("grad_clip").asDouble(5);
        return new SearchOptimisers(
                hyper.get("momentum").asDouble(), hyper.get("weight_decay").asDouble(), clip, false, alphas);
    }
}
