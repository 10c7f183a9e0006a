package io.dartboard.eval;

import io.dartboard.events.Ceiling;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.BoundedRecurrentNetwork;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.evaluate.EpochReport;
import io.dartboard.nas.evaluate.recurrent.RecurrentEpochReport;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.score.Spread;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Between the contracts and the science: the only place of this service, beside its runner, that knows both. */
final class EvalEvents {
    /** Retrainings, selection and full. */
    static final JobKind<EvaluationJob> KIND = new JobKind<>(Topics.EVAL_JOBS, "eval-svc-worker", EvalEvents::identity);

    private EvalEvents() {}

    /** Images as this service reads them. */
    static OpenDataset<CifarBinary> images(ArchiveCache archives) {
        return new OpenDataset<>(
                archives, Layout.CIFAR_BINARY, CifarBinary::read, CifarBinary::digest, InvalidDatasetException.class);
    }

    /** Texts as this service reads them. */
    static OpenDataset<TextCorpus> texts(ArchiveCache archives) {
        return new OpenDataset<>(
                archives, Layout.TOKEN_CORPUS, TextCorpus::read, TextCorpus::digest, InvalidDatasetException.class);
    }

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

    /** A point of the curve; epochs count from 1 in events. */
    static CurvePoint point(EpochReport report) {
        return new CurvePoint(
                report.epoch() + 1,
                report.trainLoss(),
                report.trainAccuracy(),
                report.heldOutLoss(),
                report.heldOutAccuracy());
    }

    /** A point of a text's curve, which has no accuracies. */
    static CurvePoint point(RecurrentEpochReport report) {
        return new CurvePoint(report.epoch() + 1, report.trainLoss(), 0.0, report.validLoss(), 0.0);
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

    /** What is needed to build a network for images again, beside its genotype. */
    static Map<String, String> network(RetrainSettings settings, DatasetPublished dataset) {
        return Map.of(
                "network", "cifar",
                "cells", Integer.toString(settings.getCells()),
                "channels", Integer.toString(settings.getChannels()),
                "classes", Integer.toString(dataset.getClasses()));
    }

    /** What is needed to build a language model again, beside its genotype; the corpus numbers the words. */
    static Map<String, String> network(RecurrentTrainSettings settings, DatasetPublished dataset) {
        return Map.of(
                "network", "recurrent",
                "width", Integer.toString(settings.getWidth()),
                "vocabulary", Integer.toString(dataset.getClasses()));
    }

    /** Trained weights together with all that is needed to build their network again. */
    static Safetensors weights(EvaluationJob job, Safetensors trained, Map<String, String> network) {
        var facts = new TreeMap<>(trained.facts());
        facts.putAll(network);
        facts.put("genotype", job.getGenotype());
        facts.put(
                "dataset",
                job.getDataset().getDataset() + "@" + job.getDataset().getVersion());
        facts.put("datasetDigest", job.getDataset().getDigest());
        facts.put("job", job.getJob());
        facts.put("seed", Long.toString(job.getSeed()));
        return new Safetensors(trained.tensors(), facts);
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
