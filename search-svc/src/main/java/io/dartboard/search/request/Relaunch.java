package io.dartboard.search.request;

import io.dartboard.events.GuardSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.nas.bilevel.Remedy;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.guard.CollapseDetector;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.search.body.Refused;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.kind.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A search that has collapsed, made anew with a remedy. It may be relaunched once less.
 *
 * @param remedy what it is made anew with
 * @param change one line: what is otherwise
 * @param settings of the search made anew
 */
public record Relaunch(Remedy remedy, String change, SearchSettings settings) {
    /**
     * What can be asked of a guard.
     *
     * @param search that it is to guard
     * @throws Refused with one line, if it cannot
     */
    static void require(GuardSettings guard, SearchSettings search) {
        try {
            Remedy.of(guard.getRemedy());
            CollapseDetector.Rules.of(guard.getRules());
        } catch (IllegalArgumentException e) {
            throw Refused.impossible("search.guard." + e.getMessage());
        }
        requireNotNegative("relaunches", guard.getRelaunches());
        requireNotNegative("from", guard.getFrom());
        requireNotNegative("eigenvalueEvery", guard.getEigenvalueEvery());
        requireNotNegative("gapEvery", guard.getGapEvery());
        unfit(search).filter(reason -> guard.getAct()).ifPresent(reason -> {
            throw Refused.impossible(
                    "search.guard.act cannot be true by method %s: %s; leave it out, and what the guard sees is told"
                            .formatted(search.getMethod(), reason));
        });
    }

    /** Why a guard cannot act on a search; empty if it can, or if there is no such search. */
    static Optional<String> unfit(SearchSettings search) {
        try {
            var methods = Kind.of(SearchSpace.of(search.getSpace())).methods();
            return BoundSettings.method(search, methods).unfitToEndEarly();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // It is refused for this anyway.
        }
    }

    private static void requireNotNegative(String field, int value) {
        if (value < 0) {
            throw Refused.impossible("search.guard.%s must be at least 0 (was %d)".formatted(field, value));
        }
    }

    /** A search again, with its guard's remedy; the other one where the method cannot have it. */
    public static Relaunch of(GuardSettings guard, SearchSettings search) {
        var left = SearchSettings.newBuilder(search)
                .setGuard(GuardSettings.newBuilder(guard)
                        .setRelaunches(guard.getRelaunches() - 1)
                        .build());
        var remedy = Remedy.of(guard.getRemedy())
                .forMethod(
                        search.getMethod(),
                        Kind.of(SearchSpace.of(search.getSpace())).methods());
        return switch (remedy) {
            case BETA_DECAY -> otherMethod(remedy, search, left);
            case WEIGHT_DECAY -> moreDecay(remedy, search, left);
        };
    }

    private static Relaunch otherMethod(Remedy remedy, SearchSettings search, SearchSettings.Builder left) {
        var method = remedy.method(search.getMethod());
        var known = SearchMethods.BETA_DARTS.parameters().keySet();
        var kept = new TreeMap<>(Optional.ofNullable(search.getParameters()).orElse(Map.of()));
        kept.keySet().retainAll(known);
        return new Relaunch(
                remedy,
                "method %s in the place of %s".formatted(method, search.getMethod()),
                left.setMethod(method)
                        .setParameters(kept.isEmpty() ? null : kept)
                        .build());
    }

    private static Relaunch moreDecay(Remedy remedy, SearchSettings search, SearchSettings.Builder left) {
        var decay = remedy.weightDecay(search.getWeightDecay());
        return new Relaunch(
                remedy,
                String.format(Locale.ROOT, "weight decay %.3g in the place of %.3g", decay, search.getWeightDecay()),
                left.setWeightDecay(decay).build());
    }
}
