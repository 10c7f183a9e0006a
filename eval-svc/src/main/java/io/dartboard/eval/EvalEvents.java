package io.dartboard.eval;

import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.BoundedRecurrentNetwork;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between the contracts and the science: the only place of this service, beside its runner, that knows both. */
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
        var networks = new ArrayList<Ceilings.Bound>();
        var evaluation = request.getEvaluation();
        var evaluationCeiling = request.getEvaluationCeiling();
        if (evaluationCeiling != null) {
            var name = "the evaluation network";
            var recurrent = evaluation.getRecurrent();
            networks.add(
                    recurrent == null
                            ? Ceilings.Bound.of(new BoundedNetwork(
                                    name,
                                    Stem.CIFAR,
                                    new NetworkShape(
                                            evaluation.getChannels(), evaluation.getCells(), dataset.getClasses()),
                                    ImageSize.square(PixelImages.SIDE),
                                    ceiling(evaluationCeiling)))
                            : bound(name, dataset, recurrent, evaluationCeiling));
        }
        var transfer = request.getTransfer();
        var transferCeiling = request.getTransferCeiling();
        if (transfer != null && transferCeiling != null && target.isPresent()) {
            var name = "the transfer network";
            var recurrent = transfer.getRecurrent();
            networks.add(
                    recurrent == null
                            ? Ceilings.Bound.of(new BoundedNetwork(
                                    name,
                                    Stem.IMAGENET,
                                    new NetworkShape(
                                            transfer.getChannels(),
                                            transfer.getCells(),
                                            target.get().getClasses()),
                                    ImageSize.square(transfer.getResolution()),
                                    ceiling(transferCeiling)))
                            : bound(name, target.get(), recurrent, transferCeiling));
        }
        return new Ceilings(networks);
    }

    private static Ceilings.Bound bound(
            String name, DatasetPublished text, RecurrentTrainSettings recurrent, Ceiling ceiling) {
        return Ceilings.Bound.of(
                new BoundedRecurrentNetwork(name, text.getClasses(), recurrent.getWidth(), ceiling(ceiling)));
    }

    private static CostCeiling ceiling(Ceiling ceiling) {
        return new CostCeiling(ceiling.getParameters(), ceiling.getMultiplyAdds());
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
                job.getStage() == Stage.SELECTION ? "selection" : "evaluation",
                "evaluations/" + job.getJob());
    }
}
