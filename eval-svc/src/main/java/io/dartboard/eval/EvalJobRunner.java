package io.dartboard.eval;

import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Stage;
import io.dartboard.nas.cost.ImageSize;
import io.dartboard.nas.cost.NetworkCost;
import io.dartboard.nas.cost.Stem;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.PixelImages;
import io.dartboard.nas.evaluate.Compute;
import io.dartboard.nas.evaluate.RetrainConfig;
import io.dartboard.nas.evaluate.Retraining;
import io.dartboard.nas.evaluate.TrainingDivergedException;
import io.dartboard.nas.evaluate.TrainingHooks;
import io.dartboard.nas.evaluate.TrainingLoop;
import io.dartboard.nas.evaluate.TrainingOutcome;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.searchspace.NetworkShape;
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
 * Does a retraining: genotype and dataset in, {@link GenotypeRetrained} with its curve, its cost and its trained weights
 * out.
 *
 * <p>For {@link Stage#SELECTION} the first half of the training images trains and the other half judges, as in the search
 * itself; the test set stays untouched. For {@link Stage#FULL} the whole training set trains and the test set judges. The
 * error told is that of the last epoch, never of the best.
 */
final class EvalJobRunner implements JobRunner<EvaluationJob> {
    private static final double SELECTION_TRAIN_PORTION = 0.5;

    private final OpenDataset<CifarBinary> datasets;
    private final ArtifactStore store;
    private final JobMeters meters;
    private final Clock clock;
    private final int loaderThreads;

    EvalJobRunner(
            OpenDataset<CifarBinary> datasets, ArtifactStore store, JobMeters meters, Clock clock, int loaderThreads) {
        this.datasets = datasets;
        this.store = store;
        this.meters = meters;
        this.clock = clock;
        this.loaderThreads = loaderThreads;
    }

    @Override
    public Outcome run(EvaluationJob job, JobContext context) throws Exception {
        var genotype = JobRefused.ifImpossible(() -> Genotype.parse(job.getGenotype()));
        var config = JobRefused.ifImpossible(() -> EvalEvents.config(job.getSettings()));
        var set = datasets.open(job.getDataset());
        var compute = Compute.on(context.device(), loaderThreads);
        var loop = JobRefused.ifImpossible(() -> loop(job, genotype, config, set, compute));
        var training = TrainingJob.begin(context, meters, clock, "train");
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
                return done(job, genotype, config, set, finished, context, training);
            }
            training.awaitSaved();
            return Outcome.stopped();
        } catch (TrainingDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    private static TrainingLoop loop(
            EvaluationJob job, Genotype genotype, RetrainConfig config, CifarBinary set, Compute compute) {
        var images = job.getSettings().getImages();
        return switch (job.getStage()) {
            case SELECTION ->
                Retraining.selection(genotype, config, set, images, SELECTION_TRAIN_PORTION, job.getSeed(), compute);
            case FULL -> Retraining.full(genotype, config, set, images, job.getSeed(), compute);
            case UNKNOWN ->
                throw new IllegalArgumentException(
                        "the stage is unknown to this version of eval-svc; bring it up to the version that asked");
        };
    }

    private Outcome done(
            EvaluationJob job,
            Genotype genotype,
            RetrainConfig config,
            CifarBinary set,
            TrainingOutcome.Finished finished,
            JobContext context,
            TrainingJob training) {
        var shape = new NetworkShape(
                config.channels(), config.cells(), set.labelNames().size());
        var cost = NetworkCost.of(Stem.CIFAR, genotype, shape, ImageSize.square(PixelImages.SIDE));
        var weights = store.put(
                "%s/weights/attempt-%06d.safetensors"
                        .formatted(context.identity().prefix(), context.attempt()),
                EvalEvents.weights(job, finished.weights()).toBytes());
        return Outcome.done(
                Topics.EVALUATIONS,
                job.getRun(),
                GenotypeRetrained.newBuilder()
                        .setJob(job.getJob())
                        .setRun(job.getRun())
                        .setStage(job.getStage())
                        .setOrigin(job.getOrigin())
                        .setSearch(job.getSearch())
                        .setGenotype(job.getGenotype())
                        .setHash(genotype.hash())
                        .setSeed(job.getSeed())
                        .setAttempt(context.attempt())
                        .setErrorPercent(finished.last().errorPercent())
                        .setCurve(
                                finished.curve().stream().map(EvalEvents::point).toList())
                        .setParameters(cost.parameters())
                        .setMultiplyAdds(cost.multiplyAdds())
                        .setWeights(weights)
                        .setDeviceSeconds(training.deviceSeconds())
                        .setDevice(context.device())
                        .build());
    }
}
