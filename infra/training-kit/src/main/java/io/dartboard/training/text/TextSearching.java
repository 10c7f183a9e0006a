package io.dartboard.training.text;

import io.dartboard.events.Measure;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.ReadySearch;

/**
 * Searches for recurrent cells, on a text: its training part trains the weights, its validation part the alphas, and its
 * test part is not read.
 */
public final class TextSearching {
    private TextSearching() {}

    /**
     * Opens the text and refuses what can be refused.
     *
     * @param preparation told how far the text is fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    public static ReadySearch prepare(
            SearchJob job, OpenDataset<TextCorpus> datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        var settings = job.getSettings();
        var space = JobRefused.ifImpossible(() -> (RecurrentSpace) SearchSpace.of(settings.getSpace()));
        var method = JobRefused.ifImpossible(() -> BoundSettings.method(settings, TextSearch.METHODS));
        var config = JobRefused.ifImpossible(() -> BoundSettings.ofText(settings, RecurrentSearchConfig.class));
        var corpus = datasets.open(job.getDataset(), preparation);
        return new ReadySearch(
                Measure.PERPLEXITY,
                JobRefused.ifImpossible(
                        () -> new TextSearch(compute.device(), space, method, config, corpus, job.getSeed())));
    }
}
