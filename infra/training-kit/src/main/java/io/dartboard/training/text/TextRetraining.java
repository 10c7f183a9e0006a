package io.dartboard.training.text;

import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.Stage;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.text.train.RecurrentTraining;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.score.Score;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.CellJob;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.ReadyTraining;

/**
 * Retrains recurrent cells on a text, in both stages on the whole training text. A selection is judged by the validation
 * text, and the test text stays untouched; a full retraining is judged by the test text.
 */
public final class TextRetraining {
    private TextRetraining() {}

    /**
     * Opens the text and builds the training.
     *
     * @param preparation told how far the text is fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    public static ReadyTraining<GenotypeRetrained.Builder> prepare(
            EvaluationJob job, OpenDataset<TextCorpus> datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        return TextTraining.prepare(
                datasets,
                CellJob.of(job),
                () -> BoundSettings.ofText(job.getSettings(), RecurrentTrainConfig.class),
                setup(job.getStage()),
                compute,
                preparation,
                TextRetraining::retrained);
    }

    private static TextTraining.Setup setup(Stage stage) {
        return switch (stage) {
            case SELECTION -> RecurrentTraining::selection;
            case FULL -> RecurrentTraining::full;
            case UNKNOWN ->
                (genotype, config, corpus, seed, compute) -> {
                    throw CellJob.unknownStage();
                };
        };
    }

    private static GenotypeRetrained.Builder retrained(TextTraining.Result result) {
        var judged = new Score(Measure.PERPLEXITY, result.testPerplexity().orElse(result.validPerplexity()));
        return GenotypeRetrained.newBuilder()
                .setHash(result.hash())
                .setErrorPercent(0)
                .setPerplexity(judged.value())
                .setScores(judged.told())
                .setValidPerplexity(result.validPerplexity())
                .setValidation(
                        result.testPerplexity().isPresent()
                                ? new Score(Measure.PERPLEXITY, result.validPerplexity()).told()
                                : null)
                .setCurve(result.curve())
                .setParameters(result.cost().parameters())
                .setMultiplyAdds(result.cost().multiplyAdds());
    }
}
