package io.dartboard.eval;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.SeedScores;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topics;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.kind.RunCeilings;
import java.util.List;
import java.util.Optional;

/** Between this service and the contracts. */
final class EvalEvents {
    /** Retrainings, selection and full. */
    static final JobKind<EvaluationJob> KIND = new JobKind<>(
            Topics.EVAL_JOBS, List.of("selection", "evaluation"), "eval-svc-worker", EvalEvents::identity);

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
    static NetworkCeiling ceilings(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        return NetworkCeiling.all(RunCeilings.of(request, dataset, target));
    }

    /** What a search has found. */
    static Contender contender(GenotypeDerived derived) {
        return new Contender(derived.getSearch(), derived.getSeed(), "", derived.getGenotype(), derived.getHash());
    }

    /** A cell that is not retrained, in one line why. */
    static PassedOver passedOver(Contender cell, String reason) {
        return new PassedOver(cell.search(), cell.seed(), cell.genotype(), cell.hash(), reason, cell.name());
    }

    /**
     * What the retrainings of a cell come to.
     *
     * @param retrained in the order of the seeds
     */
    static GenotypeEvaluated evaluated(
            String run, RetrainingBook.Wanted wanted, List<Long> seeds, List<GenotypeRetrained> retrained) {
        var scores = SeedScores.of(retrained.stream().map(Score::of).toList());
        var validation = retrained.stream()
                .flatMap(each -> Score.ofValidation(each).stream())
                .toList();
        var first = retrained.get(0);
        var evaluated = GenotypeEvaluated.newBuilder()
                .setRun(run)
                .setStage(wanted.stage())
                .setOrigin(wanted.origin())
                .setSearch(wanted.search())
                .setGenotype(wanted.genotype())
                .setHash(Architecture.parse(wanted.genotype()).hash())
                .setSeeds(seeds)
                .setParameters(first.getParameters())
                .setMultiplyAdds(first.getMultiplyAdds())
                .setValidation(
                        validation.size() == retrained.size()
                                ? SeedScores.of(validation).told()
                                : null)
                .setDeviceSeconds(retrained.stream()
                        .mapToDouble(GenotypeRetrained::getDeviceSeconds)
                        .sum());
        return scores.tell(evaluated).build();
    }

    private static JobIdentity identity(EvaluationJob job) {
        return new JobIdentity(
                job.getJob(),
                job.getRun(),
                job.getRequestEpoch(),
                stage(job.getStage()),
                "evaluations/" + job.getJob());
    }

    /** The stage of a run that a retraining is of, by name. */
    static String stage(Stage stage) {
        return stage == Stage.SELECTION ? StageView.SELECTION : StageView.EVALUATION;
    }
}
