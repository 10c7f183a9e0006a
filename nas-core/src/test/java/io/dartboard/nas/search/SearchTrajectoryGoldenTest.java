package io.dartboard.nas.search;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaCodec;
import io.dartboard.nas.derive.TopTwo;
import io.dartboard.nas.hypergradient.FirstOrder;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.hypergradient.Unrolled;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.supernet.GoldenSupernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
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
                        .alphaStep(scope, state, golden.batch("train"), golden.batch("valid"), 0);

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
                        AlphaCodec.encode(state.alphas()),
                        flat(golden, "alpha_after_adam_first_order.normal", "alpha_after_adam_first_order.reduce"),
                        TOLERANCE,
                        TOLERANCE);
            }
        }
    }

    /**
     * Rounding flips a ReLU now and then, so single precision parts from the authors' run; double precision does not. A
     * finite difference magnifies a flip, so the second order is compared in double precision alone.
     */
    @ParameterizedTest
    @CsvSource({"first, FLOAT64, .f64, 1e-6", "first, FLOAT32, '', 5e-4", "second, FLOAT64, .f64, 1e-6"})
    void shouldWalkTheTrajectoryOfTheAuthors(String order, DataType type, String suffix, double tolerance) {
        try (GoldenSupernet golden = GoldenSupernet.read("cnn_search_trajectory.safetensors");
                SearchState state = state(golden, type);
                Autograd.Mode paused = Autograd.paused()) {
            int steps = golden.file().json("config").get("steps").asInt();
            double rate = golden.file().json("hyper").get("eta").asDouble();
            SearchStep step = step(golden, order.equals("first") ? new FirstOrder() : new Unrolled());
            for (int i = 0; i < steps; i++) {
                try (NDManager scope = state.openScope()) {
                    DeviceBatch train = golden.batch("train", i).as(type);
                    DeviceBatch valid = golden.batch("valid", i).as(type);
                    Hypergradient.Estimate alpha = step.alphaStep(scope, state, train, valid, rate);
                    NDList gradients = alpha.gradient().split(2);
                    SearchStep.WeightStep weight = step.weightStep(scope, state, train, rate);
                    float[][] actual = {
                        Copy.toHost(gradients.get(0)),
                        Copy.toHost(gradients.get(1)),
                        Copy.toHost(weight.loss()),
                        Copy.toHost(weight.gradientNorm()),
                        state.alphas().normal().toArray(),
                        state.alphas().reduce().toArray()
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
        return AlphaCodec.encode(golden.alphas(normal, reduce));
    }

    private static SearchStep step(GoldenSupernet golden, Hypergradient hypergradient) {
        JsonNode clip = golden.file().json("config").path("grad_clip");
        return new AlternatingStep(hypergradient, clip.asDouble(5));
    }

    private static SearchState state(GoldenSupernet golden, DataType type) {
        JsonNode config = golden.file().json("config");
        JsonNode hyper = golden.file().json("hyper");
        AdamSettings alphas = new AdamSettings(
                hyper.get("arch_lr").asDouble(),
                hyper.get("arch_betas").get(0).asDouble(),
                hyper.get("arch_betas").get(1).asDouble(),
                hyper.get("arch_weight_decay").asDouble());
        SearchConfig search = new SearchConfig(
                config.get("C").asInt(),
                config.get("layers").asInt(),
                1,
                config.get("N").asInt(),
                0.5,
                hyper.get("eta").asDouble(),
                0,
                hyper.get("momentum").asDouble(),
                hyper.get("weight_decay").asDouble(),
                5,
                alphas,
                0);
        return new SearchState(
                Device.cpu(),
                golden.supernet(),
                search,
                golden.weights().toArray(),
                golden.alphas().toAlphas(),
                type);
    }
}
