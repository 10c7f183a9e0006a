package io.dartboard.nas.bilevel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.derive.Discretization;
import io.dartboard.nas.guard.StopRule;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Settings;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.Draw;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A way to search: a published method as a composition of its parts, each of which can be exchanged for itself.
 *
 * @param id stable name that requests, events and job identities carry
 * @param source where it is from, for people
 * @param hypergradient how the gradient of the alphas is estimated
 * @param penalty what is added to the loss that the alphas go down
 * @param weightPenalty what is added to the loss that the weights go down
 * @param relaxation how the alphas become the weights of candidates
 * @param edges what an edge computes beside the mixture of its candidates
 * @param perturbation at which mixing weights the weights take their step
 * @param freeze when candidates are trained no further
 * @param gate in which steps the alphas move
 * @param sharing which cells share their alphas
 * @param schedule how long the steps of the alphas are
 * @param initial what the alphas start as
 * @param discretization how a discrete architecture is read off the alphas
 * @param stop by what a search ends before its last epoch
 * @param stages in which stages a search goes
 * @param given parameters of the parts that are otherwise than the method's own, by name
 */
public record SearchMethod(
        String id,
        String source,
        Hypergradient hypergradient,
        AlphaPenalty penalty,
        WeightPenalty weightPenalty,
        DeviceRelaxation relaxation,
        EdgeForm edges,
        AlphaPerturbation perturbation,
        OperationFreeze freeze,
        AlphaGate gate,
        AlphaSharing sharing,
        AlphaSchedule schedule,
        InitialAlphas initial,
        Discretization discretization,
        StopRule stop,
        Stages stages,
        SortedMap<String, Double> given) {
    private static final String FOR_ALPHAS = "relaxation-alphas";
    private static final String FOR_WEIGHTS = "relaxation-weights";
    private static final String FOR_PERTURBATION = "perturbation";

    /** @throws IllegalArgumentException if its parts cannot be combined; the message gives the reason in one line */
    public SearchMethod {
        given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
        Incompatible.refuse(
                id, hypergradient, weightPenalty, relaxation, penalty, perturbation, edges, sharing, discretization);
        Incompatible.refuse(id, stop, initial, discretization);
        Incompatible.refuse(
                id, stages, relaxation, perturbation, weightPenalty, edges, sharing, initial, discretization);
    }

    /** A method with nothing but a hypergradient: relaxed by a softmax, without a penalty, on full edges. */
    public SearchMethod(String id, Hypergradient hypergradient) {
        this(id, hypergradient, AlphaPenalty.NONE);
    }

    /** A method with a penalty, relaxed by a softmax, on full edges. */
    public SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty) {
        this(id, hypergradient, penalty, DeviceRelaxation.SOFTMAX);
    }

    /** A method with a penalty and a relaxation, on full edges; it starts at random and keeps the strongest edges. */
    public SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty, DeviceRelaxation relaxation) {
        this(
                id,
                "",
                hypergradient,
                penalty,
                WeightPenalty.NONE,
                relaxation,
                EdgeForm.FULL,
                AlphaPerturbation.NONE,
                OperationFreeze.NONE,
                AlphaGate.OPEN,
                AlphaSharing.BY_KIND,
                AlphaSchedule.CONSTANT,
                InitialAlphas.NORMAL,
                Discretization.STRONGEST,
                StopRule.NEVER,
                Stages.ONE,
                new TreeMap<>());
    }

    /** The same under another name. */
    public SearchMethod named(String other) {
        return changed(draft -> draft.id = other);
    }

    /** The same, said to be from somewhere. */
    public SearchMethod from(String other) {
        return changed(draft -> draft.source = other);
    }

    /** The same with another hypergradient. */
    public SearchMethod with(Hypergradient other) {
        return changed(draft -> draft.hypergradient = other);
    }

    /** The same with another relaxation. */
    public SearchMethod with(DeviceRelaxation other) {
        return changed(draft -> draft.relaxation = other);
    }

    /** The same on edges that have parameters of their own, whose alphas are read so. */
    public SearchMethod with(EdgeForm other, Discretization reading) {
        return changed(draft -> {
            draft.edges = other;
            draft.discretization = reading;
        });
    }

    /** The same on other edges. */
    public SearchMethod with(EdgeForm other) {
        return changed(draft -> draft.edges = other);
    }

    /** The same with another perturbation. */
    public SearchMethod with(AlphaPerturbation other) {
        return changed(draft -> draft.perturbation = other);
    }

    /** The same whose candidates are frozen otherwise. */
    public SearchMethod with(OperationFreeze other) {
        return changed(draft -> draft.freeze = other);
    }

    /** The same with another gate. */
    public SearchMethod with(AlphaGate other) {
        return changed(draft -> draft.gate = other);
    }

    /** The same with alphas that other cells share. */
    public SearchMethod with(AlphaSharing other) {
        return changed(draft -> draft.sharing = other);
    }

    /** The same with other lengths of the alphas' steps. */
    public SearchMethod with(AlphaSchedule other) {
        return changed(draft -> draft.schedule = other);
    }

    /** The same with alphas that start otherwise. */
    public SearchMethod with(InitialAlphas other) {
        return changed(draft -> draft.initial = other);
    }

    /** The same whose alphas are read otherwise. */
    public SearchMethod with(Discretization other) {
        return changed(draft -> draft.discretization = other);
    }

    /** The same in other stages. */
    public SearchMethod with(Stages other) {
        return changed(draft -> draft.stages = other);
    }

    /**
     * The same with parts in the place of its own, under its own name: see {@link Composition}.
     *
     * @param parts names by choice, see {@link SearchParts}
     * @throws IllegalArgumentException if one is not known, or they cannot be combined; the message says what and why
     */
    SearchMethod composed(Map<String, String> parts) {
        return changed(draft -> SearchParts.put(draft, parts));
    }

    /** The same but for what is changed; parts that cannot be combined are refused. */
    private SearchMethod changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.method();
    }

    /** A method whose parts are being changed. */
    static final class Draft {
        private String id;
        private String source;
        private Hypergradient hypergradient;
        private AlphaPenalty penalty;
        private WeightPenalty weightPenalty;
        private DeviceRelaxation relaxation;
        private EdgeForm edges;
        private AlphaPerturbation perturbation;
        private OperationFreeze freeze;
        private AlphaGate gate;
        private AlphaSharing sharing;
        private AlphaSchedule schedule;
        private InitialAlphas initial;
        private Discretization discretization;
        private StopRule stop;
        private Stages stages;
        private SortedMap<String, Double> given;

        Draft(SearchMethod from) {
            id = from.id;
            source = from.source;
            hypergradient = from.hypergradient;
            penalty = from.penalty;
            weightPenalty = from.weightPenalty;
            relaxation = from.relaxation;
            edges = from.edges;
            perturbation = from.perturbation;
            freeze = from.freeze;
            gate = from.gate;
            sharing = from.sharing;
            schedule = from.schedule;
            initial = from.initial;
            discretization = from.discretization;
            stop = from.stop;
            stages = from.stages;
            given = from.given;
        }

        void put(Hypergradient other) {
            hypergradient = other;
        }

        void put(AlphaPenalty other) {
            penalty = other;
        }

        void put(WeightPenalty other) {
            weightPenalty = other;
        }

        void put(DeviceRelaxation other) {
            relaxation = other;
        }

        void put(EdgeForm other) {
            edges = other;
        }

        void put(AlphaPerturbation other) {
            perturbation = other;
        }

        void put(OperationFreeze other) {
            freeze = other;
        }

        void put(AlphaGate other) {
            gate = other;
        }

        void put(AlphaSharing other) {
            sharing = other;
        }

        void put(AlphaSchedule other) {
            schedule = other;
        }

        void put(InitialAlphas other) {
            initial = other;
        }

        void put(Discretization other) {
            discretization = other;
        }

        void put(StopRule other) {
            stop = other;
        }

        void put(Stages other) {
            stages = other;
        }

        SearchMethod method() {
            return new SearchMethod(
                    id,
                    source,
                    hypergradient,
                    penalty,
                    weightPenalty,
                    relaxation,
                    edges,
                    perturbation,
                    freeze,
                    gate,
                    sharing,
                    schedule,
                    initial,
                    discretization,
                    stop,
                    stages,
                    given);
        }
    }

    /**
     * A point as it is mixed in the alpha step of a moment: every pass of it by one draw.
     *
     * @param streams of the search
     */
    BilevelPoint inAlphaStep(BilevelPoint point, RandomStreams streams, Moment moment) {
        return mixed(point, drawn(FOR_ALPHAS, streams, moment), moment);
    }

    /**
     * A point as it is mixed, and perturbed, in the weight step of a moment.
     *
     * @param scope takes what the perturbation makes
     * @param train the loss of the weight step
     * @param streams of the search
     */
    BilevelPoint inWeightStep(
            NDManager scope, BilevelPoint point, Objective train, RandomStreams streams, Moment moment) {
        BilevelPoint mixed = mixed(point, drawn(FOR_WEIGHTS, streams, moment), moment);
        return perturbation.equals(AlphaPerturbation.NONE)
                ? mixed
                : perturbation.perturb(
                        scope,
                        mixed.relaxed(scope),
                        train,
                        streams.stream(FOR_PERTURBATION, moment.epoch(), moment.step()),
                        moment.progress());
    }

    /** A point as it is judged at a moment: by the mean of what would be drawn. */
    BilevelPoint judged(BilevelPoint point, Moment moment) {
        return mixed(point, relaxation::weights, moment);
    }

    /** A point that is judged, with the mixing weights of a discrete architecture in the place of the alphas. */
    BilevelPoint discrete(BilevelPoint judged, NDArray mixture) {
        return judged.with(mixture).mixedBy(judged.mixing().discrete());
    }

    private DeviceRelaxation.Drawn drawn(String purpose, RandomStreams streams, Moment moment) {
        return relaxation.drawn(new Draw(streams, purpose, moment.epoch(), moment.step()), moment.progress());
    }

    private BilevelPoint mixed(BilevelPoint point, DeviceRelaxation.Drawn drawn, Moment moment) {
        return point.mixedBy(point.mixing().by(drawn, edges.auxiliary(moment.progress())));
    }

    /**
     * The architecture parameters of a supernet.
     *
     * @param cells that it has
     */
    public AlphaLayout alphas(SearchSpace space, int cells) {
        return edges.alphas(sharing.layout(space, cells));
    }

    /**
     * Refuses a space that it cannot search.
     *
     * @throws IllegalArgumentException with one line that gives the reason
     */
    public void require(SearchSpace space) {
        if (!space.stacksCells()) {
            unfitForRecurrentCells().ifPresent(reason -> {
                throw new IllegalArgumentException(
                        "search method '%s' cannot search for recurrent cells: %s".formatted(id, reason));
            });
        }
        Incompatible.refuse(id, sharing, space);
        initial.unfit(space).ifPresent(reason -> {
            throw new IllegalArgumentException(
                    "method %s cannot search space %s: %s".formatted(id, space.id(), reason));
        });
        try {
            discretization.rule(space, relaxation);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "method %s cannot search space %s: %s".formatted(id, space.id(), e.getMessage()), e);
        }
    }

    /**
     * Refuses a convolutional supernet that it cannot search.
     *
     * @throws IllegalArgumentException with one line that gives the reason
     */
    public void require(NetworkShape shape) {
        edges.requireChannels(shape.channels());
        weightPenalty.require(shape);
    }

    /** Why it cannot search for recurrent cells, as far as they are all alike; empty if it can. */
    public Optional<String> unfitForRecurrentCells() {
        return edges.unfitForRecurrentCells()
                .or(sharing::unfitForRecurrentCells)
                .or(weightPenalty::unfitForRecurrentCells)
                .or(freeze::unfitForRecurrentCells)
                .or(stages::unfitForRecurrentCells);
    }

    /** Why a search cannot be ended before its last epoch, with the cell of any other; empty if it can. */
    public Optional<String> unfitToEndEarly() {
        return stages.unfitToEndEarly().or(discretization::unfitToEndEarly);
    }

    /**
     * Refuses a search of too few epochs.
     *
     * @param epochs of all the search
     * @throws IllegalArgumentException with one line that says how many it takes
     */
    public void require(SearchSpace space, int epochs) {
        stages.require(epochs);
        for (int stage = 0; stage < stages.count(); stage++) {
            ProjectionPlan plan = projection(space, stages.stage(stage, epochs).epochs());
            plan.require();
            alphaGate().require(plan.searching());
        }
    }

    /** When a stage of so many epochs decides by perturbation. */
    public ProjectionPlan projection(SearchSpace space, int epochs) {
        return ProjectionPlan.of(discretization, space, epochs);
    }

    /** Whether a step of a moment moves the alphas. */
    boolean movesAlphas(Moment moment) {
        return alphaGate().opens(moment.epoch(), moment.epochs(), moment.stepsDone());
    }

    /** In which steps of a stage the alphas move: where its gate and its stages let them. */
    public AlphaGate alphaGate() {
        return gate.and(stages.gate());
    }

    /** The method with each part in a form that follows a slope to the digit; empty if one follows the slope of nothing. */
    Optional<SearchMethod> exact() {
        return hypergradient.exact().flatMap(slope -> relaxation.exact().map(smooth -> with(slope)
                .with(smooth)));
    }

    /** The parameters of its parts: the numbers that their records hold, by the names of the components. */
    public SortedMap<String, Double> parameters() {
        SortedMap<String, Double> parameters = new TreeMap<>();
        choices().forEach(part -> parameters.putAll(parameters(part)));
        return parameters;
    }

    private Stream<Object> choices() {
        return Stream.of(
                hypergradient,
                penalty,
                weightPenalty,
                relaxation,
                edges,
                perturbation,
                freeze,
                gate,
                sharing,
                schedule,
                initial,
                discretization,
                stop,
                stages);
    }

    /**
     * The method with other parameters.
     *
     * @param others by name; empty for the method's own
     * @throws IllegalArgumentException if no part has a parameter of that name, or a part refuses the value
     */
    public SearchMethod with(Map<String, Double> others) {
        SortedMap<String, Double> known = parameters();
        for (String name : others.keySet()) {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException(
                        known.isEmpty()
                                ? "parameters.%s is none of method %s, which has no parameters".formatted(name, id)
                                : "parameters.%s is none of method %s, which has %s"
                                        .formatted(name, id, String.join(", ", known.keySet())));
            }
        }
        SortedMap<String, Double> all = new TreeMap<>(given);
        all.putAll(others);
        return changed(draft -> {
            draft.hypergradient = with(hypergradient, others);
            draft.penalty = with(penalty, others);
            draft.weightPenalty = with(weightPenalty, others);
            draft.relaxation = with(relaxation, others);
            draft.edges = with(edges, others);
            draft.perturbation = with(perturbation, others);
            draft.freeze = with(freeze, others);
            draft.gate = with(gate, others);
            draft.schedule = with(schedule, others);
            draft.initial = with(initial, others);
            draft.discretization = with(discretization, others);
            draft.stop = with(stop, others);
            draft.stages = with(stages, others);
            draft.given = all;
        });
    }

    /** Settings with what is needed to know this method again. */
    public Fingerprint in(Fingerprint settings) {
        Fingerprint all = settings.with("method", id);
        for (Map.Entry<String, Double> parameter : given.entrySet()) {
            all = all.with("method." + parameter.getKey(), parameter.getValue());
        }
        return all;
    }

    /** The numbers of a part, by name. */
    static SortedMap<String, Double> parameters(Object part) {
        SortedMap<String, Double> parameters = new TreeMap<>();
        if (part instanceof Record settings) {
            Settings.values(settings).forEach((name, value) -> {
                if (value instanceof Double || value instanceof Integer) {
                    parameters.put(name, ((Number) value).doubleValue());
                }
            });
        }
        return parameters;
    }

    /** A part of the same class, which is a record wherever it has parameters. */
    @SuppressWarnings("unchecked")
    private static <P> P with(P part, Map<String, Double> others) {
        if (!(part instanceof Record settings)
                || Collections.disjoint(parameters(part).keySet(), others.keySet())) {
            return part;
        }
        Map<String, Object> values = Settings.values(settings);
        values.replaceAll((name, own) -> {
            Double other = others.get(name);
            return other == null ? own : own instanceof Integer ? whole(name, other) : other;
        });
        return (P) Settings.bind(settings.getClass(), values::get);
    }

    private static Object whole(String name, double value) {
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("%s must be a whole number (was %s)".formatted(name, value));
        }
        return (int) value;
    }
}
