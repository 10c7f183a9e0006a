package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.setting.Checks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The distance between the network and the known one that the search began with no longer changes: the search has settled.
 *
 * <p>Source: DARTOpti, in the authors' code of D-DARTS (Heuillet et al., arXiv 2108.09306).
 *
 * @param settledWithin largest change that is none; the authors use 0.001
 * @param settledEpochs against each of how many epochs before there must have been none; the authors use 4
 * @param settledAfter epochs that have moved the alphas before a distance counts at all; the authors leave out 5
 */
public record SettledDistance(double settledWithin, int settledEpochs, int settledAfter) implements StopRule {
    /** Stable name that events carry. */
    static final String ID = "settled-distance";

    public SettledDistance {
        Checks.notNegative("settledWithin", settledWithin);
        Checks.atLeast("settledEpochs", settledEpochs, 1, "so that there is something to compare with");
        Checks.atLeast("settledAfter", settledAfter, 0, "(0 counts from the first)");
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        List<Signs> counted = history.stream()
                .filter(Signs::alphasMoved)
                .skip(settledAfter)
                .filter(each -> each.distance().isPresent())
                .toList();
        Signs now = CollapseRule.last(history);
        int last = counted.size() - 1;
        if (last < settledEpochs || counted.get(last).epoch() != now.epoch()) {
            return Optional.empty();
        }
        double distance = now.distance().orElseThrow();
        boolean settled = IntStream.range(last - settledEpochs, last)
                .mapToObj(counted::get)
                .map(Signs::distance)
                .mapToDouble(OptionalDouble::orElseThrow)
                .allMatch(before -> Math.abs(distance - before) <= settledWithin);
        return settled
                ? Optional.of(new Finding(
                        ID,
                        Severity.SETTLED,
                        String.format(
                                Locale.ROOT,
                                "the distance from the network that the search began with is %.4f at epoch %d, and was within %s of that for %d epochs",
                                distance,
                                now.epoch(),
                                settledWithin,
                                settledEpochs),
                        now.epoch()))
                : Optional.empty();
    }
}
