package io.dartboard.eval;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.schemas.Topics;
import io.dartboard.training.NetworkCeiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between this service and the contracts. */
final class EvalEvents {
    /** Retrainings, selection and full. */
    static final JobKind<EvaluationJob> KIND = new JobKind<>(Topics.EVAL_JOBS, "eval-svc-worker", EvalEvents::identity);

    private EvalEvents() {}

    /** True if the classes, or words, of the dataset that is transferred to must be known to count. */
    static boolean needsTarget(RunRequested request) {
        return request.getTransferCeiling() != null && request.getTransfer() != null;
    }

    /**
     * The ceilings of a run.
     *
     * @param target the dataset that is transferred to, where {@link #needsTarget} says so
     */
    static Ceilings ceilings(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        var networks = new ArrayList<NetworkCeiling>();
        var evaluation = request.getEvaluationCeiling();
        if (evaluation != null) {
            networks.add(NetworkCeiling.of(request.getEvaluation(), dataset, NetworkCeiling.cost(evaluation)));
        }
        var settings = request.getTransfer();
        var transfer = request.getTransferCeiling();
        if (settings != null && transfer != null && target.isPresent()) {
            networks.add(NetworkCeiling.of(settings, target.get(), NetworkCeiling.cost(transfer)));
        }
        return new Ceilings(networks);
    }

    /** What the retrainings of a cell with all seeds of the full stage come to. */
    static GenotypeEvaluated evaluated(
            RunRequested request, Origin origin, String search, Cell cell, List<GenotypeRetrained> retrained) {
        var scores = retrained.stream().map(Score::of).toList();
        var spread = Spread.of(scores);
        var values = scores.stream().map(Score::value).toList();
        var perplexities = spread.measure() == Measure.PERPLEXITY;
        var first = retrained.get(0);
        return GenotypeEvaluated.newBuilder()
                .setRun(request.getRun())
                .setStage(Stage.FULL)
                .setOrigin(origin)
                .setSearch(search)
                .setGenotype(cell.genotype())
                .setHash(cell.hash())
                .setSeeds(request.getEvaluationSeeds())
                .setMeasure(spread.measure())
                .setErrorsPercent(perplexities ? List.of() : values)
                .setMeanErrorPercent(perplexities ? 0 : spread.mean())
                .setSdErrorPercent(perplexities ? 0 : spread.sd())
                .setPerplexities(perplexities ? values : List.of())
                .setMeanPerplexity(perplexities ? spread.mean() : 0)
                .setSdPerplexity(perplexities ? spread.sd() : 0)
                .setParameters(first.getParameters())
                .setMultiplyAdds(first.getMultiplyAdds())
                .setDeviceSeconds(retrained.stream()
                        .mapToDouble(GenotypeRetrained::getDeviceSeconds)
                        .sum())
                .build();
    }

    /** The refusal of a stage that a later version asks for. */
    static IllegalArgumentException unknownStage() {
        return new IllegalArgumentException(
                "the stage is unknown to this version of eval-svc; bring it up to the version that asked");
    }

    private static JobIdentity identity(EvaluationJob job) {
        return new JobIdentity(
                job.getJob(),
                job.getRun(),
                job.getRequestEpoch(),
                job.getStage() == Stage.SELECTION ? "selection" : "evaluation",
                "evaluations/" + job.getJob());
    }
}
