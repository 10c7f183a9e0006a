package io.dartboard.eval;

import io.dartboard.eval.ReadyRunner.Retrained;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.nas.cost.RecurrentCost;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.evaluate.Compute;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainConfig;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainingLoop;
import io.dartboard.nas.evaluate.recurrent.RecurrentTrainingOutcome;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.training.TextConfigs;
import java.io.IOException;
import java.util.Optional;

/**
 * Retrains recurrent cells on a text, in both stages on the whole training text. The validation text says which epoch's
 * model is kept. A selection is judged by that, and the test text stays untouched; a full retraining is judged by the test
 * text, with the model that is kept: the average of the weights once there is one.
 */
record TextRunner(OpenDataset<TextCorpus> datasets) {

    /**
     * Opens the text and builds the training; waits for the store.
     *
     * @throws JobRefused if the job is impossible; nothing has been trained then
     * @throws IOException if this machine cannot read the text now
     */
    ReadyRunner prepare(EvaluationJob job, RecurrentTrainSettings recurrent, Compute compute)
            throws IOException, InterruptedException {
        var genotype = JobRefused.ifImpossible(() -> RecurrentGenotype.parse(job.getGenotype()));
        var config = JobRefused.ifImpossible(() -> TextConfigs.of(job.getSettings()));
        var corpus = datasets.open(job.getDataset());
        var loop = JobRefused.ifImpossible(() -> loop(job, genotype, config, corpus, compute));
        return new ReadyRunner(
                Measure.PERPLEXITY,
                (kept, hooks) -> loop.runFrom(kept, hooks) instanceof RecurrentTrainingOutcome.Finished finished
                        ? Optional.of(retrained(job, genotype, recurrent, corpus, finished))
                        : Optional.empty());
    }

    private static RecurrentTrainingLoop loop(
            EvaluationJob job,
            RecurrentGenotype genotype,
            RecurrentTrainConfig config,
            TextCorpus corpus,
            Compute compute) {
        return switch (job.getStage()) {
            case SELECTION -> RecurrentTrainingLoop.selection(genotype, config, corpus, job.getSeed(), compute);
            case FULL -> RecurrentTrainingLoop.full(genotype, config, corpus, job.getSeed(), compute);
            case UNKNOWN -> throw EvalEvents.unknownStage();
        };
    }

    private static Retrained retrained(
            EvaluationJob job,
            RecurrentGenotype genotype,
            RecurrentTrainSettings recurrent,
            TextCorpus corpus,
            RecurrentTrainingOutcome.Finished finished) {
        var cost = RecurrentCost.of(genotype, corpus.vocabulary(), recurrent.getWidth());
        var result = GenotypeRetrained.newBuilder()
                .setHash(genotype.hash())
                .setErrorPercent(0)
                .setPerplexity(finished.testPerplexity().orElse(finished.validPerplexity()))
                .setValidPerplexity(finished.validPerplexity())
                .setCurve(finished.curve().stream().map(EvalEvents::point).toList())
                .setParameters(cost.parameters())
                .setMultiplyAdds(cost.multiplyAdds());
        var network = EvalEvents.network(recurrent, job.getDataset());
        return new Retrained(result, EvalEvents.weights(job, finished.weights(), network));
    }
}
