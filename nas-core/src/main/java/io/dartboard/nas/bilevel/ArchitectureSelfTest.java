package io.dartboard.nas.bilevel;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import java.util.List;

/**
 * A known-answer check to run before a service takes work. It rehearses one alpha step and one weight step of a tiny search
 * in double precision and asks: did the alpha step leave every weight bit-identical, is its gradient the one that finite
 * differences of what the method differentiates give, and have the alphas moved along it; did the weight step leave every
 * alpha bit-identical, and lower the training loss? A search whose architecture step does nothing looks healthy in every
 * other respect.
 */
public final class ArchitectureSelfTest {
    private static final double DIFFERENCE = 1e-5;
    static final RandomStreams STREAMS = new RandomStreams(Rehearsal.SEED);

    private final Device device;
    private final Rehearsal rehearsal;
    private final SearchMethod method;
    private final SearchStep step;
    private final Moment moment;

    /**
     * The verdict.
     *
     * @param line one sentence for people
     */
    public record Verdict(boolean passed, String line) {}

    /**
     * Checks a method as a search would run it, in its exact form.
     *
     * @throws IllegalArgumentException if it has none, see {@link #checkable}
     */
    public ArchitectureSelfTest(Device device, Rehearsal rehearsal, SearchMethod method) {
        this(device, rehearsal, exact(method), new AlternatingStep(exact(method), rehearsal.optimisers(), STREAMS));
    }

    private static SearchMethod exact(SearchMethod method) {
        return method.exact()
                .orElseThrow(() -> new IllegalArgumentException(
                        "method %s follows the slope of nothing, so there is nothing to check".formatted(method.id())));
    }

    /** Checks a step whose alphas are to follow a method. */
    ArchitectureSelfTest(Device device, Rehearsal rehearsal, SearchMethod method, SearchStep step) {
        this.device = device;
        this.rehearsal = rehearsal;
        this.method = method;
        this.step = step;
        // In the middle of the search, where a penalty that grows with it has grown.
        this.moment = new Moment(1, 2, rehearsal.learningRate());
    }

    /** The methods that can be checked: those that follow a slope. */
    public static List<SearchMethod> checkable(List<SearchMethod> methods) {
        return methods.stream().filter(method -> method.exact().isPresent()).toList();
    }

    /** Runs the check; an engine that cannot be loaded is a failed check, not an exception. */
    public Verdict run() {
        return KnownAnswer.verdict(device, this::check);
    }

    private void check() {
        try (SearchState state = rehearsal.open(device, method);
                NDManager scope = state.openScope();
                Autograd.Mode paused = Autograd.paused()) {
            Objective train = rehearsal.train(state, method);
            checkAlphaStep(scope, state, train, rehearsal.valid(state, method));
            checkWeightStep(scope, state, train);
        }
    }

    private void checkAlphaStep(NDManager scope, SearchState state, Objective train, Objective valid) {
        BilevelPoint point = state.point();
        double[] before = point.alphas().values().toDoubleArray();
        List<Double> slopes = rehearsal.sample(method).stream()
                .map(entry -> slope(scope, state, train, valid, before, entry))
                .toList();
        NDArray weights = point.weights().values().duplicate();
        double[] gradient =
                step.alphaStep(scope, state, train, valid, moment).gradient().toDoubleArray();
        KnownAnswer.require(point.weights().values().contentEquals(weights), "the alpha step changed a weight");
        double[] after = point.alphas().values().toDoubleArray();
        for (int i = 0; i < after.length; i++) {
            KnownAnswer.require(
                    after[i] == before[i] || !KeptCandidates.isDropped((float) before[i]),
                    "the alpha step moved the alpha of a candidate that is dropped");
        }
        for (int i = 0; i < slopes.size(); i++) {
            int entry = rehearsal.sample(method).get(i);
            double slope = slopes.get(i);
            KnownAnswer.requireGradient(entry, gradient[entry], slope);
            KnownAnswer.requireFirstMove(entry, before[entry], after[entry], slope, alphaSettings());
        }
    }

    /** How Adam steps at the moment of the check. */
    private AdamSettings alphaSettings() {
        AdamSettings settings = rehearsal.optimisers().alphas();
        return new AdamSettings(
                method.schedule().rate(settings.alphaLearningRate(), moment),
                settings.alphaBeta1(),
                settings.alphaBeta2(),
                settings.alphaWeightDecay());
    }

    /** The central difference of what the hypergradient differentiates, and of the penalty. */
    private double slope(
            NDManager scope, SearchState state, Objective train, Objective valid, double[] alphas, int entry) {
        double above = at(scope, state, train, valid, shifted(alphas, entry, DIFFERENCE));
        double below = at(scope, state, train, valid, shifted(alphas, entry, -DIFFERENCE));
        return (above - below) / (2 * DIFFERENCE);
    }

    private double at(NDManager scope, SearchState state, Objective train, Objective valid, double[] alphas) {
        try (NDManager inner = scope.newSubManager()) {
            BilevelPoint here = method.inAlphaStep(state.point(), STREAMS, moment);
            NDArray values = Copy.toDevice(inner, alphas, new Shape(alphas.length));
            BilevelPoint there = here.with(values);
            NDArray best =
                    method.hypergradient().bestWeights(inner, ahead(here, state, train), ahead(there, state, train));
            double loss = Copy.scalar(there.loss(inner, valid, best));
            return loss
                    + method.penalty()
                            .of(values, here.alphas().layout(), moment.progress())
                            .map(Copy::scalar)
                            .orElse(0.0);
        }
    }

    private InnerStep ahead(BilevelPoint point, SearchState state, Objective train) {
        return new SgdStep(
                point,
                state.sgd(),
                train,
                moment.learningRate(),
                rehearsal.optimisers().innerClip());
    }

    private static double[] shifted(double[] alphas, int entry, double by) {
        double[] moved = alphas.clone();
        moved[entry] += by;
        return moved;
    }

    private void checkWeightStep(NDManager scope, SearchState state, Objective train) {
        BilevelPoint point = method.inWeightStep(scope, state.point(), train, STREAMS, moment);
        NDArray alphas = state.point().alphas().values().duplicate();
        double before = loss(scope, point, train);
        step.weightStep(scope, state, train, moment);
        KnownAnswer.require(state.point().alphas().values().contentEquals(alphas), "the weight step changed an alpha");
        double after = loss(scope, point, train);
        KnownAnswer.require(
                after < before, "the weight step did not lower the training loss (%.9f to %.9f)", before, after);
    }

    private static double loss(NDManager scope, BilevelPoint point, Objective objective) {
        return Copy.scalar(point.loss(scope, objective, point.weights().values()));
    }
}
