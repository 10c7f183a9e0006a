package io.dartboard.nas.search.recurrent;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.RecurrentAlphas;
import io.dartboard.nas.hypergradient.recurrent.PublishedDefects;
import io.dartboard.nas.hypergradient.recurrent.RecurrentHypergradient;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Half;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.MaskSource;
import io.dartboard.nas.hypergradient.recurrent.RecurrentPoint.Seen;
import io.dartboard.nas.hypergradient.recurrent.RecurrentUnrolled;
import io.dartboard.nas.ops.recurrent.Dropouts;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.search.ArchitectureSelfTest.Verdict;
import io.dartboard.nas.search.KnownAnswer;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.supernet.recurrent.RecurrentSupernet;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A known-answer check to run before a service searches for recurrent cells. On a tiny model in double precision it takes
 * one alpha step and one weight step and asks: did the alpha step leave every weight bit-identical, is its gradient the one
 * that finite differences of what the method differentiates give, and have the alphas moved along it; did the weight step
 * leave every alpha bit-identical, and lower the training loss? A search whose architecture step does nothing looks healthy
 * in every other respect.
 *
 * <p>A method with the published defects follows the slope of nothing, and so cannot be asked for it.
 */
public final class RecurrentSelfTest {
    // The gradient is smaller than the clip: a clipped one is not what the method differentiates.
    private static final RecurrentSearchConfig CONFIG = new RecurrentSearchConfig(
            4, 1, 3, 4, 0.1, 0, 100, Dropouts.NONE, new LanguageLoss(0, 0), new AdamSettings(3e-3, 0.9, 0.999, 1e-3));
    private static final int VOCABULARY = 7;
    private static final int STEPS = 3;
    private static final long SEED = 1;
    // Without small weights every function looks like every other; these tell them apart.
    private static final double WEIGHT = 0.7;
    private static final double DIFFERENCE = 1e-5;

    /** So short that no kink of the network lies within: the finite difference is then the analytic product. */
    private static final double RADIUS = 1e-6;

    /** Entries of the alpha vector whose derivative is checked, spread over nodes, edges and candidates. */
    private static final int[] SAMPLE = {1, 4, 22, 48, 73, 101, 139, 177};

    private final Device device;
    private final RecurrentHypergradient hypergradient;
    private final RecurrentSearchStep step;

    /**
     * Checks a method as a search would run it, but for the radius of a finite difference.
     *
     * @throws IllegalArgumentException if it is one of those that cannot be checked
     */
    public RecurrentSelfTest(Device device, RecurrentSearchMethod method) {
        this(device, checkable(method.hypergradient(CONFIG)));
    }

    private RecurrentSelfTest(Device device, RecurrentHypergradient hypergradient) {
        this(
                device,
                hypergradient,
                new RecurrentAlternatingStep(hypergradient, CONFIG.penalties(), CONFIG.gradientClip()));
    }

    /** Checks a step whose alphas follow a hypergradient. */
    RecurrentSelfTest(Device device, RecurrentHypergradient hypergradient, RecurrentSearchStep step) {
        this.device = device;
        this.hypergradient = hypergradient;
        this.step = step;
    }

    /** The methods that can be checked: those that follow a slope. */
    public static List<RecurrentSearchMethod> methods() {
        return RecurrentSearchMethod.all().stream()
                .filter(method -> followsSlope(method.hypergradient(CONFIG)))
                .toList();
    }

    private static boolean followsSlope(RecurrentHypergradient hypergradient) {
        return !(hypergradient instanceof RecurrentUnrolled unrolled)
                || unrolled.defects().equals(PublishedDefects.NONE);
    }

    private static RecurrentHypergradient checkable(RecurrentHypergradient hypergradient) {
        if (!followsSlope(hypergradient)) {
            throw new IllegalArgumentException("a method with the published defects follows the slope of nothing");
        }
        return hypergradient instanceof RecurrentUnrolled unrolled
                ? new RecurrentUnrolled(unrolled.clip(), unrolled.weightDecay(), RADIUS, unrolled.defects())
                : hypergradient;
    }

    /** Runs the check; an engine that cannot be loaded is a failed check, not an exception. */
    public Verdict run() {
        return KnownAnswer.verdict(device, this::check);
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
        double[] before = point.alphas().values().toDoubleArray();
        double[] slopes = Arrays.stream(SAMPLE)
                .mapToDouble(entry -> slope(scope, state, train, valid, before, entry))
                .toArray();
        NDArray weights = point.weights().values().duplicate();
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

    /** The central difference of what the hypergradient differentiates. */
    private double slope(
            NDManager scope, RecurrentSearchState state, Half train, Half valid, double[] alphas, int entry) {
        double above = objective(scope, state, train, valid, shifted(scope, alphas, entry, DIFFERENCE));
        double below = objective(scope, state, train, valid, shifted(scope, alphas, entry, -DIFFERENCE));
        return (above - below) / (2 * DIFFERENCE);
    }

    private double objective(NDManager scope, RecurrentSearchState state, Half train, Half valid, NDArray alphas) {
        try (NDManager inner = scope.newSubManager()) {
            NDArray weights = hypergradient instanceof RecurrentUnrolled
                    ? ahead(inner, state, train, alphas)
                    : state.point().weights().values();
            return loss(inner, state.point(), valid, weights, alphas);
        }
    }

    /** The weights after the step that they are about to take, (size). */
    private static NDArray ahead(NDManager scope, RecurrentSearchState state, Half train, NDArray alphas) {
        NDArray gradient;
        try (NDManager pass = scope.newSubManager();
                Autograd.Mode recording = Autograd.recording()) {
            Leaves leaves = state.point().weights().leaves(pass);
            Seen seen = state.point().see(pass, train, 0, leaves, Autograd.constant(pass, alphas));
            gradient = Torch.into(scope, Autograd.gradient(seen.likelihood(), leaves.vector()));
        }
        return state.sgd().virtualStep(gradient, CONFIG.learningRate());
    }

    private static NDArray shifted(NDManager scope, double[] alphas, int entry, double by) {
        double[] moved = alphas.clone();
        moved[entry] += by;
        return Copy.toDevice(scope, moved, new Shape(moved.length));
    }

    private void checkWeightStep(NDManager scope, RecurrentSearchState state, Half train) {
        RecurrentPoint point = state.point();
        NDArray alphas = point.alphas().values().duplicate();
        double before = loss(scope, point, train, point.weights().values(), alphas);
        step.weightStep(scope, state, train, CONFIG.learningRate());
        KnownAnswer.require(point.alphas().values().contentEquals(alphas), "the weight step changed an alpha");
        double after = loss(scope, point, train, point.weights().values(), alphas);
        KnownAnswer.require(
                after < before, "the weight step did not lower the training loss (%.9f to %.9f)", before, after);
    }

    private static double loss(NDManager scope, RecurrentPoint point, Half half, NDArray weights, NDArray alphas) {
        try (NDManager inner = scope.newSubManager()) {
            Leaves leaves = point.weights().at(weights).constants(inner);
            return Copy.scalar(point.see(inner, half, 0, leaves, Autograd.constant(inner, alphas))
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
}
