package io.dartboard.pipeline.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.BaselineSelected;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.PassedOver;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.run.NamedCells;
import io.dartboard.pipeline.score.SeedScores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a run, as the REST interface shows it. Fields that are not known yet are absent, as are those of the
 * other measure: a run on images has errors in percent and accuracies as shares of 1, a run on text perplexities. Losses are
 * in nats, times ISO-8601 and durations seconds.
 */
public final class RunJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> PASSING = List.of(
            "state",
            "reason",
            "requestEpoch",
            "requestedAt",
            "since",
            "finishedAt",
            "stages",
            "finishing",
            "live",
            "failures");

    private RunJson() {}

    /** A line of the list of runs: id, state, dataset, times, stages, errors and verdict. */
    public static ObjectNode summary(RunView view) {
        var run = JSON.createObjectNode();
        run.put("run", view.run());
        run.put("state", view.state().name());
        if (!view.reason().isEmpty()) {
            run.put("reason", view.reason());
        }
        run.put("requestEpoch", view.requestEpoch());
        if (!view.budget().equals(Budgets.NONE)) {
            run.set("budget", plain(view.budget()));
        }
        view.spent().ifPresent(spent -> run.set("spent", plain(spent)));
        run.put("priority", view.request().getPriority().name());
        run.put("dataset", view.request().getDataset());
        run.put("datasetVersion", view.request().getDatasetVersion());
        if (view.given()) {
            run.put("given", given(view.named()));
        }
        run.put("requestedAt", view.requestedAt().toString());
        run.put("since", view.since().toString());
        view.finishedAt().ifPresent(at -> run.put("finishedAt", at.toString()));
        var stages = run.putArray("stages");
        for (var stage : view.stages()) {
            stages.addObject()
                    .put("stage", stage.stage())
                    .put("done", stage.done())
                    .put("total", stage.total())
                    .put("fraction", stage.fraction())
                    .put("deviceSeconds", stage.deviceSeconds());
        }
        if (!view.finishing().isEmpty()) {
            var finishing = run.putArray("finishing");
            view.finishing().forEach(finishing::add);
        }
        run.put("measure", view.measure().name());
        view.dataset().ifPresent(published -> baseline(run, published));
        view.challenger().ifPresent(evaluated -> run.set("chosen", evaluated(evaluated)));
        view.evaluated(Origin.RANDOM).ifPresent(evaluated -> run.set("random", evaluated(evaluated)));
        view.evaluated(Origin.CHAMPION).ifPresent(evaluated -> run.set("champion", evaluated(evaluated)));
        view.verdict()
                .ifPresent(decided -> run.put("verdict", decided.getVerdict().name()));
        return run;
    }

    private static String given(NamedCells cells) {
        var alone = !cells.choosing() && cells.names().get(0).isEmpty();
        return alone ? cells.genotypes().get(0) : cells.title();
    }

    /** All of a run. */
    public static ObjectNode detail(RunView view) {
        var run = summary(view);
        run.set("request", plain(view.request()));
        var searches = run.putArray("searches");
        view.searches().forEach(search -> searches.add(search(search)));
        view.selection().ifPresent(selected -> run.set("selection", selection(selected)));
        view.baseline().ifPresent(selected -> run.set("baseline", baseline(selected)));
        var retrainings = run.putArray("retrainings");
        view.retrainings(Stage.SELECTION).forEach(retrained -> retrainings.add(retraining(retrained)));
        view.retrainings(Stage.FULL).forEach(retrained -> retrainings.add(retraining(retrained)));
        if (!view.reused().isEmpty()) {
            var reused = run.putArray("reused");
            view.reused().forEach(word -> reused.add(plain(word)));
        }
        if (!view.stopped().isEmpty()) {
            var stopped = run.putArray("stopped");
            view.stopped().forEach(word -> stopped.add(plain(word)));
        }
        view.evidence().ifPresent(wanted -> run.set("evidence", plain(wanted)));
        view.transfer().ifPresent(transferred -> {
            var transfer = transfer(transferred);
            view.transferDataset().ifPresent(published -> baseline(transfer, published));
            run.set("transfer", transfer);
        });
        view.verdict().ifPresent(decided -> run.set("decision", decision(decided)));
        var live = run.putArray("live");
        view.live().forEach(job -> live.add(live(job)));
        var failures = run.putArray("failures");
        view.failures().forEach(failed -> failures.add(plain(failed)));
        return run;
    }

    /**
     * All of a run that its verdict rests on: nothing that another moment would tell otherwise, as where it stands, and what failed
     * and was tried again.
     */
    public static ObjectNode evidence(RunView view) {
        var run = detail(view);
        run.remove(PASSING);
        if (run.get("request") instanceof ObjectNode request) {
            request.remove("requestEpoch");
        }
        return run;
    }

    /** What a model without memory scores on the same test text. */
    private static void baseline(ObjectNode into, DatasetPublished published) {
        if (published.getUnigramPerplexity() > 0) {
            into.put("unigramPerplexity", published.getUnigramPerplexity());
        }
    }

    private static ObjectNode search(SearchView view) {
        var search = JSON.createObjectNode()
                .put("search", view.search())
                .put("seed", view.seed())
                .put("epochs", view.epochs())
                .put("epochsDone", view.epochsDone())
                .put("finished", view.finished())
                .put("deviceSeconds", view.deviceSeconds());
        view.lastGenotype().ifPresent(derived -> {
            search.put("genotype", derived.getGenotype()).put("hash", derived.getHash());
            if (derived.getMoved() != null) {
                search.put("moved", derived.getMoved());
            }
            if (derived.getFromStart() != null) {
                search.put("fromStart", derived.getFromStart());
            }
        });
        if (!view.steered().isEmpty()) {
            var steered = search.putArray("steered");
            view.steered().forEach(word -> steered.add(plain(word)));
        }
        view.relaunch().ifPresent(next -> search.putObject("relaunched")
                .put("remedy", next.getRemedy())
                .put("change", next.getChange())
                .put("number", next.getNumber()));
        view.successor().ifPresent(next -> search.set("successor", search(next)));
        view.lastCheckpoint().ifPresent(checkpoint -> search.set("checkpoint", artifact(checkpoint.getCheckpoint())));
        var epochs = search.putArray("checkpoints");
        view.checkpoints().forEach(checkpoint -> epochs.add(epoch(checkpoint)));
        return search;
    }

    private static ObjectNode epoch(AlphaCheckpointed checkpoint) {
        var epoch = JSON.createObjectNode()
                .put("epoch", checkpoint.getEpoch())
                .put("attempt", checkpoint.getAttempt())
                .put("trainLoss", checkpoint.getTrainLoss())
                .put("validLoss", checkpoint.getValidLoss());
        MeasureJson.of(checkpoint.getMeasure()).epoch(checkpoint, epoch);
        var indicators = epoch.putObject("indicators");
        checkpoint.getIndicators().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(indicator -> indicators.put(indicator.getKey(), indicator.getValue()));
        return epoch;
    }

    private static ObjectNode selection(CellSelected selected) {
        var selection = JSON.createObjectNode()
                .put("search", selected.getSearch())
                .put("genotype", selected.getGenotype())
                .put("hash", selected.getHash())
                .put("reason", selected.getReason());
        compared(selection, selected.getCandidates(), selected.getPassedOver());
        return selection;
    }

    private static ObjectNode baseline(BaselineSelected selected) {
        var baseline = JSON.createObjectNode()
                .put("genotype", selected.getGenotype())
                .put("hash", selected.getHash())
                .put("reason", selected.getReason());
        compared(baseline, selected.getCandidates(), selected.getPassedOver());
        return baseline;
    }

    private static void compared(ObjectNode into, List<Candidate> compared, List<PassedOver> left) {
        var candidates = into.putArray("candidates");
        compared.forEach(candidate -> candidates.add(plain(candidate)));
        var passedOver = into.putArray("passedOver");
        left.forEach(cell -> passedOver.add(plain(cell)));
    }

    private static ObjectNode evaluated(GenotypeEvaluated evaluated) {
        var node = JSON.createObjectNode()
                .put("genotype", evaluated.getGenotype())
                .put("hash", evaluated.getHash())
                .put("parameters", evaluated.getParameters())
                .put("multiplyAdds", evaluated.getMultiplyAdds());
        ArrayNode seeds = node.putArray("seeds");
        evaluated.getSeeds().forEach(seeds::add);
        var scores = SeedScores.of(evaluated);
        MeasureJson.of(scores.spread().measure()).evaluated(scores, node);
        if (evaluated.getValidation() != null) {
            node.set("validation", plain(evaluated.getValidation()));
        }
        return node;
    }

    private static ObjectNode retraining(GenotypeRetrained retrained) {
        var node = JSON.createObjectNode()
                .put("job", retrained.getJob())
                .put("stage", retrained.getStage().name())
                .put("origin", retrained.getOrigin().name())
                .put("hash", retrained.getHash())
                .put("seed", retrained.getSeed())
                .put("deviceSeconds", retrained.getDeviceSeconds());
        early(node, retrained.getFinishedEarly());
        MeasureJson.of(retrained.getMeasure()).retraining(retrained, node);
        node.set("curve", curve(retrained.getMeasure(), retrained.getCurve()));
        node.set("weights", artifact(retrained.getWeights()));
        return node;
    }

    private static ObjectNode transfer(GenotypeTransferred transferred) {
        var node = JSON.createObjectNode()
                .put("job", transferred.getJob())
                .put("dataset", transferred.getDataset())
                .put("datasetVersion", transferred.getDatasetVersion())
                .put("parameters", transferred.getParameters())
                .put("multiplyAdds", transferred.getMultiplyAdds())
                .put("deviceSeconds", transferred.getDeviceSeconds());
        early(node, transferred.getFinishedEarly());
        MeasureJson.of(transferred.getMeasure()).transfer(transferred, node);
        node.set("curve", curve(transferred.getMeasure(), transferred.getCurve()));
        node.set("weights", artifact(transferred.getWeights()));
        return node;
    }

    private static void early(ObjectNode node, boolean finishedEarly) {
        if (finishedEarly) {
            node.put("finishedEarly", true);
        }
    }

    private static ArrayNode curve(Measure measure, List<CurvePoint> points) {
        var curve = JSON.createArrayNode();
        var json = MeasureJson.of(measure);
        for (var point : points) {
            var epoch = curve.addObject()
                    .put("epoch", point.getEpoch())
                    .put("trainLoss", point.getTrainLoss())
                    .put("heldOutLoss", point.getHeldOutLoss());
            json.point(point, epoch);
        }
        return curve;
    }

    private static ObjectNode decision(ChampionDecided decided) {
        var node = JSON.createObjectNode().put("verdict", decided.getVerdict().name());
        var reasons = node.putArray("reasons");
        decided.getReasons().forEach(reasons::add);
        if (decided.getSeedsToDecide() != null) {
            node.put("seedsToDecide", decided.getSeedsToDecide());
        }
        var comparisons = node.putArray("comparisons");
        decided.getComparisons().forEach(comparison -> comparisons.add(plain(comparison)));
        standing(node, "challenger", decided.getChallenger());
        standing(node, "random", decided.getRandomCell());
        standing(node, "previous", decided.getPrevious());
        standing(node, "champion", decided.getChampion());
        return node;
    }

    /** A dataset's champion: its figures, its genotype, and the reasons of the verdict that names it. */
    public static ObjectNode champion(ChampionDecided decided) {
        var node = JSON.createObjectNode()
                .put("dataset", decided.getDataset())
                .put("datasetVersion", decided.getDatasetVersion())
                .put("decidedBy", decided.getRun());
        standing(node, "champion", decided.getChampion());
        var reasons = node.putArray("reasons");
        decided.getReasons().forEach(reasons::add);
        return node;
    }

    private static void standing(ObjectNode into, String name, @Nullable Standing standing) {
        if (standing != null) {
            into.set(name, plain(standing));
        }
    }

    private static ObjectNode live(LiveJob job) {
        var node = plain(job.word());
        return node.put("heardAt", job.heardAt().toString())
                .put("movedAt", job.movedAt().toString());
    }

    /** Where an artifact lies, and by what it is known again. */
    public static ObjectNode artifact(ArtifactRef ref) {
        return JSON.createObjectNode()
                .put("uri", ref.getUri())
                .put("sha256", ref.getSha256())
                .put("bytes", ref.getBytes());
    }

    /** The contract's own JSON text: every field under its own name. */
    public static ObjectNode plain(SpecificRecordBase event) {
        try {
            return (ObjectNode) JSON.readTree(event.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
