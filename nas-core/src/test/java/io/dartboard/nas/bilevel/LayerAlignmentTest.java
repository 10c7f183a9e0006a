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
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.image.search.ImageObjective;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.Supernet;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network of five cells, of which the first, the third and the last are normal ones. */
class LayerAlignmentTest {
    private static final NetworkShape SHAPE = new NetworkShape(2, 5, 3);
    private static final List<Integer> NORMAL = List.of(0, 2, 4);
    // So small that no kink of a rectifier lies between: beyond one the cosine jumps.
    private static final double DIFFERENCE = 1e-8;
    private static final double RADIUS = 1e-8;

    private final Supernet supernet = new Supernet(CnnSpace.DARTS, SHAPE, 3, Grouping.unbounded());
    private final SearchState state;
    private final Objective train;

    LayerAlignmentTest() {
        RandomStream random = new RandomStreams(1).stream("alignment");
        Alphas alphas = Alphas.of(AlphaLayout.sharedByKind(CnnSpace.DARTS), floats(random, 224));
        state = new SearchState(
                Device.cpu(),
                supernet.layout(),
                supernet.layout().initial(random),
                alphas,
                new SearchOptimisers(0.9, 3e-4, 5, false, new AdamSettings(3e-4, 0.5, 0.999, 1e-3)),
                DataType.FLOAT64);
        double[] images = new double[4 * 3 * 8 * 8];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextGaussian();
        }
        train = new ImageObjective(
                supernet,
                new DeviceBatch(
                        Copy.toDevice(state.scope(), images, new Shape(4, 3, 8, 8)),
                        Copy.toDevice(state.scope(), new long[] {0, 1, 2, 0})),
                new ChannelConstants(state.scope(), DataType.FLOAT64));
    }

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void shouldSeeTheSameWhereEveryCellIsMixedByItself() {
        try (NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            BilevelPoint cells = LayerAlignment.byCell(scope, state.point(), train.groupsOfCells());
            Derivatives shared = state.point().relaxed(scope).differentiate(scope, train, Wanted.ALPHAS);
            Derivatives own = cells.differentiate(scope, train, Wanted.ALPHAS);

            assertThat(train.groupsOfCells()).containsExactly("normal", "reduce", "normal", "reduce", "normal");
            assertThat(Copy.scalar(own.loss())).isCloseTo(Copy.scalar(shared.loss()), within(1e-12));
            double[] of = own.alphaGradient().toDoubleArray();
            double[] all = shared.alphaGradient().toDoubleArray();
            for (int i = 0; i < 112; i++) {
                assertThat(of[i] + of[224 + i] + of[448 + i]).as("normal " + i).isCloseTo(all[i], within(1e-12));
                assertThat(of[112 + i] + of[336 + i]).as("reduce " + i).isCloseTo(all[112 + i], within(1e-12));
            }
        }
    }

    /** Along a direction drawn at random, against finite differences of the mean cosine itself. */
    @Test
    void shouldFollowTheSlopeOfTheMeanCosine() {
        double progress = 0.5;
        try (NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            NDArray weights = state.point().weights().values();
            NDArray plain =
                    state.point().differentiate(scope, train, Wanted.WEIGHTS).weightGradient();
            NDArray aligned = new LayerAlignment(0.125, RADIUS)
                    .differentiate(scope, state.point(), train, progress)
                    .weightGradient();
            double[] drawn = new double[(int) weights.size()];
            RandomStream random = new RandomStreams(2).stream("direction");
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = random.nextGaussian();
            }
            NDArray direction = Copy.toDevice(scope, drawn, new Shape(drawn.length));
            direction = direction.div(direction.square().sum().sqrt());

            double slope = (meanCosine(scope, weights, direction, DIFFERENCE)
                            - meanCosine(scope, weights, direction, -DIFFERENCE))
                    / (2 * DIFFERENCE);
            double penalty = Copy.scalar(aligned.sub(plain).mul(direction).sum());

            assertThat(Math.abs(slope))
                    .as("so that there is something to follow")
                    .isGreaterThan(1e-3);
            assertThat(penalty).isCloseTo(-0.125 * progress * slope, within(1e-3 * Math.abs(slope)));
        }
    }

    private double meanCosine(NDManager scope, NDArray weights, NDArray direction, double by) {
        double[] moved = weights.toDoubleArray();
        double[] along = direction.toDoubleArray();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += by * along[i];
        }
        BilevelPoint cells = LayerAlignment.byCell(scope, state.point(), train.groupsOfCells());
        double[] gradient = cells.differentiate(
                        scope, train, Copy.toDevice(scope, moved, new Shape(moved.length)), Wanted.ALPHAS)
                .alphaGradient()
                .toDoubleArray();
        double sum = 0;
        for (int i : NORMAL) {
            for (int j : NORMAL) {
                sum += i < j ? dot(gradient, i, j) / Math.sqrt(dot(gradient, i, i) * dot(gradient, j, j)) : 0;
            }
        }
        return sum / 3;
    }

    private static double dot(double[] gradient, int one, int other) {
        double sum = 0;
        for (int i = 0; i < 112; i++) {
            sum += gradient[112 * one + i] * gradient[112 * other + i];
        }
        return sum;
    }

    @Test
    void shouldAddNothingInTheFirstEpoch() {
        try (NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            NDArray plain =
                    state.point().differentiate(scope, train, Wanted.WEIGHTS).weightGradient();
            assertThat(new LayerAlignment(0.125, 1e-4)
                            .differentiate(scope, state.point(), train, 0)
                            .weightGradient()
                            .contentEquals(plain))
                    .isTrue();
        }
    }

    @Test
    void shouldRefuseWhatHasNothingToAlign() {
        SearchMethod method = SearchMethods.LAMBDA_DARTS;

        assertThatThrownBy(() -> method.require(new NetworkShape(4, 3, 2)))
                .hasMessage("cells must be at least 4, so that layer alignment has two normal cells to align (was 3)");
        method.require(new NetworkShape(4, 4, 2));
        assertThatThrownBy(() -> Composition.of("lambda-darts", Map.of("alphas", "by-cell"), ImageSearch.METHODS))
                .hasMessageEndingWith("cells that share no alphas have nothing to agree on");
        assertThatThrownBy(() -> Composition.of("lambda-darts", Map.of("edges", "auxiliary-skip"), ImageSearch.METHODS))
                .hasMessageContaining("these edges compute more than these");
    }

    private static float[] floats(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.5f * (float) random.nextGaussian();
        }
        return values;
    }
}
