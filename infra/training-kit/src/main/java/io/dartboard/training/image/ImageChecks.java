package io.dartboard.training.image;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.Split;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.setting.Checks;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.PublishedPixels;
import java.util.function.IntSupplier;

/**
 * What must hold of settings and the images that they are for. Each check throws {@link IllegalArgumentException} with one
 * line.
 */
public final class ImageChecks {
    /** Statistics of a batch exist from here on. */
    private static final int SMALLEST_BATCH = 2;

    private ImageChecks() {}

    /** Of a search: there are images of every class for the weights and for the alphas. */
    public static void search(SearchSettings search, DatasetPublished dataset) {
        Checks.all(
                () -> BoundSettings.method(search, ImageSearch.METHODS),
                () -> BoundSettings.ofImages(search, SearchConfig.class));
        var method = BoundSettings.method(search, ImageSearch.METHODS);
        var config = BoundSettings.ofImages(search, SearchConfig.class);
        config.requireCells(space(search), method.stages());
        var shape = config.shape(space(search), dataset.getClasses());
        method.require(shape);
        Stem.CIFAR.require(
                PublishedPixels.side(dataset, search.getResolution()),
                shape.reductions().size(),
                false);
        var images = images(search.getImages(), dataset);
        var train = Split.trained(images, config.trainPortion());
        batch(config.batchSize(), train, "that train the weights");
        batch(config.batchSize(), images - train, "that train the alphas");
        classes(images, dataset);
    }

    /** Of the brief retraining, for which a part of the images trains. */
    public static void selection(ConvolutionalSpace space, RetrainSettings selection, DatasetPublished dataset) {
        if (selection.getValidPortion() != 0) {
            throw new IllegalArgumentException(
                    "validPortion is for the evaluation; a selection holds out half of the images whatever it says, so leave it out (was %s)"
                            .formatted(selection.getValidPortion()));
        }
        var images = images(selection.getImages(), dataset);
        retraining(space, selection, dataset, () -> Split.trained(images, Retraining.SELECTION_PORTION));
        classes(images, dataset);
    }

    /** Of the full retraining. */
    public static void evaluation(ConvolutionalSpace space, RetrainSettings evaluation, DatasetPublished dataset) {
        var images = images(evaluation.getImages(), dataset);
        var portion = evaluation.getValidPortion();
        if (portion == 0) {
            retraining(space, evaluation, dataset, () -> trained(images));
            return;
        }
        if (!(portion > 0 && portion < 1)) {
            throw new IllegalArgumentException(
                    "validPortion must be at least 0 and less than 1: the share of the training images that is held out (was %s)"
                            .formatted(portion));
        }
        retraining(space, evaluation, dataset, () -> Split.trained(images, 1 - portion));
        classes(images, dataset);
    }

    /** Of a transfer of cells of a space. */
    public static void transfer(ConvolutionalSpace space, TransferSettings transfer, DatasetPublished target) {
        var config = BoundSettings.ofImages(transfer, TransferConfig.class);
        Stem.IMAGENET.require(
                config.resolution(),
                space.shape(2, config.cells(), 2).reductions().size(),
                config.auxiliaryWeight() > 0);
        batch(config.batchSize(), trained(images(transfer.getImages(), target)), "that train");
    }

    /**
     * Of a search: that cells of its space, and those that are searched each in their own place, make a network of so many.
     */
    public static void depth(SearchSettings search, int cells) {
        space(search).requireCells(cells);
        if (BoundSettings.method(search, ImageSearch.METHODS).sharing().equals(AlphaSharing.BY_CELL)) {
            var own = search.getCells();
            DistributedGenotype.requireDepth(own, space(search).shape(2, own, 2).reductions(), cells);
        }
    }

    /** Of a given cell, likewise. */
    public static void depth(String genotype, int cells) {
        ConvolutionalArchitecture.parse(genotype).stacked(new NetworkShape(2, cells, 2));
    }

    private static ConvolutionalSpace space(SearchSettings search) {
        return (ConvolutionalSpace) SearchSpace.of(search.getSpace());
    }

    private static void retraining(
            ConvolutionalSpace space, RetrainSettings retrain, DatasetPublished dataset, IntSupplier trained) {
        var config = BoundSettings.ofImages(retrain, RetrainConfig.class);
        Stem.CIFAR.require(space, config.auxiliaryWeight() > 0);
        var shape = space.shape(2, config.cells(), 2);
        if (config.auxiliaryWeight() > 0 && shape.auxiliaryCell() == shape.cells() - 1) {
            throw new IllegalArgumentException(
                    "auxiliaryWeight must be 0 in space %s, whose networks reduce last in their last cell, on which the auxiliary head would sit; set auxiliaryWeight to 0"
                            .formatted(space.id()));
        }
        Stem.CIFAR.require(
                PublishedPixels.side(dataset, retrain.getResolution()),
                shape.reductions().size(),
                config.auxiliaryWeight() > 0);
        batch(config.batchSize(), trained.getAsInt(), "that train");
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

    /** Where all that are used train, there must be enough for batch statistics. */
    private static int trained(int images) {
        if (images < SMALLEST_BATCH) {
            throw new IllegalArgumentException(
                    "at least %d training images are needed, so that batch statistics exist (had %d)"
                            .formatted(SMALLEST_BATCH, images));
        }
        return images;
    }

    /** Where images are split, each part needs one of every class: what is certain to fail is refused before it begins. */
    private static void classes(int images, DatasetPublished dataset) {
        if (images < 2L * dataset.getClasses()) {
            throw new IllegalArgumentException(
                    "at least %d training images are needed, two of each class of %s, since each part of the split needs one (had %d)"
                            .formatted(2L * dataset.getClasses(), dataset.getDataset(), images));
        }
        if (dataset.getSmallestClass() == 1) {
            throw new IllegalArgumentException(
                    "a class of %s has a single training image, and each part of the split needs one: publish the dataset with at least 2 of each class, or without that class"
                            .formatted(dataset.getDataset()));
        }
    }

    private static void batch(int batchSize, int images, String which) {
        if (batchSize > images) {
            throw new IllegalArgumentException("batchSize must be at most %d, as many as there are images %s (was %d)"
                    .formatted(images, which, batchSize));
        }
    }
}
