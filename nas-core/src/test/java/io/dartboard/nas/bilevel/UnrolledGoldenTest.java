package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.image.supernet.GoldenSupernet;
import io.dartboard.nas.optim.Adam;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.tensor.AlphaVector;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The authors' second-order gradient, number by number. Their finite difference crosses kinks of the network, where single
 * and double precision part visibly, so what rests on it is compared in double precision.
 */
class UnrolledGoldenTest {
    private static final double DOUBLE = 1e-6;
    private static final double SINGLE = 2e-4;

    private final GoldenSupernet golden = GoldenSupernet.read("cnn_search_step.safetensors");
    private final NDManager scope = Torch.open(TestDevice.get());
    private final Autograd.Mode paused = Autograd.paused();

    @AfterEach
    void close() {
        paused.close();
        scope.close();
        golden.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nomom", "mom"})
    void shouldReachTheVirtualWeightsOfTheAuthors(String momentum) {
        Bilevel at = new Bilevel(DataType.FLOAT32, momentum);

        NDArray moved = at.inner().move(scope).weights();

        if (momentum.equals("mom")) {
            assertClose("w'", Copy.toHost(moved), golden.gather("unrolled.mom.wprime."), SINGLE, SINGLE);
        }
        Derivatives there = at.point.differentiate(scope, at.valid(), moved, Wanted.BOTH);
        assertClose(
                "loss at w'",
                Copy.toHost(there.loss()),
                new float[] {(float) golden.file().scalar("unrolled.%s.valid_loss_at_wprime".formatted(momentum))},
                SINGLE,
                SINGLE);
        assertClose(
                "direct term",
                Copy.toHost(there.alphaGradient()),
                flat(momentum, "dalpha_at_wprime", ""),
                SINGLE + flips(momentum),
                SINGLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nomom", "mom"})
    void shouldEstimateTheGradientOfTheAuthors(String momentum) {
        Bilevel at = new Bilevel(DataType.FLOAT64, momentum);
        double radius = golden.file().json("hyper").get("r").asDouble();

        NDArray gradient =
                new Unrolled(radius).estimate(scope, at.inner(), at.valid()).gradient();

        assertClose("gradient", Copy.toHost(gradient), flat(momentum, "alpha_grad", ".f64"), DOUBLE, DOUBLE);
    }

    /** A finite difference so short that it crosses no kink is the analytic product. */
    @ParameterizedTest
    @ValueSource(strings = {"nomom", "mom"})
    void shouldTendToTheAnalyticGradient(String momentum) {
        Bilevel at = new Bilevel(DataType.FLOAT64, momentum);

        NDArray gradient =
                new Unrolled(1e-7).estimate(scope, at.inner(), at.valid()).gradient();

        assertClose("gradient", Copy.toHost(gradient), flat(momentum, "alpha_grad_exact", ".f64"), 1e-5, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nomom", "mom"})
    void shouldBeTheFirstOrderWithoutALearningRate(String momentum) {
        Bilevel at = new Bilevel(DataType.FLOAT64, momentum);
        InnerStep still = new SgdStep(at.point, at.sgd, at.inner().train(), 0, InnerStep.UNBOUNDED);

        NDArray unrolled = new Unrolled().estimate(scope, still, at.valid()).gradient();
        NDArray first = new FirstOrder().estimate(scope, still, at.valid()).gradient();

        assertClose("gradient", Copy.toHost(unrolled), Copy.toHost(first), 1e-12, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nomom", "mom"})
    void shouldStepTheAlphasAsTheAuthors(String momentum) {
        Bilevel at = new Bilevel(DataType.FLOAT64, momentum);
        JsonNode hyper = golden.file().json("hyper");
        Adam adam = new Adam(
                scope,
                at.alphas,
                new AdamSettings(
                        hyper.get("arch_lr").asDouble(),
                        hyper.get("arch_betas").get(0).asDouble(),
                        hyper.get("arch_betas").get(1).asDouble(),
                        hyper.get("arch_weight_decay").asDouble()));

        adam.step(new Unrolled().estimate(scope, at.inner(), at.valid()).gradient());

        // Adam's first step is all but the sign of the gradient: where single precision can turn it, it says nothing.
        float[] gradient = flat(momentum, "alpha_grad", ".f64");
        float[] actual = at.alphas.toAlphas().toArray();
        float[] expected = flat(momentum, "alpha_after_adam", "");
        for (int i = 0; i < expected.length; i++) {
            if (Math.abs(gradient[i]) > SINGLE + 2 * flips(momentum)) {
                assertThat(actual[i]).as("alpha " + i).isCloseTo(expected[i], within((float) 1e-5));
            }
        }
    }

    /** By how much the authors' own run in single precision differs from theirs in double. */
    private double flips(String momentum) {
        JsonNode seen = golden.file().json("observed_differences");
        return Math.max(
                seen.get(momentum + ".normal.max|fd32-fd64|").asDouble(),
                seen.get(momentum + ".reduce.max|fd32-fd64|").asDouble());
    }

    private float[] flat(String momentum, String what, String suffix) {
        String name = "unrolled.%s.%s.".formatted(momentum, what);
        return golden.alphas(name + "normal" + suffix, name + "reduce" + suffix).toArray();
    }

    private final class Bilevel {
        private final DataType type;
        private final AlphaVector alphas;
        private final BilevelPoint point;
        private final Sgd sgd;

        Bilevel(DataType type, String momentum) {
            this.type = type;
            ParameterVector weights = new ParameterVector(
                    scope, golden.supernet().layout(), golden.weights().toArray(), type);
            alphas = new AlphaVector(scope, golden.alphas().toAlphas(), type);
            point = new BilevelPoint(weights, alphas);
            JsonNode hyper = golden.file().json("hyper");
            sgd = new Sgd(
                    scope,
                    weights,
                    hyper.get("momentum").asDouble(),
                    hyper.get("weight_decay").asDouble());
            if (momentum.equals("mom")) {
                sgd.restore(golden.gather("momentum."));
            }
        }

        InnerStep inner() {
            return new SgdStep(
                    point,
                    sgd,
                    golden.objective("train", type),
                    golden.file().json("hyper").get("eta").asDouble(),
                    InnerStep.UNBOUNDED);
        }

        Objective valid() {
            return golden.objective("valid", type);
        }
    }
}
