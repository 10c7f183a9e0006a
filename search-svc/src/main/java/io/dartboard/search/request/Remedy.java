package io.dartboard.search.request;

import io.dartboard.events.GuardSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.search.body.Refused;
import io.dartboard.training.kind.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a search that has collapsed is made anew with. It begins afresh, for weights and alphas that have gone astray under one
 * loss are no start for another; and it may be relaunched once less.
 *
 * @param name that of the remedy
 * @param change one line: what is otherwise
 * @param settings of the search made anew
 */
public record Remedy(String name, String change, SearchSettings settings) {
    /** β-DARTS (arXiv 2203.01665): the first order with beta decay, in the place of DARTS. */
    public static final String BETA_DECAY = "beta-decay";

    /**
     * RobustDARTS (arXiv 1909.09656), section 5: the weight decay of the weights, three times as much. The authors go from
     * 3e-4 in such steps.
     */
    public static final String WEIGHT_DECAY = "weight-decay";

    private static final double FACTOR = 3;
    private static final double FIRST = 3e-4;

    /** Methods that beta decay is the remedy of: those that differ from it in the gradient alone. */
    private static final Set<String> PLAIN =
            Set.of(SearchMethods.DARTS_FIRST_ORDER.id(), SearchMethods.DARTS_SECOND_ORDER.id());

    /**
     * What can be asked of a guard.
     *
     * @throws Refused with one line, if it cannot
     */
    static void require(GuardSettings guard) {
        if (!List.of(BETA_DECAY, WEIGHT_DECAY).contains(guard.getRemedy())) {
            throw Refused.impossible("search.guard.remedy must be %s or %s (was '%s')"
                    .formatted(BETA_DECAY, WEIGHT_DECAY, guard.getRemedy()));
        }
        requireNotNegative("relaunches", guard.getRelaunches());
        requireNotNegative("from", guard.getFrom());
        requireNotNegative("eigenvalueEvery", guard.getEigenvalueEvery());
        requireNotNegative("gapEvery", guard.getGapEvery());
    }

    private static void requireNotNegative(String field, int value) {
        if (value < 0) {
            throw Refused.impossible("search.guard.%s must be at least 0 (was %d)".formatted(field, value));
        }
    }

    /** The remedy of a guard for a search; the other one where the method cannot have it. */
    public static Remedy of(GuardSettings guard, SearchSettings search) {
        var left = SearchSettings.newBuilder(search)
                .setGuard(GuardSettings.newBuilder(guard)
                        .setRelaunches(guard.getRelaunches() - 1)
                        .build());
        return guard.getRemedy().equals(BETA_DECAY) && takesBetaDecay(search)
                ? betaDecay(search, left)
                : weightDecay(search, left);
    }

    private static boolean takesBetaDecay(SearchSettings search) {
        return PLAIN.contains(search.getMethod())
                && Kind.of(SearchSpace.of(search.getSpace())).methods().contains(SearchMethods.BETA_DARTS);
    }

    private static Remedy betaDecay(SearchSettings search, SearchSettings.Builder left) {
        var known = SearchMethods.BETA_DARTS.parameters().keySet();
        var kept = new TreeMap<>(Optional.ofNullable(search.getParameters()).orElse(Map.of()));
        kept.keySet().retainAll(known);
        return new Remedy(
                BETA_DECAY,
                "method %s in the place of %s".formatted(SearchMethods.BETA_DARTS.id(), search.getMethod()),
                left.setMethod(SearchMethods.BETA_DARTS.id())
                        .setParameters(kept.isEmpty() ? null : kept)
                        .build());
    }

    private static Remedy weightDecay(SearchSettings search, SearchSettings.Builder left) {
        var decay = Math.max(FIRST, FACTOR * search.getWeightDecay());
        return new Remedy(
                WEIGHT_DECAY,
                String.format(Locale.ROOT, "weight decay %.3g in the place of %.3g", decay, search.getWeightDecay()),
                left.setWeightDecay(decay).build());
    }
}
