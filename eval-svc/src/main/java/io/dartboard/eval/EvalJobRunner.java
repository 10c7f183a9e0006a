package io.dartboard.eval;

import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
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
 * Does a retraining: genotype and dataset in, {@link GenotypeRetrained} with its curve, its cost and its trained weights
 * out. What trains and what judges in each stage is said by the {@link Kind}.
 */
final class EvalJobRunner implements JobRunner<EvaluationJob> {
    private final Datasets datasets;
    private final ArtifactStore store;
    private final JobMeters meters;
    private final Clock clock;
    private final int loaderThreads;

    EvalJobRunner(Datasets datasets, ArtifactStore store, JobMeters meters, Clock clock, int loaderThreads) {
        this.datasets = datasets;
        this.store = store;
        this.meters = meters;
        this.clock = clock;
        this.loaderThreads = loaderThreads;
    }

    @Override
    public Outcome run(EvaluationJob job, JobContext context) throws Exception {
        var ready = Kind.of(job)
                .retraining(job, datasets, Compute.on(context.device(), loaderThreads), context.preparation());
        var training = TrainingJob.begin(context, meters, clock, "train", ready.measure());
        return ready.train(training)
                .map(retrained -> done(job, ready.measure(), retrained, context, training))
                .orElseGet(Outcome::stopped);
    }

    private Outcome done(
            EvaluationJob job,
            Measure measure,
            Trained<GenotypeRetrained.Builder> retrained,
            JobContext context,
            TrainingJob training) {
        return training.outcome(
                Topics.EVALUATIONS,
                job.getRun(),
                retrained
                        .result()
                        .setJob(job.getJob())
                        .setRun(job.getRun())
                        .setStage(job.getStage())
                        .setOrigin(job.getOrigin())
                        .setSearch(job.getSearch())
                        .setGenotype(job.getGenotype())
                        .setSeed(job.getSeed())
                        .setAttempt(context.attempt())
                        .setMeasure(measure)
                        .setWeights(retrained.weights().put(store, context))
                        .setFinishedEarly(training.endedEarly())
                        .setDeviceSeconds(training.deviceSeconds())
                        .setDevice(context.device())
                        .build());
    }
}
