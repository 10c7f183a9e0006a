package io.dartboard.training.image;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.image.data.Split;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.training.BoundSettings;

/**
 * What must hold of settings and the images that they are for. Each check throws {@link IllegalArgumentException} with one
 * line.
 */
public final class ImageChecks {
    /** Statistics of a batch exist from here on. */
    private static final int SMALLEST_BATCH = 2;

    private ImageChecks() {}

    /** Of a search: there are images for the weights and for the alphas. */
    public static void search(SearchSettings search, DatasetPublished dataset) {
        BoundSettings.method(search, ImageSearch.METHODS);
        var config = BoundSettings.ofImages(search, SearchConfig.class);
        var split = Split.of(images(search.getImages(), dataset), config.trainPortion());
        batch(config.batchSize(), split.train(), "that train the weights");
        batch(config.batchSize(), split.valid(), "that train the alphas");
    }

    /** Of the brief retraining, for which a part of the images trains. */
    public static void selection(RetrainSettings selection, DatasetPublished dataset) {
        retraining(selection, dataset, Retraining.SELECTION_PORTION);
    }

    /** Of the full retraining. */
    public static void evaluation(RetrainSettings evaluation, DatasetPublished dataset) {
        retraining(evaluation, dataset, 1);
    }

    /** Of a transfer. */
    public static void transfer(TransferSettings transfer, DatasetPublished target) {
        var config = BoundSettings.ofImages(transfer, TransferConfig.class);
        batch(config.batchSize(), images(transfer.getImages(), target), "that train");
    }

    /** Of a search whose every cell is searched in its own place: that these make a network of so many. */
    public static void depth(SearchSettings search, int cells) {
        if (BoundSettings.method(search, ImageSearch.METHODS).sharing().equals(AlphaSharing.BY_CELL)) {
            var own = search.getCells();
            DistributedGenotype.requireDepth(own, new NetworkShape(2, own, 2).reductions(), cells);
        }
    }

    /** Of a given cell, likewise. */
    public static void depth(String genotype, int cells) {
        ConvolutionalArchitecture.parse(genotype).stacked(new NetworkShape(2, cells, 2));
    }

    private static void retraining(RetrainSettings retrain, DatasetPublished dataset, double portion) {
        var config = BoundSettings.ofImages(retrain, RetrainConfig.class);
        var images = images(retrain.getImages(), dataset);
        batch(config.batchSize(), (int) Math.floor(portion * images), "that train");
    }

    private static int images(int asked, DatasetPublished dataset) {
        var all = (int) Math.min(dataset.getTrainExamples(), Integer.MAX_VALUE);
        if (asked < 0 || asked > all) {
            throw new IllegalArgumentException(
                    "images must lie between 1 and %d, the training images of %s; 0 means all (was %d)"
                            .formatted(all, dataset.getDataset(), asked));
        }
        return asked == 0 ? all : asked;
    }

    private static void batch(int batchSize, int images, String which) {
        if (images < SMALLEST_BATCH) {
            throw new IllegalArgumentException(
                    "there are too few images %s: %d, and a batch has at least %d; use more images"
                            .formatted(which, images, SMALLEST_BATCH));
        }
        if (batchSize > images) {
            throw new IllegalArgumentException("batchSize must be at most %d, as many as there are images %s (was %d)"
                    .formatted(images, which, batchSize));
        }
    }
}
