package io.dartboard.transfer;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.NetworkCost;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.CorruptImages;
import io.dartboard.nas.data.ImageFolder;
import io.dartboard.nas.evaluate.Compute;
import io.dartboard.nas.evaluate.TrainingDivergedException;
import io.dartboard.nas.evaluate.TrainingHooks;
import io.dartboard.nas.evaluate.TrainingOutcome;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.transfer.Transfer;
import io.dartboard.nas.transfer.TransferConfig;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.JobRunner;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.pipeline.training.TrainingJob;
import io.dartboard.schemas.Topics;
import java.time.Clock;

/**
 * Does a transfer: genotype and photographs in, {@link GenotypeTransferred} with its curve, its cost and its trained
 * weights out. The errors told are those of the last epoch, never of the best. Photographs that cannot be decoded are
 * replaced by others of their class; those that this attempt has met are counted.
 */
final class TransferJobRunner implements JobRunner<TransferJob> {
    private final OpenDataset<ImageFolder> datasets;
    private final ArtifactStore store;
    private final JobMeters meters;
    private final Clock clock;
    private final int loaderThreads;

    TransferJobRunner(
            OpenDataset<ImageFolder> datasets, ArtifactStore store, JobMeters meters, Clock clock, int loaderThreads) {
        this.datasets = datasets;
        this.store = store;
        this.meters = meters;
        this.clock = clock;
        this.loaderThreads = loaderThreads;
    }

    @Override
    public Outcome run(TransferJob job, JobContext context) throws Exception {
        var genotype = JobRefused.ifImpossible(() -> Genotype.parse(job.getGenotype()));
        var config = JobRefused.ifImpossible(() -> TransferEvents.config(job.getSettings()));
        var photos = datasets.open(job.getDataset());
        var compute = Compute.on(context.device(), loaderThreads);
        var training = TrainingJob.begin(context, meters, clock, "train");
        var corrupt = photos.corruptToldTo(file -> training.metCorruptImage());
        var loop = JobRefused.ifImpossible(() -> Transfer.of(
                genotype,
                config,
                photos,
                job.getSettings().getImages(),
                corrupt,
                job.getSettings().getSeed(),
                compute));
        var hooks = new TrainingHooks(
                training::afterStepOrEpoch,
                training::stopped,
                training::awaitsInput,
                training::hasInput,
                training::afterEpoch,
                training::keep);
        try {
            var outcome = loop.runFrom(training.state(), hooks);
            if (outcome instanceof TrainingOutcome.Finished finished) {
                return done(job, genotype, config, photos, corrupt, finished, context, training);
            }
            training.awaitSaved();
            return Outcome.stopped();
        } catch (TrainingDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    private Outcome done(
            TransferJob job,
            Genotype genotype,
            TransferConfig config,
            ImageFolder photos,
            CorruptImages corrupt,
            TrainingOutcome.Finished finished,
            JobContext context,
            TrainingJob training) {
        var shape = new NetworkShape(
                config.channels(), config.cells(), photos.classNames().size());
        var cost = NetworkCost.of(Stem.IMAGENET, genotype, shape, ImageSize.square(config.resolution()));
        var weights = store.put(
                "%s/weights/attempt-%06d.safetensors"
                        .formatted(context.identity().prefix(), context.attempt()),
                TransferEvents.weights(job, finished.weights()).toBytes());
        return Outcome.done(
                Topics.TRANSFERS,
                job.getRun(),
                GenotypeTransferred.newBuilder()
                        .setJob(job.getJob())
                        .setRun(job.getRun())
                        .setDataset(job.getDataset().getDataset())
                        .setDatasetVersion(job.getDataset().getVersion())
                        .setGenotype(job.getGenotype())
                        .setHash(genotype.hash())
                        .setSeed(job.getSettings().getSeed())
                        .setAttempt(context.attempt())
                        .setTop1ErrorPercent(finished.last().errorPercent())
                        .setTop5ErrorPercent(finished.last().top5ErrorPercent())
                        .setCurve(finished.curve().stream()
                                .map(TransferEvents::point)
                                .toList())
                        .setParameters(cost.parameters())
                        .setMultiplyAdds(cost.multiplyAdds())
                        .setCorruptImages(corrupt.count())
                        .setWeights(weights)
                        .setDeviceSeconds(training.deviceSeconds())
                        .setDevice(context.device())
                        .build());
    }
}
