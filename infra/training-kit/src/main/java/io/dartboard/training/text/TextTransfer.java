package io.dartboard.training.text;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.events.TransferJob;
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
 * Transfers recurrent cells to another text, by a full training of their own there; the perplexity told is that of the test
 * text.
 */
public final class TextTransfer {
    private TextTransfer() {}

    /**
     * Opens the text and builds the training.
     *
     * @param preparation told how far the text is fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    public static ReadyTraining<GenotypeTransferred.Builder> prepare(
            TransferJob job, OpenDataset<TextCorpus> datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        return TextTraining.prepare(
                datasets,
                CellJob.of(job),
                () -> BoundSettings.ofText(job.getSettings(), RecurrentTrainConfig.class),
                RecurrentTraining::full,
                compute,
                preparation,
                TextTransfer::transferred);
    }

    private static GenotypeTransferred.Builder transferred(TextTraining.Result result) {
        var judged = new Score(Measure.PERPLEXITY, result.testPerplexity().orElseThrow());
        return GenotypeTransferred.newBuilder()
                .setHash(result.hash())
                .setTop1ErrorPercent(0)
                .setTop5ErrorPercent(0)
                .setPerplexity(judged.value())
                .setScores(judged.told())
                .setValidPerplexity(result.validPerplexity())
                .setCurve(result.curve())
                .setParameters(result.cost().parameters())
                .setMultiplyAdds(result.cost().multiplyAdds());
    }
}
