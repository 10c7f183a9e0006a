package io.dartboard.eval;

import io.dartboard.events.BaselineSelected;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.PassedOver;
import io.dartboard.pipeline.score.Score;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses among the searches' cells, as DARTS does among its four seeds (section 3.1), or among those that a run names: the best
 * validation score after a brief retraining wins, which is the lowest error or perplexity; of equals the one with fewer
 * parameters, then the one with the lower search seed, or the earlier in the list.
 */
final class CellChoice {
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(
                    (Candidate candidate) -> Score.of(candidate).value())
            .thenComparingLong(Candidate::getParameters)
            .thenComparingLong(Candidate::getSeed);

    private CellChoice() {}

    /** A cell and what its brief retraining gave; searches that found the same cell share the latter. */
    record Compared(Contender contender, GenotypeRetrained retrained) {}

    /**
     * Chooses among those that were retrained.
     *
     * @param passedOver those that are over a ceiling
     * @param outpaced how many cells were given up, for they could no longer be the best
     * @throws IllegalArgumentException with one line, if all were
     */
    static CellSelected among(String run, List<Compared> compared, List<PassedOver> passedOver, int outpaced) {
        if (compared.isEmpty()) {
            throw new IllegalArgumentException(
                    "the retraining of every cell was stopped, so there is none to choose; ask for the run without racing");
        }
        var candidates = compared.stream()
                .map(each -> candidate(each.contender(), each.retrained()))
                .sorted(BEST_FIRST)
                .toList();
        var chosen = candidates.get(0);
        return new CellSelected(
                run,
                candidates,
                chosen.getSearch(),
                chosen.getGenotype(),
                chosen.getHash(),
                reason(candidates, passedOver, outpaced) + raced(outpaced) + added(passedOver),
                passedOver);
    }

    /** Chooses among random cells, likewise, the one that the run's own is compared with. */
    static BaselineSelected baseline(String run, List<Compared> compared, List<PassedOver> passedOver) {
        var choice = among(run, compared, passedOver, 0);
        return new BaselineSelected(
                run,
                choice.getCandidates(),
                choice.getGenotype(),
                choice.getHash(),
                choice.getReason(),
                choice.getPassedOver());
    }

    /** That there is nothing to choose from: at least one cell, and all of them passed over. */
    static NoCellSelected none(String run, List<PassedOver> passedOver) {
        var first = passedOver.get(0);
        var others =
                passedOver.size() == 1 ? "" : " (%s; %d more likewise)".formatted(title(first), passedOver.size() - 1);
        return new NoCellSelected(
                run,
                passedOver,
                "no cell keeps within the ceilings, so none is retrained: %s%s; raise the ceiling or make the network smaller"
                        .formatted(first.getReason(), others));
    }

    private static String title(PassedOver cell) {
        if (!cell.getSearch().isEmpty()) {
            return "seed %d".formatted(cell.getSeed());
        }
        return cell.getName().isEmpty() ? "cell %d of the list".formatted(cell.getSeed()) : cell.getName();
    }

    private static String raced(int outpaced) {
        return outpaced == 0
                ? ""
                : "; %d %s stopped before its end, for it could no longer be the best"
                        .formatted(outpaced, outpaced == 1 ? "cell's retraining was" : "cells' retrainings were each");
    }

    private static String added(List<PassedOver> passedOver) {
        if (passedOver.isEmpty()) {
            return "";
        }
        var first = passedOver.get(0);
        return first.getSearch().isEmpty()
                ? "; %d of the cells passed over, first %s: %s"
                        .formatted(passedOver.size(), title(first), first.getReason())
                : "; %d of the searches' cells passed over: %s".formatted(passedOver.size(), first.getReason());
    }

    private static Candidate candidate(Contender contender, GenotypeRetrained retrained) {
        return new Candidate(
                contender.search(),
                contender.seed(),
                contender.genotype(),
                contender.hash(),
                retrained.getErrorPercent(),
                retrained.getParameters(),
                retrained.getMultiplyAdds(),
                retrained.getMeasure(),
                retrained.getPerplexity(),
                Score.of(retrained).told(),
                contender.name());
    }

    private static String reason(List<Candidate> candidates, List<PassedOver> passedOver, int outpaced) {
        var chosen = candidates.get(0);
        var score = Score.of(chosen);
        var measure = "validation " + score.name();
        var others = candidates.stream()
                .filter(candidate -> !candidate.getHash().equals(chosen.getHash()))
                .toList();
        if (others.isEmpty()) {
            return alone(candidates, !passedOver.isEmpty(), outpaced > 0, measure);
        }
        var next = others.get(0);
        if (Score.of(next).value() > score.value()) {
            return "lowest %s: %s%s, the next best%s%s has %s"
                    .formatted(
                            measure,
                            title(chosen),
                            score,
                            beside(next),
                            next.getName().isEmpty() ? "" : ",",
                            Score.of(next));
        }
        if (next.getParameters() > chosen.getParameters()) {
            return "%s %s%s like the next best%s, but fewer parameters: %d against %d"
                    .formatted(
                            measure, title(chosen), score, beside(next), chosen.getParameters(), next.getParameters());
        }
        return "%s %s%s and %d parameters like the next best%s, but %s: %d against %d"
                .formatted(
                        measure,
                        title(chosen),
                        score,
                        chosen.getParameters(),
                        beside(next),
                        chosen.getSearch().isEmpty() ? "the earlier in the list" : "the lower search seed",
                        chosen.getSeed(),
                        next.getSeed());
    }

    private static String alone(List<Candidate> candidates, boolean passedOver, boolean isLast, String measure) {
        var only = candidates.get(0);
        var score = Score.of(only);
        if (isLast) {
            return "the cell that is left, %s %s%s".formatted(measure, title(only), score);
        }
        if (candidates.size() > 1) {
            return "all %d searches %sfound this cell, %s %s"
                    .formatted(candidates.size(), passedOver ? "within the ceilings " : "", measure, score);
        }
        var cell = passedOver ? "cell within the ceilings" : only.getSearch().isEmpty() ? "cell" : "search's cell";
        return "the only %s, %s %s%s".formatted(cell, measure, title(only), score);
    }

    /** The name of a cell that has one, to stand before its score. */
    private static String title(Candidate cell) {
        return cell.getName().isEmpty() ? "" : cell.getName() + " ";
    }

    private static String beside(Candidate next) {
        return next.getName().isEmpty() ? "" : ", " + next.getName();
    }
}
