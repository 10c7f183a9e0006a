package io.dartboard.transfer;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.cost.RecurrentCost;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.evaluate.Compute;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainingLoop;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainingOutcome;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.training.TextConfigs;
import io.dartboard.transfer.ReadyRunner.Transferred;
import java.io.IOException;
import java.util.Optional;

/**
 * Transfers recurrent cells to another text, by a full training of their own there. The validation text says which epoch's
 * model is kept; the perplexity told is that of the test text with it.
 */
record TextRunner(OpenDataset<TextCorpus> datasets) {

    /**
     * Opens the text and builds the training; waits for the store.
     *
     * @throws JobRefused if the job is impossible; nothing has been trained then
     * @throws IOException if this machine cannot read the text now
     */
    ReadyRunner prepare(TransferJob job, RecurrentTrainSettings recurrent, Compute compute)
            throws IOException, InterruptedException {
        var genotype = JobRefused.ifImpossible(() -> RecurrentGenotype.parse(job.getGenotype()));
        var config = JobRefused.ifImpossible(() -> TextConfigs.of(job.getSettings()));
        var corpus = datasets.open(job.getDataset());
        var loop = JobRefused.ifImpossible(() -> RecurrentTrainingLoop.full(
                genotype, config, corpus, job.getSettings().getSeed(), compute));
        return new ReadyRunner(
                Measure.PERPLEXITY,
                (kept, hooks) -> loop.runFrom(kept, hooks) instanceof RecurrentTrainingOutcome.Finished finished
                        ? Optional.of(transferred(job, genotype, recurrent, corpus, finished))
                        : Optional.empty());
    }

    private static Transferred transferred(
            TransferJob job,
            RecurrentGenotype genotype,
            RecurrentTrainSettings recurrent,
            TextCorpus corpus,
            RecurrentTrainingOutcome.Finished finished) {
        var cost = RecurrentCost.of(genotype, corpus.vocabulary(), recurrent.getWidth());
        var result = GenotypeTransferred.newBuilder()
                .setHash(genotype.hash())
                .setTop1ErrorPercent(0)
                .setTop5ErrorPercent(0)
                .setPerplexity(finished.testPerplexity().orElseThrow())
                .setValidPerplexity(finished.validPerplexity())
                .setCurve(finished.curve().stream().map(TransferEvents::point).toList())
                .setParameters(cost.parameters())
                .setMultiplyAdds(cost.multiplyAdds());
        var network = TransferEvents.network(recurrent, job.getDataset());
        return new Transferred(result, TransferEvents.weights(job, finished.weights(), network));
    }
}
