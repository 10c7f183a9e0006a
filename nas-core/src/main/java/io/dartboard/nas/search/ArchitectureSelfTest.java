package io.dartboard.nas.search;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.hypergradient.BilevelPoint;
import io.dartboard.nas.hypergradient.Hypergradient;
import io.dartboard.nas.hypergradient.InnerStep;
import io.dartboard.nas.hypergradient.Unrolled;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.supernet.AlphaVector;
import io.dartboard.nas.supernet.Grouping;
import io.dartboard.nas.supernet.Supernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
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

    /** Entries of the alpha vector whose derivative is checked: some of each cell, spread over edges and candidates. */
    private static final int[] SAMPLE = {1, 20, 63, 111, 114, 150, 190, 223};

    /** So short that no kink of the network lies within: the finite difference is then the analytic product. */
    private static final double RADIUS = 1e-6;

    private final Device device;
    private final Hypergradient hypergradient;
    private final SearchStep step;

    /**
     * The verdict.
     *
     * @param line one sentence for people
     */
    public record Verdict(boolean passed, String line) {}

    /** Checks a method as a search would run it, but for the radius of a finite difference. */
    public ArchitectureSelfTest(Device device, SearchMethod method) {
        this(device, checkable(method.hypergradient()));
    }

    private ArchitectureSelfTest(Device device, Hypergradient hypergradient) {
        this(device, hypergradient, new AlternatingStep(hypergradient, CONFIG.gradientClip()));
    }

    /** Checks a step whose alphas follow a hypergradient. */
    ArchitectureSelfTest(Device device, Hypergradient hypergradient, SearchStep step) {
        this.device = device;
        this.hypergradient = hypergradient;
        this.step = step;
    }

    private static Hypergradient checkable(Hypergradient hypergradient) {
        return hypergradient instanceof Unrolled ? new Unrolled(RADIUS) : hypergradient;
    }

    /** Runs the check; an engine that cannot be loaded is a failed check, not an exception. */
    public Verdict run() {
        return KnownAnswer.verdict(device, this::check);
    }

    private void check() {
        RandomStreams streams = new RandomStreams(SEED);
        Supernet supernet = new Supernet(CnnSpace.DARTS, CONFIG.shape(CLASSES), CHANNELS, Grouping.unbounded());
        float[] weights = supernet.layout().initial(streams.stream("weights"));
        Alphas alphas = Alphas.initial(CnnSpace.DARTS, streams.stream("alphas"));
        try (SearchState state = new SearchState(device, supernet, CONFIG, weights, alphas, DataType.FLOAT64);
                NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            DeviceBatch train = batch(scope, streams.stream("train"));
            checkAlphaStep(scope, state, train, batch(scope, streams.stream("valid")));
            checkWeightStep(scope, state, train);
        }
    }

    private void checkAlphaStep(NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid) {
        BilevelPoint point = state.point();
        double[] slopes = slopes(scope, state, train, valid);
        NDArray weights = point.weights().values().duplicate();
        double[] before = point.alphas().values().toDoubleArray();
        double[] gradient = step.alphaStep(scope, state, train, valid, CONFIG.learningRate())
                .gradient()
                .toDoubleArray();
        KnownAnswer.require(point.weights().values().contentEquals(weights), "the alpha step changed a weight");
        double[] after = point.alphas().values().toDoubleArray();
        for (int i = 0; i < SAMPLE.length; i++) {
            int entry = SAMPLE[i];
            KnownAnswer.requireGradient(entry, gradient[entry], slopes[i]);
            KnownAnswer.requireFirstMove(entry, before[entry], after[entry], slopes[i], CONFIG.alphas());
        }
    }

    /** For each alpha of the sample, the central difference of what the hypergradient differentiates. */
    private double[] slopes(NDManager scope, SearchState state, DeviceBatch train, DeviceBatch valid) {
        double[] slopes = new double[SAMPLE.length];
        for (int i = 0; i < SAMPLE.length; i++) {
            double above = objective(scope, state, shifted(scope, state, SAMPLE[i], DIFFERENCE), train, valid);
            double below = objective(scope, state, shifted(scope, state, SAMPLE[i], -DIFFERENCE), train, valid);
            slopes[i] = (above - below) / (2 * DIFFERENCE);
        }
        return slopes;
    }

    private static BilevelPoint shifted(NDManager scope, SearchState state, int entry, double by) {
        BilevelPoint point = state.point();
        double[] alphas = point.alphas().values().toDoubleArray();
        alphas[entry] += by;
        AlphaVector moved =
                new AlphaVector(point.alphas().space(), Copy.toDevice(scope, alphas, new Shape(alphas.length)));
        return new BilevelPoint(point.network(), point.weights(), moved, point.constants());
    }

    private double objective(
            NDManager scope, SearchState state, BilevelPoint point, DeviceBatch train, DeviceBatch valid) {
        InnerStep inner = new InnerStep(state.sgd(), point.objective(train), CONFIG.learningRate());
        NDArray weights = hypergradient instanceof Unrolled ? inner.after(scope) : inner.before();
        return Copy.scalar(point.loss(scope, weights, valid));
    }

    private void checkWeightStep(NDManager scope, SearchState state, DeviceBatch train) {
        BilevelPoint point = state.point();
        NDArray alphas = point.alphas().values().duplicate();
        double before = loss(scope, point, train);
        step.weightStep(scope, state, train, CONFIG.learningRate());
        KnownAnswer.require(point.alphas().values().contentEquals(alphas), "the weight step changed an alpha");
        double after = loss(scope, point, train);
        KnownAnswer.require(
                after < before, "the weight step did not lower the training loss (%.9f to %.9f)", before, after);
    }

    private static double loss(NDManager scope, BilevelPoint point, DeviceBatch batch) {
        return Copy.scalar(point.loss(scope, point.weights().values(), batch));
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
}
