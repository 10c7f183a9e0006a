package io.dartboard.nas.text.train;

import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.TokenText;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingDivergedException;
import io.dartboard.nas.train.TrainingOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The known-answer check at the start of a service that trains language models: a small one is given a text whose words go
 * round. Whoever trains at all has learned after a few epochs which word follows which; whose loss stays where it was, or
 * is no number, does not train.
 */
public final class RecurrentTrainingSelfTest {
    private static final List<String> WORDS = List.of("one", "two", "three", "four");
    private static final int ROUNDS = 24;
    private static final int EPOCHS = 12;
    private static final double LEARNING_RATE = 10;
    /** A model that learns is far below this part of its first loss; one that does not stays near it. */
    private static final double AT_MOST = 0.8;

    private final Compute compute;
    private final double learningRate;

    /** The check on a device. */
    public RecurrentTrainingSelfTest(Compute compute) {
        this(compute, LEARNING_RATE);
    }

    RecurrentTrainingSelfTest(Compute compute, double learningRate) {
        this.compute = compute;
        this.learningRate = learningRate;
    }

    /** Empty if training works; else one line with what is wrong. */
    public Optional<String> run() {
        var round = new TokenText(IntStream.range(0, ROUNDS * WORDS.size())
                .map(i -> i % WORDS.size())
                .toArray());
        var corpus = new TextCorpus(WORDS, round, round, round, "self-test");
        var config = new RecurrentTrainConfig(
                8, EPOCHS, 2, 8, learningRate, 0, 0.25, Dropouts.NONE, new LanguageLoss(0, 0), EPOCHS);
        TrainingOutcome<RecurrentEpochReport> outcome;
        try {
            outcome = RecurrentTraining.selection(PublishedRecurrentGenotypes.DARTS_V2, config, corpus, 0, compute)
                    .run(LoopObserver.silent());
        } catch (TrainingDivergedException e) {
            return Optional.of("a training step makes the loss no number: " + e.getMessage());
        }
        if (!(outcome instanceof TrainingOutcome.Finished<RecurrentEpochReport> finished)) {
            return Optional.of("the training stopped though nothing told it to");
        }
        var first = finished.curve().get(0).trainLoss();
        return finished.chosen().validLoss() <= AT_MOST * first
                ? Optional.empty()
                : Optional.of("%d epochs took the loss of a language model from %.4f to %.4f: the weights do not learn"
                        .formatted(EPOCHS, first, finished.chosen().validLoss()));
    }
}
