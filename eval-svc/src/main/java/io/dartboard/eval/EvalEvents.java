package io.dartboard.eval;

import io.dartboard.events.Ceiling;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.evaluate.EpochReport;
import io.dartboard.nas.evaluate.RetrainConfig;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.schemas.Topics;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/** Between the contracts and the science: the only place of this service, beside its runner, that knows both. */
final class EvalEvents {
    /** Retrainings, selection and full. */
    static final JobKind<EvaluationJob> KIND = new JobKind<>(Topics.EVAL_JOBS, "eval-svc-worker", EvalEvents::identity);

    private EvalEvents() {}

    /** Datasets as this service reads them. */
    static OpenDataset<CifarBinary> datasets(ArchiveCache archives) {
        return new OpenDataset<>(
                archives, Layout.CIFAR_BINARY, CifarBinary::read, CifarBinary::digest, InvalidDatasetException.class);
    }

    /**
     * The settings of a retraining.
     *
     * @throws IllegalArgumentException if they are impossible; the message says which and why
     */
    static RetrainConfig config(RetrainSettings settings) {
        return new RetrainConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateMin(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getCutout(),
                settings.getLabelSmoothing());
    }

    /** True if the classes of the dataset that is transferred to must be known to count. */
    static boolean needsTarget(RunRequested request) {
        return request.getTransferCeiling() != null && request.getTransfer() != null;
    }

    /**
     * The ceilings of a run.
     *
     * @param target the dataset that is transferred to, where {@link #needsTarget} says so
     */
    static Ceilings ceilings(RunRequested request, DatasetPublished dataset, Optional<DatasetPublished> target) {
        var networks = new ArrayList<BoundedNetwork>();
        var evaluation = request.getEvaluation();
        var evaluationCeiling = request.getEvaluationCeiling();
        if (evaluationCeiling != null) {
            networks.add(new BoundedNetwork(
                    "the evaluation network",
                    Stem.CIFAR,
                    new NetworkShape(evaluation.getChannels(), evaluation.getCells(), dataset.getClasses()),
                    ImageSize.square(PixelImages.SIDE),
                    ceiling(evaluationCeiling)));
        }
        var transfer = request.getTransfer();
        var transferCeiling = request.getTransferCeiling();
        if (transfer != null && transferCeiling != null && target.isPresent()) {
            networks.add(new BoundedNetwork(
                    "the transfer network",
                    Stem.IMAGENET,
                    new NetworkShape(
                            transfer.getChannels(),
                            transfer.getCells(),
                            target.get().getClasses()),
                    ImageSize.square(transfer.getResolution()),
                    ceiling(transferCeiling)));
        }
        return new Ceilings(networks);
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

    /** Trained weights together with all that is needed to build their network again. */
    static Safetensors weights(EvaluationJob job, Safetensors trained) {
        var facts = new TreeMap<>(trained.facts());
        facts.put("genotype", job.getGenotype());
        facts.put("network", "cifar");
        facts.put("cells", Integer.toString(job.getSettings().getCells()));
        facts.put("channels", Integer.toString(job.getSettings().getChannels()));
        facts.put("classes", Integer.toString(job.getDataset().getClasses()));
        facts.put(
                "dataset",
                job.getDataset().getDataset() + "@" + job.getDataset().getVersion());
        facts.put("datasetDigest", job.getDataset().getDigest());
        facts.put("job", job.getJob());
        facts.put("seed", Long.toString(job.getSeed()));
        return new Safetensors(trained.tensors(), facts);
    }

    private static JobIdentity identity(EvaluationJob job) {
        return new JobIdentity(
                job.getJob(),
                job.getRun(),
                job.getStage() == Stage.SELECTION ? "selection" : "evaluation",
                "evaluations/" + job.getJob());
    }
}
