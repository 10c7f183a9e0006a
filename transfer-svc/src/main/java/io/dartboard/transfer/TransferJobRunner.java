package io.dartboard.transfer;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRunner;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.schemas.Topics;
import io.dartboard.training.Datasets;
import io.dartboard.training.ReadyTraining.Trained;
import io.dartboard.training.TrainingJob;
import io.dartboard.training.kind.Kind;
import java.time.Clock;

/**
 * Does a transfer: genotype and the larger dataset in, {@link GenotypeTransferred} with its curve, its cost and its
 * trained weights out. What is trained and told is said by the {@link Kind}.
 */
final class TransferJobRunner implements JobRunner<TransferJob> {
    private final Datasets datasets;
    private final ArtifactStore store;
    private final JobMeters meters;
    private final Clock clock;
    private final int loaderThreads;

    TransferJobRunner(Datasets datasets, ArtifactStore store, JobMeters meters, Clock clock, int loaderThreads) {
        this.datasets = datasets;
        this.store = store;
        this.meters = meters;
        this.clock = clock;
        this.loaderThreads = loaderThreads;
    }

    @Override
    public Outcome run(TransferJob job, JobContext context) throws Exception {
        var ready = Kind.of(job)
                .transfer(
                        job,
                        datasets,
                        Compute.on(context.device(), loaderThreads),
                        context.preparation(),
                        () -> meters.corruptImage(context.identity().stage()));
        var training = TrainingJob.begin(context, meters, clock, "train", ready.measure());
        return ready.train(training)
                .map(transferred -> done(job, ready.measure(), transferred, context, training))
                .orElseGet(Outcome::stopped);
    }

    private Outcome done(
            TransferJob job,
            Measure measure,
            Trained<GenotypeTransferred.Builder> transferred,
            JobContext context,
            TrainingJob training) {
        return training.outcome(
                Topics.TRANSFERS,
                job.getRun(),
                transferred
                        .result()
                        .setJob(job.getJob())
                        .setRun(job.getRun())
                        .setDataset(job.getDataset().getDataset())
                        .setDatasetVersion(job.getDataset().getVersion())
                        .setGenotype(job.getGenotype())
                        .setSeed(job.getSettings().getSeed())
                        .setAttempt(context.attempt())
                        .setMeasure(measure)
                        .setWeights(transferred.weights().put(store, context))
                        .setFinishedEarly(training.endedEarly())
                        .setDeviceSeconds(training.deviceSeconds())
                        .setDevice(context.device())
                        .build());
    }
}
