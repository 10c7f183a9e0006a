package io.dartboard.nas.search;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.hypergradient.BilevelPoint;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.supernet.Supernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import java.util.random.RandomGenerator;

/**
 * A known-answer check to run before a service takes work. On a tiny supernet in double precision it takes one alpha
 * step and one weight step and asks: did the alpha step leave every weight bit-identical, and move the alphas as the
 * finite differences of the validation loss demand; did the weight step leave every alpha bit-identical, and lower the
 * training loss? A search whose architecture step does nothing looks healthy in every other respect.
 */
public final class ArchitectureSelfTest {
    private static final SearchConfig CONFIG =
            new SearchConfig(2, 3, 1, 4, 0.5, 1e-3, 1e-3, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0);
    private static final int CLASSES = 3;
    private static final int CHANNELS = 3;
    private static final int SIDE = 8;
    private static final long SEED = 1;
    private static final double DIFFERENCE = 1e-5;
    private static final double TOLERANCE = 1e-3;

    /** Entries of the alpha vector whose derivative is checked: some of each cell, spread over edges and candidates. */
    private static final int[] SAMPLE = {1, 20, 63, 111, 114, 150, 190, 223};

    private final Device device;
    private final SearchStep step;

    /**
     * The verdict.
     *
     * @param line one sentence for people
     */
    public record Verdict(boolean passed, String line) {}

    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message, Object... values) {
            super(message.formatted(values));
        }
    }

    /** Checks a method as a search would run it. */
    public ArchitectureSelfTest(Device device, SearchMethod method) {
        this(device, new AlternatingStep(method.hypergradient(), CONFIG.gradientClip()));
    }

    /** Checks a step. */
    ArchitectureSelfTest(Device device, SearchStep step) {
        this.device = device;
        this.step = step;
    }

    /** Runs the check; an engine that cannot be loaded is a failed check, not an exception. */
    public Verdict run() {
        try {
            check();
            return new Verdict(
                    true,
                    "architecture self-test passed: alphas follow the validation loss, weights the training loss");
        } catch (Failure e) {
            return new Verdict(false, "architecture self-test failed: " + e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return new Verdict(false, "architecture self-test could not run on %s: %s".formatted(device, e));
        }
    }

    private void check() {
        RandomStreams streams = new RandomStreams(SEED);
        Supernet supernet = new Supernet(CnnSpace.DARTS, CONFIG.shape(CLASSES), CHANNELS);
        float[] weights = supernet.layout().initial(streams.stream("weights"));
        Alphas alphas = Alphas.initial(CnnSpace.DARTS, streams.stream("alphas"));
        try (SearchState state = new SearchState(device, supernet, CONFIG, weights, alphas, DataType.FLOAT64);
                NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            checkAlphaStep(scope, state, batch(scope, streams.stream("valid")));
            checkWeightStep(scope, state, batch(scope, streams.stream("train")));
        }
    }

    private void checkAlphaStep(NDManager scope, SearchState state, DeviceBatch valid) {
        BilevelPoint point = state.point();
        NDArray weights = point.weights().values().duplicate();
        double[] before = point.alphas().values().toDoubleArray();
        step.alphaStep(scope, state, valid);
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

    private static double slope(NDManager scope, BilevelPoint point, DeviceBatch valid, double[] alphas, int entry) {
        double above = loss(scope, point, valid, shifted(scope, alphas, entry, DIFFERENCE));
        double below = loss(scope, point, valid, shifted(scope, alphas, entry, -DIFFERENCE));
        return (above - below) / (2 * DIFFERENCE);
    }

    private static NDArray shifted(NDManager scope, double[] alphas, int entry, double by) {
        double[] moved = alphas.clone();
        moved[entry] += by;
        return Copy.toDevice(scope, moved, new Shape(moved.length));
    }

    private void checkWeightStep(NDManager scope, SearchState state, DeviceBatch train) {
        BilevelPoint point = state.point();
        NDArray alphas = point.alphas().values().duplicate();
        double before = loss(scope, point, train, alphas);
        step.weightStep(scope, state, train, CONFIG.learningRate());
        require(point.alphas().values().contentEquals(alphas), "the weight step changed an alpha");
        double after = loss(scope, point, train, alphas);
        require(after < before, "the weight step did not lower the training loss (%.9f to %.9f)", before, after);
    }

    private static double loss(NDManager scope, BilevelPoint point, DeviceBatch batch, NDArray alphas) {
        try (NDManager inner = scope.newSubManager()) {
            DeviceBatch local = new DeviceBatch(Autograd.constant(inner, batch.images()), batch.labels());
            NDArray values = Autograd.constant(inner, alphas);
            return Copy.scalar(Functional.crossEntropy(point.logits(inner, local, values), batch.labels()));
        }
    }

    private static DeviceBatch batch(NDManager scope, RandomGenerator random) {
        int count = CONFIG.batchSize();
        double[] images = new double[count * CHANNELS * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextGaussian();
        }
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        return new DeviceBatch(
                Copy.toDevice(scope, images, new Shape(count, CHANNELS, SIDE, SIDE)), Copy.toDevice(scope, labels));
    }

    private static void require(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new Failure(message, values);
        }
    }
}
