package io.dartboard.transfer.evidence;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.view.RunView;
import java.util.Comparator;

/**
 * The weights of a promoted cell: of one seed, for each of them has trained a network.
 *
 * @param of the retraining
 * @param reason why this seed's
 */
record WeightsEvents(GenotypeRetrained of, String reason) {

    /**
     * Chooses by what was held out, and never by the test set. Where nothing was held out, the first seed's.
     *
     * @throws IllegalArgumentException if no retraining of the cell is known
     */
    static WeightsEvents chosen(ChampionDecided decided, RunView view) {
        var hash = decided.getChallenger().getHash();
        var order = view.challenger()
                .map(evaluated -> evaluated.getSeeds())
                .orElse(view.request().getEvaluationSeeds());
        var all = view.retrainings(Stage.FULL).stream()
                .filter(retrained -> retrained.getHash().equals(hash))
                .sorted(Comparator.comparingInt(retrained -> place(order.indexOf(retrained.getSeed()))))
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException(
                    "no retraining of cell %s of run %s is known".formatted(hash, decided.getRun()));
        }
        if (all.stream().allMatch(retrained -> Score.ofValidation(retrained).isPresent())) {
            var best = all.stream()
                    .min(Comparator.comparingDouble(retrained ->
                            Score.ofValidation(retrained).orElseThrow().value()))
                    .orElseThrow();
            var score = Score.ofValidation(best).orElseThrow();
            return new WeightsEvents(
                    best,
                    "the lowest %s on what was held out, %s, of %d seeds".formatted(score.name(), score, all.size()));
        }
        return new WeightsEvents(
                all.get(0),
                "the first of %d seeds: nothing was held out, and the test set chooses nothing".formatted(all.size()));
    }

    /** Those that the evaluation does not count stand last. */
    private static int place(int index) {
        return index < 0 ? Integer.MAX_VALUE : index;
    }
}
