package io.dartboard.transfer;

import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.evaluate.EpochReport;
import io.dartboard.nas.evaluate.recurrent.RecurrentEpochReport;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.schemas.Topics;
import java.util.Map;
import java.util.TreeMap;

/** Between the contracts and the science: the only place of this service, beside its runner, that knows both. */
final class TransferEvents {
    /** Transfers. */
    static final JobKind<TransferJob> KIND = new JobKind<>(
            Topics.TRANSFER_JOBS,
            "transfer-svc-worker",
            job -> new JobIdentity(job.getJob(), job.getRun(), "transfer", "transfers/" + job.getJob()));

    private TransferEvents() {}

    /** Photographs as this service reads them. */
    static OpenDataset<ImageFolder> photos(ArchiveCache archives, Unpacked unpacked) {
        return OpenDataset.ofVerifiedArchives(
                archives,
                Layout.IMAGE_FOLDER,
                (archive, dataset) -> ImageFolder.open(unpacked.of(archive), dataset.getDigest()),
                InvalidDatasetException.class);
    }

    /** Texts as this service reads them. */
    static OpenDataset<TextCorpus> texts(ArchiveCache archives) {
        return new OpenDataset<>(
                archives, Layout.TOKEN_CORPUS, TextCorpus::read, TextCorpus::digest, InvalidDatasetException.class);
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

    /** What is needed to build a network for photographs again, beside its genotype. */
    static Map<String, String> network(TransferSettings settings, DatasetPublished dataset) {
        return Map.of(
                "network", "imagenet",
                "cells", Integer.toString(settings.getCells()),
                "channels", Integer.toString(settings.getChannels()),
                "classes", Integer.toString(dataset.getClasses()),
                "resolution", Integer.toString(settings.getResolution()));
    }

    /** What is needed to build a language model again, beside its genotype; the corpus numbers the words. */
    static Map<String, String> network(RecurrentTrainSettings settings, DatasetPublished dataset) {
        return Map.of(
                "network", "recurrent",
                "width", Integer.toString(settings.getWidth()),
                "vocabulary", Integer.toString(dataset.getClasses()));
    }

    /** Trained weights together with all that is needed to build their network again. */
    static Safetensors weights(TransferJob job, Safetensors trained, Map<String, String> network) {
        var facts = new TreeMap<>(trained.facts());
        facts.putAll(network);
        facts.put("genotype", job.getGenotype());
        facts.put(
                "dataset",
                job.getDataset().getDataset() + "@" + job.getDataset().getVersion());
        facts.put("datasetDigest", job.getDataset().getDigest());
        facts.put("job", job.getJob());
        facts.put("seed", Long.toString(job.getSettings().getSeed()));
        return new Safetensors(trained.tensors(), facts);
    }
}
