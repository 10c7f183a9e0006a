package io.dartboard.training.text;

import io.dartboard.events.CurvePoint;
import io.dartboard.events.Measure;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.text.cost.RecurrentCost;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.train.RecurrentEpochReport;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.text.train.RecurrentTraining;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingOutcome;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.CellJob;
import io.dartboard.training.Curves;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.ReadyTraining;
import io.dartboard.training.ReadyTraining.Trained;
import io.dartboard.training.TrainedWeights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Trains recurrent cells on a text, whichever job asks for it. The validation text says which epoch's model is kept: the
 * average of the weights once there is one.
 */
final class TextTraining {
    private TextTraining() {}

    /**
     * Opens the text and builds the training.
     *
     * @param settings makes the config of the job's settings; throws IllegalArgumentException if they are impossible
     * @param setup whether the test text is judged by the model that is kept
     * @param preparation told how far the text is fetched and read; what it throws ends the call
     * @param event makes the job's event of what has come of it
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    static <R> ReadyTraining<R> prepare(
            OpenDataset<TextCorpus> datasets,
            CellJob job,
            Supplier<RecurrentTrainConfig> settings,
            Setup setup,
            Compute compute,
            Preparation preparation,
            Function<Result, R> event)
            throws InterruptedException {
        var genotype = JobRefused.ifImpossible(() -> RecurrentGenotype.parse(job.genotype()));
        var config = JobRefused.ifImpossible(settings);
        var corpus = datasets.open(job.dataset(), preparation);
        var loop = JobRefused.ifImpossible(() -> setup.loop(genotype, config, corpus, job.seed(), compute));
        return new ReadyTraining<>(
                Measure.PERPLEXITY,
                config.epochs(),
                (kept, observer) -> loop.runFrom(kept, observer)
                                instanceof TrainingOutcome.Finished<RecurrentEpochReport> finished
                        ? Optional.of(new Trained<>(
                                event.apply(Result.of(genotype, config, corpus, finished)),
                                TrainedWeights.of(job, finished.weights(), TextNetworks.facts(config, job.dataset()))))
                        : Optional.empty());
    }

    /** Sets a training up, as {@link RecurrentTraining#selection} and {@link RecurrentTraining#full} do. */
    @FunctionalInterface
    interface Setup {
        /**
         * The training.
         *
         * @throws IllegalArgumentException if it is impossible
         */
        TrainingLoop<RecurrentEpochReport> loop(
                RecurrentGenotype genotype, RecurrentTrainConfig config, TextCorpus corpus, long seed, Compute compute);
    }

    /**
     * What has come of a training.
     *
     * @param hash of the cell
     * @param cost of its language model
     * @param curve one point per epoch
     * @param validPerplexity of the model that is kept
     * @param testPerplexity of the same; empty if the test text stayed untouched
     */
    record Result(
            String hash, Cost cost, List<CurvePoint> curve, double validPerplexity, OptionalDouble testPerplexity) {

        private static Result of(
                RecurrentGenotype genotype,
                RecurrentTrainConfig config,
                TextCorpus corpus,
                TrainingOutcome.Finished<RecurrentEpochReport> finished) {
            return new Result(
                    genotype.hash(),
                    RecurrentCost.of(genotype, corpus.vocabulary(), config.width()),
                    Curves.ofText(finished.curve()),
                    finished.chosen().validPerplexity(),
                    finished.testScore());
        }
    }
}
