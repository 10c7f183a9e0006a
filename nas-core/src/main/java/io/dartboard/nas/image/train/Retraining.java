package io.dartboard.nas.image.train;

import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.Split;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingLoop;

/** Retraining of a genotype on small images: the CIFAR network, a cosine schedule, drop path and cutout. */
public final class Retraining {

    /** Share of the images on which the selection trains; the other part judges, as in the search itself. */
    public static final double SELECTION_PORTION = 0.5;

    private Retraining() {}

    /**
     * Prepares the brief retraining that chooses among cells; the test set stays untouched.
     *
     * @param images the number of training images to use, or {@link TrainingImages#ALL}
     * @param trainPortion the share of them that trains; the rest judges
     */
    public static TrainingLoop<EpochReport> selection(
            ConvolutionalArchitecture genotype,
            RetrainConfig config,
            PixelSet set,
            int images,
            double trainPortion,
            long seed,
            Compute compute) {
        PixelSet used = set.limitedTo(images);
        Split split = Split.of(used.train(), used.classNames(), trainPortion);
        return of(
                genotype,
                config,
                TrainingImages.selection(used, split, config.cutout()),
                "selection of " + trainPortion,
                split.known(used.data()),
                seed,
                compute);
    }

    /**
     * Prepares the full retraining by which cells are compared: a part of the training images is held out and judges, and the
     * test set judges once, at the end, which decides nothing.
     *
     * @param images the number of training images to use, or {@link TrainingImages#ALL}
     * @param validPortion the share of them that is held out
     */
    public static TrainingLoop<EpochReport> compared(
            ConvolutionalArchitecture genotype,
            RetrainConfig config,
            PixelSet set,
            int images,
            double validPortion,
            long seed,
            Compute compute) {
        PixelSet used = set.limitedTo(images);
        Split split = Split.of(used.train(), used.classNames(), 1 - validPortion);
        return of(
                genotype,
                config,
                TrainingImages.compared(used, split, config.cutout()),
                "full but " + validPortion,
                split.known(used.data()),
                seed,
                compute);
    }

    /**
     * Prepares the full retraining: the training set trains, the test set judges.
     *
     * @param images the number of training images to use, or {@link TrainingImages#ALL}
     */
    public static TrainingLoop<EpochReport> full(
            ConvolutionalArchitecture genotype,
            RetrainConfig config,
            PixelSet set,
            int images,
            long seed,
            Compute compute) {
        TrainingImages used = TrainingImages.full(set.limitedTo(images), config.cutout());
        return of(genotype, config, used, "full", set.data(), seed, compute);
    }

    private static TrainingLoop<EpochReport> of(
            ConvolutionalArchitecture genotype,
            RetrainConfig config,
            TrainingImages images,
            String purpose,
            String data,
            long seed,
            Compute compute) {
        DiscreteNetwork network = DiscreteNetwork.of(
                Stem.CIFAR,
                genotype,
                new NetworkShape(
                        config.channels(), config.cells(), images.train().classes()),
                images.train().height(),
                config.auxiliaryWeight() > 0);
        return ImageTraining.loop(
                network,
                config.plan(),
                images,
                new TrainingIdentity(genotype.toString(), config, purpose, data),
                seed,
                compute);
    }
}
