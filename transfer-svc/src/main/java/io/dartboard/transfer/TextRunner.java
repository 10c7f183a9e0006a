package io.dartboard.transfer;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.text.train.RecurrentTraining;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.CellJob;
import io.dartboard.training.ReadyTraining;
import io.dartboard.training.TextConfigs;
import io.dartboard.training.TextTraining;
import java.io.IOException;

/**
 * Transfers recurrent cells to another text, by a full training of their own there; the perplexity told is that of the test
 * text.
 */
record TextRunner(TextTraining texts) {

    /**
     * Opens the text and builds the training.
     *
     * @param preparation told how far the text is fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     * @throws IOException if this machine cannot read the text now
     */
    ReadyTraining<GenotypeTransferred.Builder> prepare(TransferJob job, Compute compute, Preparation preparation)
            throws IOException, InterruptedException {
        return texts.prepare(
                CellJob.of(job),
                () -> TextConfigs.of(job.getSettings()),
                RecurrentTraining::full,
                compute,
                preparation,
                TextRunner::transferred);
    }

    private static GenotypeTransferred.Builder transferred(TextTraining.Result result) {
        return GenotypeTransferred.newBuilder()
                .setHash(result.hash())
                .setTop1ErrorPercent(0)
                .setTop5ErrorPercent(0)
                .setPerplexity(result.testPerplexity().orElseThrow())
                .setValidPerplexity(result.validPerplexity())
                .setCurve(result.curve())
                .setParameters(result.cost().parameters())
                .setMultiplyAdds(result.cost().multiplyAdds());
    }
}
