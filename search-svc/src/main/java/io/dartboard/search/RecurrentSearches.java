package io.dartboard.search;

import io.dartboard.events.Measure;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.Datasets;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.TextConfigs;
import java.io.IOException;

/**
 * Searches for recurrent cells, on a text: its training part trains the weights, its validation part the alphas, and its
 * test part is not read.
 */
record RecurrentSearches(OpenDataset<TextCorpus> datasets) implements SpaceSearches {

    RecurrentSearches(ArchiveCache archives) {
        this(Datasets.texts(archives));
    }

    @Override
    public Ready prepare(SearchJob job, String device, Preparation preparation)
            throws IOException, InterruptedException {
        var settings = job.getSettings();
        var space = JobRefused.ifImpossible(() -> SearchEvents.recurrentSpace(settings));
        var method = JobRefused.ifImpossible(() -> SearchMethods.of(settings.getMethod(), TextSearch.METHODS));
        var config = JobRefused.ifImpossible(() -> TextConfigs.of(settings));
        var corpus = datasets.open(job.getDataset(), preparation);
        return new Ready(
                Measure.PERPLEXITY,
                JobRefused.ifImpossible(
                        () -> new TextSearch(Torch.device(device), space, method, config, corpus, job.getSeed())));
    }
}
