package io.dartboard.search;

import io.dartboard.events.Measure;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.Datasets;
import io.dartboard.training.ImageConfigs;
import io.dartboard.training.OpenDataset;
import java.io.IOException;

/** Searches for convolutional cells, on images: one half trains the weights, the other the alphas. */
record CnnSearches(OpenDataset<CifarBinary> datasets, int loaderThreads) implements SpaceSearches {

    CnnSearches(ArchiveCache archives, int loaderThreads) {
        this(Datasets.images(archives), loaderThreads);
    }

    @Override
    public Ready prepare(SearchJob job, String device, Preparation preparation)
            throws IOException, InterruptedException {
        var settings = job.getSettings();
        var space = JobRefused.ifImpossible(() -> SearchEvents.space(settings));
        var method = JobRefused.ifImpossible(() -> SearchMethods.of(settings.getMethod(), ImageSearch.METHODS));
        var config = JobRefused.ifImpossible(() -> ImageConfigs.of(settings));
        var set = datasets.open(job.getDataset(), preparation);
        var images = JobRefused.ifImpossible(() -> SearchImages.of(
                settings.getImages() == 0 ? set.train() : set.train().subset(settings.getImages()),
                set.digest(),
                config));
        return new Ready(
                Measure.ERROR_PERCENT,
                new ImageSearch(Torch.device(device), space, method, config, images, job.getSeed(), loaderThreads));
    }
}
