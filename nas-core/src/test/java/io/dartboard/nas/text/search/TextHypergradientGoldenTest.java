package io.dartboard.nas.text.search;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.bilevel.BilevelPoint;
import io.dartboard.nas.bilevel.FirstOrder;
import io.dartboard.nas.bilevel.Hypergradient;
import io.dartboard.nas.bilevel.Hypergradient.Estimate;
import io.dartboard.nas.bilevel.InnerStep;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.SgdStep;
import io.dartboard.nas.bilevel.Unrolled;
import io.dartboard.nas.optim.Adam;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.text.supernet.GoldenRecurrentSupernet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextHypergradientGoldenTest {
    private static final AdamSettings ADAM = new AdamSettings(3e-3, 0.9, 0.999, 1e-3);

    @ParameterizedTest
    @CsvSource({"FLOAT32, 1e-5", "FLOAT64, 2e-7"})
    void shouldComputeTheFirstOrderGradient(DataType type, double tolerance) {
        try (GoldenRecurrentSupernet golden = new GoldenRecurrentSupernet(type);
                Autograd.Mode paused = Autograd.paused()) {
            Estimate estimate = new FirstOrder()
                    .estimate(golden.scope(), inner(golden, 20, 0.25, 5e-7), objective(golden, "valid"));

            assertThat(Copy.scalar(estimate.validLoss()))
                    .isCloseTo(golden.file().scalar("nll_valid"), within(1e-5));
            assertClose(
                    "alpha gradient",
                    Copy.toHost(estimate.gradient()),
                    golden.floats("alpha_grad_first_order"),
                    tolerance,
                    tolerance);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clip_active.as_published, true, FLOAT32",
        "clip_active.corrected, false, FLOAT32",
        "clip_inactive.as_published, true, FLOAT32",
        "clip_inactive.corrected, false, FLOAT32",
        "clip_active.as_published, true, FLOAT64",
        "clip_active.corrected, false, FLOAT64",
        "clip_inactive.as_published, true, FLOAT64",
        "clip_inactive.corrected, false, FLOAT64",
    })
    void shouldComputeTheUnrolledGradientAndTheStepAlongIt(String name, boolean published, DataType type) {
        String prefix = "unrolled." + name;
        // A finite difference magnifies what rounding does to a single-precision loss.
        double absolute = type == DataType.FLOAT64 ? 2e-6 : 2e-4;
        double relative = type == DataType.FLOAT64 ? 1e-5 : 1e-3;
        try (GoldenRecurrentSupernet golden = new GoldenRecurrentSupernet(type);
                Autograd.Mode paused = Autograd.paused()) {
            JsonNode facts = golden.file().json("scalars").get(prefix);
            Hypergradient unrolled = published
                    ? new PublishedUnrolled(new Unrolled(), new PublishedDefects(true, true, false))
                    : new Unrolled();
            InnerStep inner = inner(
                    golden,
                    facts.get("eta").asDouble(),
                    facts.get("clip").asDouble(),
                    facts.get("wdecay").asDouble());
            float[] before = golden.weights().toArray();

            Estimate estimate = unrolled.estimate(golden.scope(), inner, objective(golden, "valid"));

            assertThat(Copy.scalar(estimate.validLoss()))
                    .isCloseTo(facts.get("valid_loss_at_wprime").asDouble(), within(2e-5));
            assertClose(
                    "alpha gradient",
                    Copy.toHost(estimate.gradient()),
                    golden.floats(prefix + ".alpha_grad"),
                    absolute,
                    relative);
            assertThat(golden.weights().toArray()).isEqualTo(before);
            new Adam(golden.scope(), golden.alphas(), ADAM).step(estimate.gradient());
            assertClose(
                    "alphas",
                    golden.alphas().toAlphas().toArray(),
                    golden.floats(prefix + ".alpha_after_adam"),
                    type == DataType.FLOAT64 ? 1e-6 : 1e-4,
                    1e-6);
        }
    }

    @Test
    void shouldLeaveNoArrayBehindButItsEstimate() {
        try (GoldenRecurrentSupernet golden = new GoldenRecurrentSupernet(DataType.FLOAT32);
                Autograd.Mode paused = Autograd.paused()) {
            InnerStep inner = inner(golden, 20, 0.25, 5e-7);
            Objective valid = objective(golden, "valid");
            Hypergradient unrolled = new PublishedUnrolled(new Unrolled(), PublishedDefects.ALL);
            unrolled.estimate(golden.scope(), inner, valid);
            int arrays = golden.scope().getManagedArrays().size();

            unrolled.estimate(golden.scope(), inner, valid);

            assertThat(golden.scope().getManagedArrays()).hasSize(arrays + 3);
        }
    }

    private static InnerStep inner(
            GoldenRecurrentSupernet golden, double learningRate, double clip, double weightDecay) {
        Sgd sgd = new Sgd(golden.scope(), golden.weights(), 0, weightDecay);
        BilevelPoint point = new BilevelPoint(golden.weights(), golden.alphas());
        return new SgdStep(point, sgd, objective(golden, "train"), learningRate, clip);
    }

    private static Objective objective(GoldenRecurrentSupernet golden, String which) {
        return new TextObjective(
                golden.supernet(),
                golden.tokens(which),
                golden.hidden(which),
                TextObjective.MaskSource.none(),
                0,
                TextObjective.NO_PENALTIES,
                golden.constants());
    }
}
