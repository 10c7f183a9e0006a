package io.dartboard.nas.image.search;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.BilevelPoint;
import io.dartboard.nas.bilevel.Fit;
import io.dartboard.nas.bilevel.Objective;
import io.dartboard.nas.bilevel.SearchFeed;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.Stage;
import io.dartboard.nas.data.Prefetch;
import io.dartboard.nas.image.data.Batch;
import io.dartboard.nas.image.data.BatchPlan;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Uploads;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * The batches of a search on images. Each training step comes with a validation batch drawn afresh: without repetition
 * within the batch, with repetition between steps, as the authors' code has it. Nothing is carried from step to step.
 */
final class ImageFeed implements SearchFeed {
    private final NDManager owner;
    private final RelaxedNetwork network;
    private final ChannelConstants constants;
    private final SearchImages images;
    private final int batchSize;
    private final int loaderThreads;
    private final SearchMethod method;
    private final Stage stage;
    private final int epochs;
    private final SkipDropoutDraw dropout;
    private final RandomStreams streams;
    private final BatchPlan training;
    private final BatchPlan validation;

    /**
     * A feed.
     *
     * @param owner lives as long as the stage
     * @param stage of the search that the network is searched in
     * @param epochs of the stage, as the method's gate counts them
     */
    ImageFeed(
            NDManager owner,
            RelaxedNetwork network,
            ChannelConstants constants,
            SearchImages images,
            int batchSize,
            SearchMethod method,
            Stage stage,
            int epochs,
            long seed,
            int loaderThreads) {
        this.owner = owner;
        this.network = network;
        this.constants = constants;
        this.images = images;
        this.batchSize = batchSize;
        this.method = method;
        this.stage = stage;
        this.epochs = epochs;
        this.loaderThreads = loaderThreads;
        this.streams = new RandomStreams(seed);
        this.dropout = new SkipDropoutDraw(network, method, stage, streams);
        this.training = BatchPlan.shuffled(images.train().size(), batchSize, streams);
        this.validation = BatchPlan.inOrder(images.valid().size(), batchSize);
    }

    @Override
    public int steps(int epoch) {
        return training.steps();
    }

    @Override
    public long stepsBefore(int epoch) {
        return (long) epoch * training.steps();
    }

    @Override
    public boolean countsRight() {
        return true;
    }

    @Override
    public Steps open(int epoch, int from) {
        IntFunction<int[]> indices = training.epoch(epoch);
        Prefetch<Pair<Batch>> pairs = new Prefetch<>(
                from,
                training.steps(),
                loaderThreads,
                step -> new Pair<>(
                        load(images.train(), indices.apply(step), "augment", epoch, step),
                        movesAlphas(epoch, step)
                                ? Optional.of(load(
                                        images.valid(),
                                        drawn("valid-batch", epoch, step),
                                        "augment-valid",
                                        epoch,
                                        step))
                                : Optional.empty()));
        Uploads<Pair<Batch>, Pair<DeviceBatch>> uploads = new Uploads<>(
                owner,
                pairs,
                (scope, pair) -> new Pair<>(pair.train().on(scope), pair.valid().map(batch -> batch.on(scope))));
        return new Steps() {
            private int step = from;

            @Override
            public boolean hasNext() {
                return uploads.hasNext();
            }

            @Override
            public Step next() {
                return new PairStep(uploads.next(), epoch, step++);
            }

            @Override
            public void close() {
                uploads.close();
                pairs.close();
            }
        };
    }

    private boolean movesAlphas(int epoch, int step) {
        return method.alphaGate()
                .opens(epoch - stage.first(), epochs, stepsBefore(epoch) - stepsBefore(stage.first()) + step);
    }

    /** The batches of a step; without one for the alphas where they stay as they are. */
    private record Pair<B>(B train, Optional<B> valid) {}

    private final class PairStep implements Step {
        private final Uploads.Uploaded<Pair<DeviceBatch>> pair;
        private final int epoch;
        private final int step;

        PairStep(Uploads.Uploaded<Pair<DeviceBatch>> pair, int epoch, int step) {
            this.pair = pair;
            this.epoch = epoch;
            this.step = step;
        }

        @Override
        public int count() {
            return pair.value().train().count();
        }

        @Override
        public double rate() {
            return 1;
        }

        @Override
        public Training training(NDManager scope) {
            ImageObjective objective = objective(scope, pair.value().train(), "skip-dropout");
            return new Training(objective, objective);
        }

        @Override
        public Objective validation(NDManager scope) {
            return objective(scope, pair.value().valid().orElseThrow(), "skip-dropout-valid");
        }

        /** What is dropped out of it is drawn anew in every step. */
        private ImageObjective objective(NDManager scope, DeviceBatch batch, String purpose) {
            DeviceBatch local = batch.in(scope);
            return new ImageObjective(network, local, constants, dropout.draw(scope, local, purpose, epoch, step));
        }

        @Override
        public Optional<NDArray> right(NDList beside) {
            return Optional.of(beside.get(0));
        }

        @Override
        public void done(NDList training, Optional<NDList> validation) {
            pair.close(); // The next step begins afresh.
        }
    }

    /** The whole validation half in order. */
    @Override
    public Optional<Fit> judge(NDManager scope, BilevelPoint point, int epoch, BooleanSupplier wantsStop) {
        IntFunction<int[]> indices = validation.epoch(epoch);
        double loss = 0;
        double right = 0;
        try (Prefetch<Batch> batches = new Prefetch<>(
                0,
                validation.steps(),
                loaderThreads,
                step -> load(images.valid(), indices.apply(step), "augment-validation", epoch, step))) {
            while (batches.hasNext()) {
                if (wantsStop.getAsBoolean()) {
                    return Optional.empty();
                }
                try (NDManager pass = scope.newSubManager()) {
                    float[] summed = judge(pass, point, objective(batches.next().on(pass)));
                    loss += summed[0];
                    right += summed[1];
                }
            }
        }
        int count = images.valid().size();
        return Optional.of(new Fit(loss / count, OptionalDouble.of(right / count)));
    }

    /** Summed loss and number of right answers of a batch. */
    private static float[] judge(NDManager pass, BilevelPoint point, ImageObjective objective) {
        Objective.Seen seen = point.see(pass, objective);
        NDArray loss = Scalars.times(seen.told().reshape(1), objective.batch().count());
        return Copy.toHost(NDArrays.concat(new NDList(loss, seen.beside().get(0).reshape(1))));
    }

    @Override
    public Objective signs(NDManager into, int epoch) {
        return objective(load(images.valid(), drawn("signs-batch", epoch, 0), "augment-signs", epoch, 0)
                .on(into));
    }

    @Override
    public Map<String, HostTensor> carried() {
        return Map.of();
    }

    @Override
    public void restore(Snapshot snapshot) {
        // Nothing is carried.
    }

    private ImageObjective objective(DeviceBatch batch) {
        return new ImageObjective(network, batch, constants);
    }

    private int[] drawn(String purpose, int epoch, int step) {
        int size = images.valid().size();
        int[] order = streams.stream(purpose, epoch, step).permutation(size);
        return Arrays.copyOf(order, Math.min(size, batchSize));
    }

    private Batch load(LabelledImages from, int[] indices, String purpose, int epoch, int step) {
        long first = (long) step * batchSize;
        return Batch.load(from, indices, i -> streams.stream(purpose, epoch, first + i));
    }
}
