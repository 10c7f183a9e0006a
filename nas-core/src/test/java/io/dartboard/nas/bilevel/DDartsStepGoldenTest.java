package io.dartboard.nas.bilevel;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.optim.Sgd;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Splits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DDartsStepGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenSigmoids golden =
            new GoldenSigmoids("ddarts_step.safetensors", AlphaSharing.BY_CELL, List.of("alphas"));
    private final JsonNode scalars = golden.file().json("scalars");

    @AfterEach
    void close() {
        golden.close();
    }

    @Test
    void shouldMixEachCellByItsOwnAlphas() {
        try (Autograd.Mode paused = Autograd.paused()) {
            assertClose("logits", Copy.toHost(golden.logits()), golden.file().floats("logits"), TOLERANCE, TOLERANCE);
        }
    }

    /** One backward pass with the sum of the cells' penalties gives every cell the gradient of its own loss. */
    @Test
    void shouldGiveEveryCellTheGradientOfItsOwnLoss() {
        CellZeroOneLoss zeroOne = new CellZeroOneLoss(scalars.get("w01").asDouble());
        Derivatives plain = golden.point().differentiate(golden.scope(), golden.objective(), Wanted.ALPHAS);
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray alphas = golden.point().alphas().leaf(golden.scope());
            NDArray penalty = zeroOne.of(alphas, golden.layout(), 0).orElseThrow();
            NDArray total = plain.alphaGradient().add(Autograd.gradient(penalty, alphas));

            assertClose(
                    "ce",
                    Copy.toHost(plain.alphaGradient()),
                    golden.file().floats("grad_alphas_ce"),
                    TOLERANCE,
                    TOLERANCE);
            assertClose(
                    "cell loss",
                    Copy.toHost(total),
                    golden.file().floats("grad_alphas_cell_loss"),
                    TOLERANCE,
                    TOLERANCE);
        }
    }

    @Test
    void shouldComputeTheLossOfEveryCell() {
        ZeroOneLoss zeroOne = new ZeroOneLoss(1);
        double ce = Copy.scalar(golden.point()
                .differentiate(golden.scope(), golden.objective(), Wanted.ALPHAS)
                .loss());
        NDList cells = Splits.of(
                golden.point().alphas().constant(golden.scope()),
                golden.layout().sizes());
        double[] ablation = ablationLosses();
        for (int cell = 0; cell < cells.size(); cell++) {
            JsonNode expected = scalars.get("cell_losses").get(cell);
            double l01 =
                    Copy.scalar(zeroOne.of(cells.get(cell), golden.layout(), 0).orElseThrow());

            assertThat(ce).isCloseTo(expected.get("ce").asDouble(), within(TOLERANCE));
            assertThat(l01).isCloseTo(expected.get("zero_one").asDouble(), within(TOLERANCE));
            assertThat(ablation[cell]).isCloseTo(expected.get("ablation").asDouble(), within(TOLERANCE));
            assertThat(ce
                            + scalars.get("w01").asDouble() * l01
                            + scalars.get("w_abl").asDouble() * ablation[cell])
                    .isCloseTo(expected.get("total").asDouble(), within(10 * TOLERANCE));
        }
    }

    /** The authors' ablation loss: what the variant weighs by, with the sign of the mean turned. */
    private double[] ablationLosses() {
        JsonNode given = scalars.get("marginal_contributions");
        double[] contributions = new double[given.size()];
        for (int cell = 0; cell < contributions.length; cell++) {
            contributions[cell] = given.get(cell).asDouble();
        }
        double sign = -Math.signum(scalars.get("mean").asDouble());
        double[] relative = MarginalContributions.relative(
                        Copy.toDevice(golden.scope(), contributions, new Shape(contributions.length)))
                .toDoubleArray();
        for (int cell = 0; cell < relative.length; cell++) {
            relative[cell] *= sign;
        }
        return relative;
    }

    /** Each cell's gradient is that of the first order, longer where the cell contributes more. */
    @Test
    void shouldWeighTheGradientOfACellByWhatItContributes() {
        double weight = scalars.get("w_abl").asDouble();
        try (Autograd.Mode paused = Autograd.paused()) {
            InnerStep inner = new SgdStep(golden.point(), sgd(), golden.objective(), 0.1, InnerStep.UNBOUNDED);
            NDArray weighed = new MarginalContributions(weight)
                    .estimate(golden.scope(), inner, golden.objective())
                    .gradient();
            double[] contributions = contributions();
            double mean = Arrays.stream(contributions).average().orElseThrow();
            NDList plain = Splits.of(
                    Copy.toDevice(
                            golden.scope(),
                            golden.file().floats("grad_alphas_ce"),
                            new Shape(golden.layout().size())),
                    golden.layout().sizes());
            NDList cells = Splits.of(weighed, golden.layout().sizes());
            for (int cell = 0; cell < cells.size(); cell++) {
                float factor = (float) (1 + weight * (contributions[cell] - mean) / Math.abs(mean));
                float[] expected = Copy.toHost(plain.get(cell));
                for (int i = 0; i < expected.length; i++) {
                    expected[i] *= factor;
                }
                assertClose("cell " + cell, Copy.toHost(cells.get(cell)), expected, 1e-4, 1e-3);
            }
        }
    }

    /** What the loss rises by where the candidates of a cell are undecided, less its sign. */
    private double[] contributions() {
        double whole = loss(golden.file().floats("alphas"));
        double[] contributions = new double[golden.layout().groups().size()];
        int size = golden.layout().groups().get(0).size();
        for (int cell = 0; cell < contributions.length; cell++) {
            float[] without = golden.file().floats("alphas").clone();
            Arrays.fill(without, cell * size, (cell + 1) * size, 0);
            contributions[cell] = whole - loss(without);
        }
        return contributions;
    }

    private double loss(float[] alphas) {
        BilevelPoint point = golden.point().with(Copy.toDevice(golden.scope(), alphas, new Shape(alphas.length)));
        return Copy.scalar(
                point.loss(golden.scope(), golden.objective(), point.weights().values()));
    }

    private Sgd sgd() {
        return new Sgd(golden.scope(), golden.point().weights(), 0, 0);
    }
}
