package io.dartboard.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.Stage;
import io.dartboard.events.WantedCell;
import io.dartboard.local.show.RunCard;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks, when all is over, whether what the pipeline promises has held. */
final class Promises {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESULT = "/result.json";

    private final Witness witness;
    private final ArtifactStore store;
    private final Map<String, String> references;
    private final Figures figures;

    /**
     * To be asked once.
     *
     * @param references what an undisturbed run of each family came to, by {@link #family}
     */
    Promises(Witness witness, ArtifactStore store, Map<String, String> references, Figures figures) {
        this.witness = witness;
        this.store = store;
        this.references = references;
        this.figures = figures;
    }

    /** All of them, in the order of the report. */
    List<Promise> all() {
        return List.of(ends(), oneResult(), artifacts(), sameGenotype(), reasons(), noStorm());
    }

    /** Which twins a run belongs to. */
    static String family(RunView view) {
        var request = view.request();
        return "%s %s %s".formatted(request.getDataset(), request.getSearch().getMethod(), request.getGenotype());
    }

    /**
     * What a run came to: its cell, the alphas of its searches to the last bit, and each of its scores. What the champion comes to
     * is left out: which cell that is hangs on what went before.
     */
    static String outcome(RunView view) {
        var outcome = new StringBuilder(RunCard.genotype(view).orElse("no cell"));
        view.searches().stream()
                .flatMap(search -> search.lastCheckpoint().stream())
                .forEach(last -> outcome.append(", alphas of seed %d after epoch %d: %08x"
                        .formatted(
                                last.getSeed(),
                                last.getEpoch(),
                                last.getAlphas().hashCode())));
        var champions = view.evidence().stream()
                .flatMap(wanted -> wanted.getCells().stream())
                .map(WantedCell::getHash)
                .collect(Collectors.toSet());
        for (var stage : Stage.values()) {
            view.retrainings(stage).stream()
                    .filter(retrained -> stage != Stage.FULL || !champions.contains(retrained.getHash()))
                    .forEach(retrained -> outcome.append(", %s %s seed %d: %s %s"
                            .formatted(
                                    stage,
                                    retrained.getHash(),
                                    retrained.getSeed(),
                                    retrained.getErrorPercent(),
                                    retrained.getPerplexity())));
        }
        view.transfer()
                .ifPresent(done -> outcome.append(
                        ", transfer: %s %s".formatted(done.getTop1ErrorPercent(), done.getPerplexity())));
        return outcome.toString();
    }

    private Promise ends() {
        var broken = new ArrayList<String>();
        for (var view : witness.runs()) {
            if (!view.state().ended()) {
                broken.add("run %s is %s; its jobs: %s".formatted(view.run(), view.state(), jobs(view.run())));
            } else if (view.state() == RunState.SUCCEEDED && view.verdict().isEmpty()) {
                broken.add("run %s succeeded without a verdict".formatted(view.run()));
            } else if (view.state() == RunState.FAILED && view.reason().isBlank()) {
                broken.add("run %s failed without a reason".formatted(view.run()));
            }
        }
        return new Promise("every accepted run ends with a result or a reason", broken);
    }

    private Promise oneResult() {
        var broken = new ArrayList<String>();
        witness.jobs(jobs -> {
            jobs.forEach(job -> differing(job, broken));
            return true;
        });
        witness.epochs().forEach(epoch -> differing(epoch, broken));
        var results = new ResultStore(store);
        for (var key : store.list("")) {
            if (key.endsWith(RESULT)) {
                try {
                    results.read(key.substring(0, key.length() - RESULT.length()))
                            .ifPresent(result -> witness.differs(result.fact())
                                    .ifPresent(told ->
                                            broken.add("%s says otherwise than was told: %s".formatted(key, told))));
                } catch (RuntimeException e) {
                    broken.add("%s: %s".formatted(key, e.getMessage()));
                }
            }
        }
        return new Promise("one result a job", broken);
    }

    private static void differing(JobTrace job, List<String> broken) {
        if (job.results().size() > 1) {
            broken.add("%s (run %s, %s) has %d results: %s"
                    .formatted(
                            job.job(),
                            job.run(),
                            job.stage(),
                            job.results().size(),
                            shortened(job.results().toString())));
        }
    }

    private Promise artifacts() {
        var broken = new ArrayList<String>();
        for (var key : store.list("")) {
            if (key.endsWith("/manifest.json") || key.endsWith(RESULT)) {
                try {
                    refs(key, JSON.readTree(store.get(key)), broken);
                } catch (IOException | RuntimeException e) {
                    broken.add("%s: %s".formatted(key, e.getMessage()));
                }
            }
        }
        return new Promise("every artifact that a manifest or a result names is there with its digest", broken);
    }

    private void refs(String key, JsonNode node, List<String> broken) {
        if (node.hasNonNull("uri") && node.hasNonNull("sha256") && node.hasNonNull("bytes")) {
            var ref = new ArtifactRef(
                    node.path("uri").asText(),
                    node.path("sha256").asText(),
                    node.path("bytes").asLong());
            try {
                store.get(ref);
            } catch (RuntimeException e) {
                broken.add("%s names %s: %s".formatted(key, ref.getUri(), e.getMessage()));
            }
        }
        node.forEach(child -> refs(key, child, broken));
    }

    private Promise sameGenotype() {
        var broken = new ArrayList<String>();
        for (var view : witness.runs()) {
            var expected = references.get(family(view));
            if (view.state() == RunState.SUCCEEDED && expected != null && !expected.equals(outcome(view))) {
                broken.add("run %s came to %s, and undisturbed to %s".formatted(view.run(), outcome(view), expected));
            }
        }
        return new Promise("the same genotype and scores as an undisturbed run of the same seed", broken);
    }

    private Promise reasons() {
        return new Promise(
                "no dead letter without a reason",
                witness.letters().stream()
                        .filter(letter -> letter.getReason().isBlank())
                        .map(letter ->
                                "%s/%d/%d".formatted(letter.getTopic(), letter.getPartition(), letter.getOffset()))
                        .toList());
    }

    private Promise noStorm() {
        var most = figures.faults() + figures.jobsBegun();
        return new Promise(
                "no attempt storm: attempts at most faults and jobs",
                figures.attempts() <= most
                        ? List.of()
                        : List.of("%d attempts, and %d faults and %d jobs; most of them at: %s"
                                .formatted(
                                        figures.attempts(),
                                        figures.faults(),
                                        figures.jobsBegun(),
                                        String.join(", ", figures.busiest()))));
    }

    private String jobs(String run) {
        return witness.jobs(jobs -> jobs.stream()
                .filter(job -> job.run().equals(run) && job.open())
                .map(job -> "%s %s at attempt %d".formatted(job.stage(), job.job(), job.newest()))
                .toList()
                .toString());
    }

    private static String shortened(String text) {
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }
}
