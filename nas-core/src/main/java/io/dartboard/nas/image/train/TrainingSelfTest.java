package io.dartboard.nas.image.train;

import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.image.network.ConvolutionalNetwork;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingOutcome;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The known-answer check at the start of a service that trains: a small network is given eight images, half of them bright
 * and half dark. Whoever trains at all has told them apart after a few steps; whose loss stays where it was, or is no
 * number, does not train.
 */
public final class TrainingSelfTest {
    private static final int EPOCHS = 8;
    private static final double LEARNING_RATE = 0.05;
    /** A network that learns is far below this part of its first loss; one that does not stays near it. */
    private static final double AT_MOST = 0.8;

    private final Compute compute;
    private final double learningRate;

    /** The check on a device. */
    public TrainingSelfTest(Compute compute) {
        this(compute, LEARNING_RATE);
    }

    TrainingSelfTest(Compute compute, double learningRate) {
        this.compute = compute;
        this.learningRate = learningRate;
    }

    /** Empty if training works; else one line with what is wrong. */
    public Optional<String> run() {
        var shape = new NetworkShape(4, 3, 2);
        var network =
                ConvolutionalNetwork.of(Stem.CIFAR, PublishedGenotypes.DARTS_V2, shape, BrightAndDark.SIDE, false);
        var plan = new TrainingPlan(
                EPOCHS,
                BrightAndDark.COUNT,
                new CosineSchedule(learningRate, learningRate, EPOCHS),
                0.9,
                0,
                5,
                0,
                0,
                0);
        var images = new TrainingImages(new BrightAndDark(), new BrightAndDark());
        TrainingOutcome<EpochReport> outcome;
        try {
            var identity = new TrainingIdentity(PublishedGenotypes.DARTS_V2.toString(), plan, "self-test", "made");
            outcome = ImageTraining.loop(network, plan, images, identity, 0, compute)
                    .run(LoopObserver.silent());
        } catch (TrainingDivergedException e) {
            return Optional.of("a training step makes the loss no number: " + e.getMessage());
        }
        if (!(outcome instanceof TrainingOutcome.Finished<EpochReport> finished)) {
            return Optional.of("the training stopped though nothing told it to");
        }
        var first = finished.curve().get(0).trainLoss();
        var last = finished.chosen().trainLoss();
        return last <= AT_MOST * first
                ? Optional.empty()
                : Optional.of("%d training steps took the loss from %.4f to %.4f: the weights do not learn"
                        .formatted(EPOCHS, first, last));
    }

    /** Even images are bright, odd ones dark. */
    private static final class BrightAndDark implements LabelledImages {
        static final int COUNT = 8;
        static final int SIDE = 8;

        @Override
        public int size() {
            return COUNT;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public int height() {
            return SIDE;
        }

        @Override
        public int width() {
            return SIDE;
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public void fill(int index, float[] target, int offset, RandomGenerator random) {
            var brightness = (index % 2 == 0 ? 1f : -1f) * (1 + index / 10f);
            Arrays.fill(target, offset, offset + floatsPerImage(), brightness);
        }
    }
}
