package io.dartboard.nas.search.recurrent;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.MaskSource;
import io.dartboard.nas.ops.recurrent.Dropouts;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.supernet.recurrent.RecurrentSupernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A known-answer check to run before a service searches for recurrent cells. On a tiny model in double precision it takes
 * one alpha step of first order and one weight step and asks: did the alpha step leave every weight bit-identical, and move
 * the alphas as the finite differences of the validation loss demand; did the weight step leave every alpha bit-identical,
 * and lower the training loss? A search whose architecture step does nothing looks healthy in every other respect.
 */
public final class RecurrentSelfTest {
    private static final RecurrentSearchConfig CONFIG = new RecurrentSearchConfig(
            4, 1, 3, 4, 0.1, 0, 5, Dropouts.NONE, new LanguageLoss(0, 0), new AdamSettings(3e-3, 0.9, 0.999, 1e-3));
    private static final int VOCABULARY = 7;
    private static final int STEPS = 3;
    private static final long SEED = 1;
    // Without small weights every function looks like every other; these tell them apart.
    private static final double WEIGHT = 0.7;
    private static final double DIFFERENCE = 1e-5;
    private static final double TOLERANCE = 1e-3;

    /** Entries of the alpha vector whose derivative is checked, spread over nodes, edges and candidates. */
    private static final int[] SAMPLE = {1, 4, 22, 48, 73, 101, 139, 177};

    private final Device device;
    private final RecurrentSearchStep step;

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message, Object... values) {
            super(message.formatted(values));
        }
    }

    /** Checks the steps that every method is made of. */
    public RecurrentSelfTest(Device device) {
        this(device, new RecurrentAlternatingStep(new RecurrentDartsFirstOrder(), CONFIG));
    }

    RecurrentSelfTest(Device device, RecurrentSearchStep step) {
        this.device = device;
        this.step = step;
    }

    /** Empty if the search works; else one line with what is wrong. An engine that cannot be loaded is such a line. */
    public Optional<String> run() {
        try {
            check();
            return Optional.empty();
        } catch (Failure e) {
            return Optional.of("recurrent self-test failed: " + e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("recurrent self-test could not run on %s: %s".formatted(device, e));
        }
    }

    private void check() {
        RandomStreams streams = new RandomStreams(SEED);
        RecurrentSupernet supernet = new RecurrentSupernet(RecurrentSpace.DARTS, VOCABULARY, CONFIG.width());
        float[] weights = gaussians(streams.stream("weights"), supernet.layout().size());
        RecurrentAlphas alphas = RecurrentAlphas.initial(RecurrentSpace.DARTS, streams.stream("alphas"));
        try (RecurrentSearchState state =
                        new RecurrentSearchState(device, supernet, CONFIG, weights, alphas, DataType.FLOAT64);
                NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            Half train = half(scope, state.trainHidden(), streams.stream("train"));
            Half valid = half(scope, state.validHidden(), streams.stream("valid"));
            checkAlphaStep(scope, state, train, valid);
            checkWeightStep(scope, state, train);
        }
    }

    private void checkAlphaStep(NDManager scope, RecurrentSearchState state, Half train, Half valid) {
        RecurrentPoint point = state.point();
        NDArray weights = point.weights().values().duplicate();
        double[] before = point.alphas().values().toDoubleArray();
        step.alphaStep(scope, state, train, valid, CONFIG.learningRate());
        require(point.weights().values().contentEquals(weights), "the alpha step changed a weight");
        double[] after = point.alphas().values().toDoubleArray();
        for (int entry : SAMPLE) {
            double expected = expectedMove(before[entry], slope(scope, point, valid, before, entry));
            double move = after[entry] - before[entry];
            require(
                    Math.abs(move - expected) <= TOLERANCE * CONFIG.alphas().learningRate(),
                    "alpha %d moved by %.3e where the validation loss asks for %.3e",
                    entry,
                    move,
                    expected);
        }
    }

    /** The first step of Adam: both moments are corrected to the gradient and its square. */
    private static double expectedMove(double alpha, double slope) {
        double gradient = slope + CONFIG.alphas().weightDecay() * alpha;
        return -CONFIG.alphas().learningRate() * gradient / (Math.abs(gradient) + 1e-8);
    }

    private static double slope(NDManager scope, RecurrentPoint point, Half valid, double[] alphas, int entry) {
        double above = loss(scope, point, valid, shifted(scope, alphas, entry, DIFFERENCE));
        double below = loss(scope, point, valid, shifted(scope, alphas, entry, -DIFFERENCE));
        return (above - below) / (2 * DIFFERENCE);
    }

    private static NDArray shifted(NDManager scope, double[] alphas, int entry, double by) {
        double[] moved = alphas.clone();
        moved[entry] += by;
        return Copy.toDevice(scope, moved, new Shape(moved.length));
    }

    private void checkWeightStep(NDManager scope, RecurrentSearchState state, Half train) {
        RecurrentPoint point = state.point();
        NDArray alphas = point.alphas().values().duplicate();
        double before = loss(scope, point, train, alphas);
        step.weightStep(scope, state, train, CONFIG.learningRate());
        require(point.alphas().values().contentEquals(alphas), "the weight step changed an alpha");
        double after = loss(scope, point, train, alphas);
        require(after < before, "the weight step did not lower the training loss (%.9f to %.9f)", before, after);
    }

    private static double loss(NDManager scope, RecurrentPoint point, Half half, NDArray alphas) {
        try (NDManager inner = scope.newSubManager()) {
            NDArray values = Autograd.constant(inner, alphas);
            return Copy.scalar(point.see(inner, half, 0, point.weights().constants(inner), values)
                    .likelihood());
        }
    }

    private static Half half(NDManager scope, NDArray hidden, RandomGenerator random) {
        long[] words =
                random.longs((long) STEPS * CONFIG.batchSize(), 0, VOCABULARY).toArray();
        long[] following =
                random.longs((long) STEPS * CONFIG.batchSize(), 0, VOCABULARY).toArray();
        DeviceTokens tokens = DeviceTokens.of(scope, words, following, STEPS, CONFIG.batchSize());
        return new Half(tokens, hidden, MaskSource.none());
    }

    private static float[] gaussians(RandomGenerator random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (WEIGHT * random.nextGaussian());
        }
        return values;
    }

    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new Failure(message, values);
        }
    }
}
