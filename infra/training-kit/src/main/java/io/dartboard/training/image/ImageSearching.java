package io.dartboard.training.image;

import io.dartboard.events.Measure;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.train.Compute;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.PublishedPixels;
import io.dartboard.training.ReadySearch;

/** Searches for convolutional cells, on images: one half trains the weights, the other the alphas. */
public final class ImageSearching {
    private ImageSearching() {}

    /**
     * Opens the images and refuses what can be refused.
     *
     * @param preparation told how far the images are fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    public static ReadySearch prepare(
            SearchJob job, OpenDataset<PixelSet> datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        var settings = job.getSettings();
        var space = JobRefused.ifImpossible(() -> (ConvolutionalSpace) SearchSpace.of(settings.getSpace()));
        var method = JobRefused.ifImpossible(() -> BoundSettings.method(settings, ImageSearch.METHODS));
        var config = JobRefused.ifImpossible(() -> BoundSettings.ofImages(settings, SearchConfig.class));
        JobRefused.ifImpossible(() -> {
            config.requireCells(space, method.stages());
            method.require(config.shape(space, job.getDataset().getClasses()));
            return method;
        });
        var side = JobRefused.ifImpossible(() -> PublishedPixels.side(job.getDataset(), settings.getResolution()));
        var set = datasets.open(job.getDataset(), side, preparation)
                .normalisedBy(PublishedPixels.normalisation(job.getDataset()));
        var images = JobRefused.ifImpossible(() -> SearchImages.of(set.limitedTo(settings.getImages()), config));
        return new ReadySearch(
                Measure.ERROR_PERCENT,
                new ImageSearch(
                        compute.device(), space, method, config, images, job.getSeed(), compute.loaderThreads()));
    }
}
