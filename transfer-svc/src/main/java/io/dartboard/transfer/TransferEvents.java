package io.dartboard.transfer;

import io.dartboard.events.CurvePoint;
import io.dartboard.events.Layout;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.evaluate.EpochReport;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.transfer.TransferConfig;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.schemas.Topics;
import java.util.TreeMap;

/** Between the contracts and the science: the only place of this service, beside its runner, that knows both. */
final class TransferEvents {
    /** Transfers. */
    static final JobKind<TransferJob> KIND = new JobKind<>(
            Topics.TRANSFER_JOBS,
            "transfer-svc-worker",
            job -> new JobIdentity(job.getJob(), job.getRun(), "transfer", "transfers/" + job.getJob()));

    private TransferEvents() {}

    /** Datasets as this service reads them. */
    static OpenDataset<ImageFolder> datasets(ArchiveCache archives, Unpacked unpacked) {
        return OpenDataset.ofVerifiedArchives(
                archives,
                Layout.IMAGE_FOLDER,
                (archive, dataset) -> ImageFolder.open(unpacked.of(archive), dataset.getDigest()),
                InvalidDatasetException.class);
    }

    /**
     * The settings of a transfer.
     *
     * @throws IllegalArgumentException if they are impossible; the message says which and why
     */
    static TransferConfig config(TransferSettings settings) {
        return new TransferConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateDecay(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getLabelSmoothing(),
                settings.getResolution());
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
    static Safetensors weights(TransferJob job, Safetensors trained) {
        var facts = new TreeMap<>(trained.facts());
        facts.put("genotype", job.getGenotype());
        facts.put("network", "imagenet");
        facts.put("cells", Integer.toString(job.getSettings().getCells()));
        facts.put("channels", Integer.toString(job.getSettings().getChannels()));
        facts.put("classes", Integer.toString(job.getDataset().getClasses()));
        facts.put("resolution", Integer.toString(job.getSettings().getResolution()));
        facts.put(
                "dataset",
                job.getDataset().getDataset() + "@" + job.getDataset().getVersion());
        facts.put("datasetDigest", job.getDataset().getDigest());
        facts.put("job", job.getJob());
        facts.put("seed", Long.toString(job.getSettings().getSeed()));
        return new Safetensors(trained.tensors(), facts);
    }
}
