package io.dartboard.eval;

import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.PassedOver;
import io.dartboard.pipeline.score.Score;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses among the searches' cells, as DARTS does among its four seeds (section 3.1): the best validation score after a
 * brief retraining wins, which is the lowest error or perplexity; of equals the one with fewer parameters, then the one with the lower search seed.
 */
final class CellChoice {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(
                    (Candidate candidate) -> Score.of(candidate).value())
            .thenComparingLong(Candidate::getParameters)
            .thenComparingLong(Candidate::getSeed);

    private CellChoice() {}

    /**
     * A search's final genotype and what its brief retraining gave; searches that found the same cell share the latter.
     */
    record Compared(GenotypeDerived derived, GenotypeRetrained retrained) {}

    /**
     * Chooses among at least one.
     *
     * @param passedOver those that are over a ceiling
     */
    static CellSelected among(String run, List<Compared> compared, List<PassedOver> passedOver) {
        var candidates = compared.stream()
                .map(each -> candidate(each.derived(), each.retrained()))
                .sorted(BEST_FIRST)
                .toList();
        var chosen = candidates.get(0);
        return new CellSelected(
                run,
                candidates,
                chosen.getSearch(),
                chosen.getGenotype(),
                chosen.getHash(),
                reason(candidates, passedOver) + added(passedOver),
                passedOver);
    }

    /** That there is nothing to choose from: at least one cell, and all of them passed over. */
    static NoCellSelected none(String run, List<PassedOver> passedOver) {
        var first = passedOver.get(0);
        var others = passedOver.size() == 1
                ? ""
                : " (seed %d; %d more likewise)".formatted(first.getSeed(), passedOver.size() - 1);
        return new NoCellSelected(
                run,
                passedOver,
                "no cell keeps within the ceilings, so none is retrained: %s%s; raise the ceiling or make the network smaller"
                        .formatted(first.getReason(), others));
    }

    private static String added(List<PassedOver> passedOver) {
        return passedOver.isEmpty()
                ? ""
                : "; %d of the searches' cells passed over: %s"
                        .formatted(passedOver.size(), passedOver.get(0).getReason());
    }

    private static Candidate candidate(GenotypeDerived derived, GenotypeRetrained retrained) {
        return new Candidate(
                derived.getSearch(),
                derived.getSeed(),
                retrained.getGenotype(),
                derived.getHash(),
                retrained.getErrorPercent(),
                retrained.getParameters(),
                retrained.getMultiplyAdds(),
                retrained.getMeasure(),
                retrained.getPerplexity(),
                Score.of(retrained).told());
    }

    private static String reason(List<Candidate> candidates, List<PassedOver> passedOver) {
        var chosen = candidates.get(0);
        var score = Score.of(chosen);
        var name = "validation " + score.name();
        var others = candidates.stream()
                .filter(candidate -> !candidate.getHash().equals(chosen.getHash()))
                .toList();
        if (others.isEmpty()) {
            return candidates.size() == 1
                    ? "the only %s, %s %s"
                            .formatted(passedOver.isEmpty() ? "search's cell" : "cell within the ceilings", name, score)
                    : "all %d searches %sfound this cell, %s %s"
                            .formatted(
                                    candidates.size(), passedOver.isEmpty() ? "" : "within the ceilings ", name, score);
        }
        var next = others.get(0);
        if (Score.of(next).value() > score.value()) {
            return "lowest %s: %s, the next best has %s".formatted(name, score, Score.of(next));
        }
        return next.getParameters() > chosen.getParameters()
                ? "%s %s like the next best, but fewer parameters: %d against %d"
                        .formatted(name, score, chosen.getParameters(), next.getParameters())
                : "%s %s and %d parameters like the next best, but the lower search seed: %d against %d"
                        .formatted(name, score, chosen.getParameters(), chosen.getSeed(), next.getSeed());
    }
}
