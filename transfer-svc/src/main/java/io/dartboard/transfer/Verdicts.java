package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.score.Spread;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run's cell. It beats another where its mean score, an error or a perplexity, is lower by more than the noise
 * between seeds ({@link Spread#noise}).
 *
 * <p>A cell that does not beat the random cell is rejected: the search has found nothing that chance would not. One that
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
     * @param unigramPerplexity of the dataset's test text, which is told beside; 0 where there is none or it is not known
     * @param sameBudget false if the champion was trained under other settings than the challenger
     */
    static ChampionDecided on(
            String dataset,
            String version,
            Standing challenger,
            Standing random,
            Optional<Standing> previous,
            double unigramPerplexity,
            boolean sameBudget) {
        var reasons = new ArrayList<String>();
        var score = Spread.of(challenger);
        var randomScore = Spread.of(random);
        reasons.add(line("the random cell", score, randomScore));
        var beatsChampion = previous.map(champion -> {
            if (champion.getHash().equals(challenger.getHash()) && sameBudget) {
                reasons.add("the champion of run %s is the same cell".formatted(champion.getRun()));
                return false;
            }
            var championScore = Spread.of(champion);
            reasons.add(line("the champion of run " + champion.getRun(), score, championScore));
            if (!sameBudget) {
                reasons.add("the champion was trained under other settings, so the two are not like for like");
            }
            return score.beats(championScore);
        });
        if (previous.isEmpty()) {
            reasons.add("version %s of dataset %s has no champion yet".formatted(version, dataset));
        }
        if (unigramPerplexity > 0) {
            reasons.add(baseline(score, unigramPerplexity));
        }
        var verdict = !score.beats(randomScore)
                ? Verdict.REJECTED
                : beatsChampion.orElse(true) ? Verdict.PROMOTED : Verdict.KEPT;
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
                evaluated.getSdPerplexity(),
                SeedScores.of(evaluated).told());
    }

    private static String line(String name, Spread challenger, Spread other) {
        return "%s %s: test %s".formatted(verb(challenger.beats(other)), name, challenger.against(other));
    }

    private static String baseline(Spread challenger, double unigramPerplexity) {
        return String.format(
                Locale.ROOT,
                "%s a model without memory, which guesses words by their frequency: test perplexity %.2f against %.2f",
                verb(challenger.mean() < unigramPerplexity),
                challenger.mean(),
                unigramPerplexity);
    }

    private static String verb(boolean beaten) {
        return beaten ? "beats" : "does not beat";
    }
}
