package io.dartboard.nas.image.train;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.data.BatchLoader;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.loop.EpochWork.Step;
import io.dartboard.nas.loop.EpochWork.Steps;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.tensor.Uploads;
import io.dartboard.nas.train.Trainee;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingOutcome;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A convolutional network in training. Its LAST epoch counts: to choose the best one would be to choose by the held-out
 * images. It never goes back: a training that diverges does so again.
 */
final class ImageTrainee implements Trainee<EpochReport> {
    private final TrainingPlan plan;
    private final NDManager scope;
    private final TrainingState state;
    private final TrainingStep stepper;
    private final HeldOut heldOut;
    private final Optional<HeldOut> test;
    private final BatchLoader loader;

    ImageTrainee(ImageTraining training, NDManager scope, TrainingState state, RandomStreams streams) {
        this.plan = training.plan();
        this.scope = scope;
        this.state = state;
        ChannelConstants constants = new ChannelConstants(scope, DataType.FLOAT32);
        this.stepper = new TrainingStep(training.network(), plan, streams, constants);
        TrainingImages images = training.images();
        Function<LabelledImages, HeldOut> judge = judging ->
                new HeldOut(training.network(), judging, plan.batchSize(), streams, training.compute(), constants);
        this.heldOut = judge.apply(images.heldOut());
        this.test = images.test().map(judge);
        this.loader = BatchLoader.shuffled(
                images.train(), plan.batchSize(), streams, training.compute().loaderThreads());
    }

    @Override
    public int steps(int epoch) {
        return loader.steps();
    }

    @Override
    public long stepsBefore(int epoch) {
        return (long) epoch * loader.steps();
    }

    @Override
    public Steps open(int epoch, int step) {
        Prefetch<Batch> batches = loader.epochs(epoch, step, plan.epochs());
        Uploads<Batch, DeviceBatch> uploads = new Uploads<>(scope, batches, (into, batch) -> batch.on(into));
        return new Steps() {
            private long next = stepsBefore(epoch) + step;

            @Override
            public Step next() {
                Uploads.Uploaded<DeviceBatch> batch = uploads.next();
                int itsEpoch = Math.toIntExact(next / loader.steps());
                int itsStep = Math.toIntExact(next % loader.steps());
                next++;
                return new BatchStep(batch, itsEpoch, itsStep);
            }

            @Override
            public void close() {
                uploads.close();
                batches.close();
            }
        };
    }

    private final class BatchStep implements Step {
        private final Uploads.Uploaded<DeviceBatch> batch;
        private final int epoch;
        private final int step;

        BatchStep(Uploads.Uploaded<DeviceBatch> batch, int epoch, int step) {
            this.batch = batch;
            this.epoch = epoch;
            this.step = step;
        }

        @Override
        public int count() {
            return batch.value().count();
        }

        @Override
        public void take() {
            try (batch) {
                stepper.take(scope, state, batch.value(), epoch, step);
            }
        }
    }

    @Override
    public double loss() {
        return state.means()[0];
    }

    @Override
    public Optional<EpochReport> judge(int epoch, BooleanSupplier wantsStop) {
        double[] means = state.means();
        return heldOut.judge(scope, state, wantsStop)
                .map(score -> new EpochReport(
                        epoch,
                        plan.schedule().at(epoch),
                        plan.dropPathAt(epoch),
                        means[0],
                        means[1],
                        score.loss(),
                        score.accuracy(),
                        score.top5()));
    }

    @Override
    public void endEpoch(EpochReport report) {
        state.endEpoch(report);
    }

    @Override
    public int goBack(int epoch, double loss) {
        throw new TrainingDivergedException("the training loss of epoch " + epoch + " is " + loss
                + ": the training diverged; lower learningRate or clip");
    }

    @Override
    public Optional<TrainingOutcome.Finished<EpochReport>> finish(BooleanSupplier wantsStop) {
        OptionalDouble testScore = OptionalDouble.empty();
        if (test.isPresent()) {
            Optional<HeldOutScore> score = test.get().judge(scope, state, wantsStop);
            if (score.isEmpty()) {
                return Optional.empty();
            }
            testScore = OptionalDouble.of(100 * (1 - score.get().accuracy()));
        }
        EpochReport last = state.curve.get(state.curve.size() - 1);
        return Optional.of(new TrainingOutcome.Finished<>(state.curve, last, state.named(), testScore));
    }

    @Override
    public Safetensors content() {
        return state.content();
    }

    @Override
    public void close() {
        // Everything lives in the scope that it was given.
    }
}
