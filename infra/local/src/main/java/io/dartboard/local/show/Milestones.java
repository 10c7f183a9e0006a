package io.dartboard.local.show;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Origin;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.SearchView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of a run that are worth a line, each told once however often one looks. */
final class Milestones {
    private static final String ENTROPY = "entropy.";

    private final Set<String> told = new HashSet<>();
    private final List<String> fresh = new ArrayList<>();

    /** Lines for what has happened since the last look. */
    List<String> since(RunView view) {
        fresh.clear();
        view.searches().forEach(this::search);
        view.retrainings(Stage.SELECTION)
                .forEach(retrained ->
                        retraining(retrained, retrained.getOrigin() == Origin.RANDOM ? "random cell" : "cell"));
        view.stopped()
                .forEach(stopped -> tell(
                        "stopped" + stopped.getJob(),
                        "selection",
                        "cell %s  %s",
                        hash(stopped.getHash()),
                        RacingText.line(stopped)));
        view.selection()
                .ifPresent(selected -> tell(
                        "selected",
                        "selection",
                        "chosen: cell %s; %s",
                        hash(selected.getHash()),
                        selected.getReason()));
        view.baseline()
                .ifPresent(selected -> tell(
                        "baseline",
                        "selection",
                        "random: cell %s; %s",
                        hash(selected.getHash()),
                        selected.getReason()));
        view.retrainings(Stage.FULL).forEach(retrained -> retraining(retrained, view.title(retrained) + " cell"));
        view.challenger().ifPresent(evaluated -> evaluation(view.challengerTitle() + " cell", evaluated));
        view.evaluated(Origin.RANDOM).ifPresent(evaluated -> evaluation("random cell", evaluated));
        view.evidence().ifPresent(wanted -> wanted.getReasons()
                .forEach(reason -> tell("wanted" + wanted.getNumber() + reason, "evaluation", "%s", reason)));
        view.evaluated(Origin.CHAMPION).ifPresent(evaluated -> evaluation("champion's cell", evaluated));
        view.transfer()
                .ifPresent(transferred -> tell(
                        "transferred", "transfer", "%s: %s", transferred.getDataset(), transferScore(transferred)));
        view.failures().stream()
                .filter(failed -> failed.getRetryable())
                .forEach(failed -> tell(
                        "failed" + failed.getJob() + failed.getAttempt(),
                        failed.getStage(),
                        "attempt %d of job %s failed and is tried again: %s",
                        failed.getAttempt(),
                        failed.getJob(),
                        failed.getCause()));
        view.verdict()
                .ifPresent(decided -> tell(
                        "decided",
                        "verdict",
                        "%s: %s",
                        decided.getVerdict(),
                        decided.getReasons().isEmpty()
                                ? "no reason told"
                                : decided.getReasons().get(0)));
        return List.copyOf(fresh);
    }

    private void search(SearchView search) {
        for (var checkpoint : search.checkpoints()) {
            tell(
                    "alpha" + search.search() + "/" + checkpoint.getEpoch(),
                    "search",
                    "seed %d  epoch %d/%d  train loss %.3f  supernet %s %s  entropy %s",
                    search.seed(),
                    checkpoint.getEpoch(),
                    checkpoint.getEpochs(),
                    checkpoint.getTrainLoss(),
                    MeasureText.of(checkpoint.getMeasure()).supernetTitle(),
                    supernetScore(checkpoint),
                    entropy(checkpoint));
        }
        for (var word : search.steered()) {
            tell(
                    "steered" + search.search() + "/" + word.getAt() + word.getRules(),
                    "search",
                    "seed %d  %s",
                    search.seed(),
                    GuardText.line(word));
        }
        search.relaunch()
                .ifPresent(next -> tell(
                        "relaunched" + search.search(), "search", "seed %d  %s", search.seed(), GuardText.line(next)));
        search.successor().ifPresent(this::search);
        search.finalGenotype().ifPresent(derived -> genotype(search, derived));
    }

    private void genotype(SearchView search, GenotypeDerived derived) {
        tell(
                "final" + search.seed(),
                "search",
                "seed %d  done: cell %s%s",
                search.seed(),
                hash(derived.getHash()),
                MeasureText.of(derived.getMeasure()).signs(derived));
    }

    private void retraining(GenotypeRetrained retrained, String which) {
        tell(
                retrained.getJob(),
                retrained.getStage() == Stage.SELECTION ? "selection" : "evaluation",
                "%s %s  seed %d  %s %s %s",
                which,
                hash(retrained.getHash()),
                retrained.getSeed(),
                retrained.getStage() == Stage.SELECTION ? "validation" : "test",
                Score.of(retrained).name(),
                Score.of(retrained));
    }

    private void evaluation(String which, GenotypeEvaluated evaluated) {
        tell(
                "evaluated" + which + evaluated.getHash() + evaluated.getSeeds().size(),
                "evaluation",
                "%s: test %s %s over %d seeds",
                which,
                SeedScores.of(evaluated).spread().name(),
                SeedScores.of(evaluated).spread(),
                evaluated.getSeeds().size());
    }

    private void tell(String key, String stage, String pattern, Object... values) {
        if (told.add(key)) {
            fresh.add(Quantity.format("%-11s", stage) + Quantity.format(pattern, values));
        }
    }

    private static String transferScore(GenotypeTransferred transferred) {
        return MeasureText.of(transferred.getMeasure()).transfer(transferred);
    }

    /** Of the supernet on what is held out for the alphas: its accuracy, or its perplexity. */
    static String supernetScore(AlphaCheckpointed checkpoint) {
        return MeasureText.of(checkpoint.getMeasure()).supernet(checkpoint);
    }

    /** Of the alphas of the normal cell, or of the recurrent cell; the mean of all cells where each has alphas of its own. */
    static String entropy(AlphaCheckpointed checkpoint) {
        var indicators = checkpoint.getIndicators();
        var value =
                indicators.get(ENTROPY + MeasureText.of(checkpoint.getMeasure()).firstCell());
        var mean = indicators.entrySet().stream()
                .filter(indicator -> indicator.getKey().startsWith(ENTROPY))
                .mapToDouble(Map.Entry::getValue)
                .average();
        return value != null
                ? Quantity.format("%.3f", value)
                : mean.isPresent() ? Quantity.format("%.3f", mean.getAsDouble()) : "–";
    }

    static String hash(String hash) {
        return hash.substring(0, Math.min(8, hash.length()));
    }
}
