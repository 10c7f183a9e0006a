package io.dartboard.nas.bilevel;

import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.derive.Discretization;
import io.dartboard.nas.derive.EdgeWeighted;
import io.dartboard.nas.derive.Perturbation;
import io.dartboard.nas.derive.RestrictedSkips;
import io.dartboard.nas.derive.ThresholdEdge;
import io.dartboard.nas.derive.ThresholdSparse;
import io.dartboard.nas.guard.SettledDistance;
import io.dartboard.nas.guard.StopRule;
import io.dartboard.nas.setting.Nearest;
import io.dartboard.nas.tensor.DeviceRelaxation;
import io.dartboard.nas.tensor.DirichletRelaxation;
import io.dartboard.nas.tensor.GumbelSoftmax;
import io.dartboard.nas.tensor.HardGumbel;
import io.dartboard.nas.tensor.ReinMax;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The parts of methods by name: what a run's file can put in the place of a part of the method that it names, with the
 * parameters of its authors. Names are for good, for runs are known by them.
 */
public final class SearchParts {
    /**
     * A choice that methods differ in.
     *
     * @param name by which a run's file names it
     * @param known its parts by name, first that of DARTS in the first order
     */
    public record Choice<P>(
            String name, Map<String, P> known, Function<SearchMethod, P> of, BiConsumer<SearchMethod.Draft, P> put) {
        public Choice {
            known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
        }

        /** The numbers of each part, by the names of both. */
        public Map<String, SortedMap<String, Double>> parameters() {
            Map<String, SortedMap<String, Double>> parameters = new LinkedHashMap<>();
            known.forEach((part, named) -> parameters.put(part, SearchMethod.parameters(named)));
            return parameters;
        }

        /** The name of a method's part; empty if it is none that can be asked for. Parameters are no part of the name. */
        Optional<String> name(SearchMethod method) {
            P part = of.apply(method);
            return known.entrySet().stream()
                    .filter(each -> each.getValue().getClass().equals(part.getClass()))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        private void put(SearchMethod.Draft draft, String part) {
            P named = known.get(part);
            if (named == null) {
                throw new IllegalArgumentException(
                        "parts.%s: unknown part '%s'%s".formatted(name, part, Nearest.orKnown(part, known.keySet())));
            }
            put.accept(draft, named);
        }

        /** The name of a method's part for people: that of its class where it has none. */
        private String told(SearchMethod method) {
            return name(method).orElseGet(() -> of.apply(method).getClass().getSimpleName());
        }

        private boolean isFirst(SearchMethod method) {
            return known.values().iterator().next().equals(of.apply(method));
        }

        private boolean differs(SearchMethod one, SearchMethod other) {
            return !of.apply(one).equals(of.apply(other));
        }
    }

    /** All of them, as they are told. */
    public static final List<Choice<?>> CHOICES = List.of(
            new Choice<Hypergradient>(
                    "gradient",
                    SearchParts.<Hypergradient>parts("first-order", new FirstOrder())
                            .and("unrolled", new Unrolled())
                            .and("implicit", new Implicit(2, Unrolled.PUBLISHED_RADIUS, Unrolled.PUBLISHED_RADIUS))
                            .and("marginal-contributions", new MarginalContributions(0.7))
                            .all(),
                    SearchMethod::hypergradient,
                    SearchMethod.Draft::put),
            new Choice<DeviceRelaxation>(
                    "relaxation",
                    SearchParts.<DeviceRelaxation>parts("softmax", DeviceRelaxation.SOFTMAX)
                            .and("sigmoid", DeviceRelaxation.SIGMOID)
                            .and("dirichlet", new DirichletRelaxation())
                            .and("gumbel-softmax", GumbelSoftmax.SNAS)
                            .and("hard-gumbel", HardGumbel.GDAS)
                            .and("reinmax", new ReinMax(1))
                            .all(),
                    SearchMethod::relaxation,
                    SearchMethod.Draft::put),
            new Choice<EdgeForm>(
                    "edges",
                    SearchParts.<EdgeForm>parts("full", EdgeForm.FULL)
                            .and("partial-channels", new EdgeForm.PartialChannels(4))
                            .and("auxiliary-skip", new EdgeForm.AuxiliarySkip(1))
                            .all(),
                    SearchMethod::edges,
                    SearchMethod.Draft::put),
            new Choice<AlphaPerturbation>(
                    "perturbation",
                    SearchParts.<AlphaPerturbation>parts("none", AlphaPerturbation.NONE)
                            .and("uniform", new UniformPerturbation(0.03, 0.3))
                            .and("adversarial", new AdversarialPerturbation(0.03, 0.3, 7))
                            .all(),
                    SearchMethod::perturbation,
                    SearchMethod.Draft::put),
            new Choice<AlphaPenalty>(
                    "penalty",
                    SearchParts.<AlphaPenalty>parts("none", AlphaPenalty.NONE)
                            .and("beta-decay", new BetaDecay(50))
                            .and("dirichlet-pull", new DirichletPull(1e-3))
                            .and("zero-one", new ZeroOneLoss(10))
                            .and("cell-zero-one", new CellZeroOneLoss(9))
                            .all(),
                    SearchMethod::penalty,
                    SearchMethod.Draft::put),
            new Choice<WeightPenalty>(
                    "weightPenalty",
                    SearchParts.<WeightPenalty>parts("none", WeightPenalty.NONE)
                            .and("layer-alignment", new LayerAlignment(0.125, 1e-4))
                            .all(),
                    SearchMethod::weightPenalty,
                    SearchMethod.Draft::put),
            new Choice<OperationFreeze>(
                    "freeze",
                    SearchParts.<OperationFreeze>parts("none", OperationFreeze.NONE)
                            .and("gradient-matching", new GradientMatching(0.4, 20))
                            .all(),
                    SearchMethod::freeze,
                    SearchMethod.Draft::put),
            new Choice<AlphaGate>(
                    "gate",
                    SearchParts.<AlphaGate>parts("open", AlphaGate.OPEN)
                            .and("warm-up", new AlphaWarmUp(0.3))
                            .and("inner-steps", new InnerSteps(5))
                            .and("warm-up-epochs", new WarmUpEpochs(5))
                            .all(),
                    SearchMethod::gate,
                    SearchMethod.Draft::put),
            new Choice<AlphaSharing>(
                    "alphas",
                    SearchParts.<AlphaSharing>parts("by-kind", AlphaSharing.BY_KIND)
                            .and("by-cell", AlphaSharing.BY_CELL)
                            .all(),
                    SearchMethod::sharing,
                    SearchMethod.Draft::put),
            new Choice<AlphaSchedule>(
                    "schedule",
                    SearchParts.<AlphaSchedule>parts("constant", AlphaSchedule.CONSTANT)
                            .and("cosine", new CosineAlphas(1e-3))
                            .all(),
                    SearchMethod::schedule,
                    SearchMethod.Draft::put),
            new Choice<InitialAlphas>(
                    "initial",
                    SearchParts.<InitialAlphas>parts("normal", InitialAlphas.NORMAL)
                            .and("zero", InitialAlphas.ZERO)
                            .and("known-network", new StartingNetwork(10))
                            .all(),
                    SearchMethod::initial,
                    SearchMethod.Draft::put),
            new Choice<Discretization>(
                    "derivation",
                    SearchParts.<Discretization>parts("strongest", Discretization.STRONGEST)
                            .and("edge-weighted", new EdgeWeighted())
                            .and("threshold-sparse", new ThresholdSparse(0.85))
                            .and("threshold-edge", new ThresholdEdge(0.85))
                            .and("perturbation", new Perturbation(5))
                            .and("restricted-skips", new RestrictedSkips(2))
                            .all(),
                    SearchMethod::discretization,
                    SearchMethod.Draft::put),
            new Choice<StopRule>(
                    "stop",
                    SearchParts.<StopRule>parts("never", StopRule.NEVER)
                            .and("settled-distance", new SettledDistance(1e-3, 4, 5))
                            .all(),
                    SearchMethod::stop,
                    SearchMethod.Draft::put),
            new Choice<Stages>(
                    "stages",
                    SearchParts.<Stages>parts("one", Stages.ONE)
                            .and("progressive", new ProgressiveStages(0.4, 6, 5, 3, 0, 0.4, 0.7))
                            .all(),
                    SearchMethod::stages,
                    SearchMethod.Draft::put));

    private SearchParts() {}

    private static <P> Named<P> parts(String name, P part) {
        return new Named<P>(new LinkedHashMap<>()).and(name, part);
    }

    private record Named<P>(Map<String, P> all) {
        Named<P> and(String name, P part) {
            all.put(name, part);
            return this;
        }
    }

    /** The parts of a method by choice: its gradient, and where else it differs from the first order of DARTS. */
    public static Map<String, String> of(SearchMethod method) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (Choice<?> choice : CHOICES) {
            if (choice == CHOICES.get(0) || !choice.isFirst(method)) {
                parts.put(choice.name(), choice.told(method));
            }
        }
        return Collections.unmodifiableMap(parts);
    }

    /**
     * Puts parts in the place of those of a draft.
     *
     * @param parts names by choice
     * @throws IllegalArgumentException if there is no such choice, or no such part of it; the message lists those that exist
     */
    static void put(SearchMethod.Draft draft, Map<String, String> parts) {
        List<String> choices = CHOICES.stream().map(Choice::name).toList();
        parts.forEach((name, part) -> CHOICES.stream()
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "parts.%s is no part of a method%s".formatted(name, Nearest.orKnown(name, choices))))
                .put(draft, part));
    }

    /**
     * What has to be put into one method to make another of it, by choice.
     *
     * @return empty if a part of the other can only be had with a method that has it
     */
    static Optional<SortedMap<String, String>> between(SearchMethod from, SearchMethod to) {
        SortedMap<String, String> parts = new TreeMap<>();
        for (Choice<?> choice : CHOICES) {
            if (choice.differs(from, to)) {
                Optional<String> name = choice.name(to);
                if (name.isEmpty()) {
                    return Optional.empty();
                }
                parts.put(choice.name(), name.get());
            }
        }
        return Optional.of(parts);
    }
}
