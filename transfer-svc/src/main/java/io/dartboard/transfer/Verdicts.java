package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run's cell. It beats another where its mean error is lower by more than the noise between seeds, that is the
 * standard deviation pooled over both:
 *
 * <pre>sqrt(((n1 - 1) s1² + (n2 - 1) s2²) / (n1 + n2 - 2)),  0 where each was trained with one seed</pre>
 *
 * A cell that does not beat the random cell is rejected: the search has found nothing that chance would not. One that
 * does is promoted if it also beats the champion or there is none; otherwise the champion is kept.
 */
final class Verdicts {
    private Verdicts() {}

    /**
     * Gives the verdict.
     *
     * @param challenger the run's chosen cell
     * @param random its random cell, trained under the same budget
     * @param previous the champion on this version of the dataset
     * @param sameBudget false if the champion was trained under other settings than the challenger
     */
    static ChampionDecided on(
            String dataset,
            String version,
            Standing challenger,
            Standing random,
            Optional<Standing> previous,
            boolean sameBudget) {
        var reasons = new ArrayList<String>();
        var beatsRandom = beats(challenger, random);
        reasons.add(line("the random cell", challenger, random, beatsRandom));
        var beatsChampion = previous.map(champion -> {
            if (champion.getHash().equals(challenger.getHash()) && sameBudget) {
                reasons.add("the champion of run %s is the same cell".formatted(champion.getRun()));
                return false;
            }
            var beaten = beats(challenger, champion);
            reasons.add(line("the champion of run " + champion.getRun(), challenger, champion, beaten));
            if (!sameBudget) {
                reasons.add("the champion was trained under other settings, so the two errors are not like for like");
            }
            return beaten;
        });
        if (previous.isEmpty()) {
            reasons.add("version %s of dataset %s has no champion yet".formatted(version, dataset));
        }
        var verdict = !beatsRandom ? Verdict.REJECTED : beatsChampion.orElse(true) ? Verdict.PROMOTED : Verdict.KEPT;
        @Nullable Standing before = previous.orElse(null);
        return ChampionDecided.newBuilder()
                .setDataset(dataset)
                .setDatasetVersion(version)
                .setRun(challenger.getRun())
                .setVerdict(verdict)
                .setReasons(reasons)
                .setChallenger(challenger)
                .setRandomCell(random)
                .setPrevious(before)
                .setChampion(verdict == Verdict.PROMOTED ? challenger : before)
                .build();
    }

    /** What an evaluation says of a cell. */
    static Standing standing(GenotypeEvaluated evaluated) {
        return new Standing(
                evaluated.getRun(),
                evaluated.getGenotype(),
                evaluated.getHash(),
                evaluated.getMeanErrorPercent(),
                evaluated.getSdErrorPercent(),
                evaluated.getSeeds().size(),
                evaluated.getMeasure(),
                evaluated.getMeanPerplexity(),
                evaluated.getSdPerplexity());
    }

    /** Standard deviation between seeds, pooled over both cells, in percentage points. */
    static double noise(Standing one, Standing other) {
        var degrees = one.getSeeds() + other.getSeeds() - 2;
        if (degrees == 0) {
            return 0;
        }
        var squares = (one.getSeeds() - 1) * one.getSdErrorPercent() * one.getSdErrorPercent()
                + (other.getSeeds() - 1) * other.getSdErrorPercent() * other.getSdErrorPercent();
        return Math.sqrt(squares / degrees);
    }

    private static boolean beats(Standing challenger, Standing other) {
        return other.getMeanErrorPercent() - challenger.getMeanErrorPercent() > noise(challenger, other);
    }

    private static String line(String name, Standing challenger, Standing other, boolean beaten) {
        return String.format(
                Locale.ROOT,
                "%s %s: test error %.2f ± %.2f %% against %.2f ± %.2f %%, %.2f points %s; noise between seeds %.2f points",
                beaten ? "beats" : "does not beat",
                name,
                challenger.getMeanErrorPercent(),
                challenger.getSdErrorPercent(),
                other.getMeanErrorPercent(),
                other.getSdErrorPercent(),
                Math.abs(other.getMeanErrorPercent() - challenger.getMeanErrorPercent()),
                other.getMeanErrorPercent() < challenger.getMeanErrorPercent() ? "higher" : "lower",
                noise(challenger, other));
    }
}
