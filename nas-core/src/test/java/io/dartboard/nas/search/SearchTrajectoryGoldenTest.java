package io.dartboard.nas.search;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaCodec;
import io.dartboard.nas.derive.TopTwo;
import io.dartboard.nas.hypergradient.FirstOrder;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.supernet.GoldenSupernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import org.junit.jupiter.api.Test;

class SearchTrajectoryGoldenTest {
    private static final double TOLERANCE = 1e-5;

    @Test
    void shouldTakeTheFirstAlphaStepOfTheAuthors() {
        try (GoldenSupernet golden = GoldenSupernet.read("cnn_search_step.safetensors");
                SearchState state = state(golden)) {
            try (NDManager scope = state.openScope()) {
                Hypergradient.Estimate estimate =
                        step(golden).alphaStep(scope, state, golden.batch("valid"));

                assertClose(
                        "loss",
                        Copy.toHost(estimate.validLoss()),
                        new float[] {(float) golden.scalar("loss_valid")},
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

    @Test
    void shouldWalkTheTrajectoryOfTheAuthors() {
        try (GoldenSupernet golden = GoldenSupernet.read("cnn_search_trajectory.safetensors");
                SearchState state = state(golden);
                Autograd.Mode paused = Autograd.paused()) {
            int steps = golden.config().get("steps").asInt();
            double rate = golden.json("hyper").get("eta").asDouble();
            for (int i = 0; i < steps; i++) {
                try (NDManager scope = state.openScope()) {
                    Hypergradient.Estimate alpha =
                            step(golden).alphaStep(scope, state, golden.batch("valid", i));
                    NDList gradients = alpha.gradient().split(2);
                    SearchStep.WeightStep weight =
                            step(golden).weightStep(scope, state, golden.batch("train", i), rate);

                    check(golden, "alpha_normal_grad", i, gradients.get(0));
                    check(golden, "alpha_reduce_grad", i, gradients.get(1));
                    check(golden, "train_loss", i, weight.loss());
                    check(golden, "grad_norm_before_clip", i, weight.gradientNorm());
                    assertClose(
                            "normal alphas after step " + i,
                            state.alphas().normal().toArray(),
                            golden.floats("first.alpha_normal", i),
                            TOLERANCE,
                            0);
                    assertClose(
                            "reduction alphas after step " + i,
                            state.alphas().reduce().toArray(),
                            golden.floats("first.alpha_reduce", i),
                            TOLERANCE,
                            0);
                }
            }
            assertClose(
                    "final weights",
                    state.point().weights().toArray(),
                    golden.gather("first.w_final."),
                    TOLERANCE,
                    TOLERANCE);
            assertThat(new TopTwo(golden.supernet().space()).genotype(state.alphas()))
                    .isEqualTo(GoldenJson.genotype(golden.json("first.genotype_final")));
        }
    }

    private static void check(GoldenSupernet golden, String name, int step, NDArray actual) {
        assertClose(
                name + " of step " + step,
                Copy.toHost(actual),
                golden.floats("first." + name, step),
                2 * TOLERANCE,
                2 * TOLERANCE);
    }

    private static float[] flat(GoldenSupernet golden, String normal, String reduce) {
        return AlphaCodec.encode(golden.alphas(normal, reduce));
    }

    private static SearchStep step(GoldenSupernet golden) {
        JsonNode clip = golden.config().path("grad_clip");
        return new AlternatingStep(new FirstOrder(), clip.asDouble(5));
    }

    private static SearchState state(GoldenSupernet golden) {
        JsonNode hyper = golden.json("hyper");
        AdamSettings alphas = new AdamSettings(
                hyper.get("arch_lr").asDouble(),
                hyper.get("arch_betas").get(0).asDouble(),
                hyper.get("arch_betas").get(1).asDouble(),
                hyper.get("arch_weight_decay").asDouble());
        SearchConfig config = new SearchConfig(
                golden.config().get("C").asInt(),
                golden.config().get("layers").asInt(),
                1,
                golden.config().get("N").asInt(),
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
                config,
                golden.weights().toArray(),
                golden.alphas().toAlphas(),
                DataType.FLOAT32);
    }
}
