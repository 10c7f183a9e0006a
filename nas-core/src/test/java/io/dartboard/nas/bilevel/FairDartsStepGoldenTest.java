package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairDartsStepGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenSigmoids golden = new GoldenSigmoids(
            "fairdarts_step.safetensors", AlphaSharing.BY_KIND, List.of("alpha.normal", "alpha.reduce"));

    @AfterEach
    void close() {
        golden.close();
    }

    @Test
    void shouldComputeTheLogits() {
        try (Autograd.Mode paused = Autograd.paused()) {
            assertClose("logits", Copy.toHost(golden.logits()), golden.file().floats("logits"), TOLERANCE, TOLERANCE);
        }
    }

    @Test
    void shouldComputeBothLossesAndTheGradientsOfBoth() {
        double weight = golden.config().get("w01").asDouble();
        Derivatives plain = golden.point().differentiate(golden.scope(), golden.objective(), Wanted.ALPHAS);
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray alphas = golden.point().alphas().leaf(golden.scope());
            NDArray penalty =
                    new ZeroOneLoss(weight).of(alphas, golden.layout(), 0).orElseThrow();
            NDArray total = plain.alphaGradient().add(Autograd.gradient(penalty, alphas));

            assertThat(Copy.scalar(plain.loss())).isCloseTo(fact("ce"), within(TOLERANCE));
            assertThat(Copy.scalar(penalty)).isCloseTo(weight * fact("zero_one_loss"), within(TOLERANCE));
            assertThat(Copy.scalar(plain.loss()) + Copy.scalar(penalty)).isCloseTo(fact("total"), within(TOLERANCE));
            assertClose("ce", Copy.toHost(plain.alphaGradient()), both("grad_alpha_ce."), TOLERANCE, TOLERANCE);
            assertClose("total", Copy.toHost(total), both("grad_alpha_total."), TOLERANCE, TOLERANCE);
        }
    }

    private double fact(String name) {
        return golden.file().json(name).asDouble();
    }

    private float[] both(String prefix) {
        return golden.joined(List.of(prefix + "normal", prefix + "reduce"));
    }
}
