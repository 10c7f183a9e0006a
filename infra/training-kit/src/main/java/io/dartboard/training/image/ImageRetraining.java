package io.dartboard.training.image;

import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingLoop;
import io.dartboard.nas.train.TrainingOutcome;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.score.Score;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.CellJob;
import io.dartboard.training.Curves;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.PublishedPixels;
import io.dartboard.training.ReadyTraining;
import io.dartboard.training.ReadyTraining.Trained;
import io.dartboard.training.TrainedWeights;
import java.util.Optional;

/**
 * Retrains convolutional cells on images. For a selection the first half of the training images trains and the other half
 * judges, as in the search itself; the test set stays untouched. In full, all but the share that the settings hold out trains
 * (validPortion), that share judges, and the test set is judged by once, at the end; where nothing is held out, the whole
 * training set trains and the test set judges. The error told is that of the last epoch, never of the best.
 */
public final class ImageRetraining {
    private ImageRetraining() {}

    /**
     * Opens the images and builds the training.
     *
     * @param preparation told how far the images are fetched and read; what it throws ends the call
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    public static ReadyTraining<GenotypeRetrained.Builder> prepare(
            EvaluationJob job, OpenDataset<PixelSet> datasets, Compute compute, Preparation preparation)
            throws InterruptedException {
        var genotype = JobRefused.ifImpossible(() -> ConvolutionalArchitecture.parse(job.getGenotype()));
        var config = JobRefused.ifImpossible(() -> BoundSettings.ofImages(job.getSettings(), RetrainConfig.class));
        var side = JobRefused.ifImpossible(
                () -> PublishedPixels.side(job.getDataset(), job.getSettings().getResolution()));
        var set = datasets.open(job.getDataset(), side, preparation)
                .normalisedBy(PublishedPixels.normalisation(job.getDataset()));
        var loop = JobRefused.ifImpossible(() -> loop(job, genotype, config, set, compute));
        return new ReadyTraining<>(
                Measure.ERROR_PERCENT,
                config.epochs(),
                (kept, observer) ->
                        loop.runFrom(kept, observer) instanceof TrainingOutcome.Finished<EpochReport> finished
                                ? Optional.of(retrained(job, genotype, config, set, finished))
                                : Optional.empty());
    }

    private static TrainingLoop<EpochReport> loop(
            EvaluationJob job,
            ConvolutionalArchitecture genotype,
            RetrainConfig config,
            PixelSet set,
            Compute compute) {
        var images = job.getSettings().getImages();
        return switch (job.getStage()) {
            case SELECTION ->
                Retraining.selection(
                        genotype, config, set, images, Retraining.SELECTION_PORTION, job.getSeed(), compute);
            case FULL -> {
                var portion = job.getSettings().getValidPortion();
                yield portion > 0
                        ? Retraining.compared(genotype, config, set, images, portion, job.getSeed(), compute)
                        : Retraining.full(genotype, config, set, images, job.getSeed(), compute);
            }
            case UNKNOWN -> throw CellJob.unknownStage();
        };
    }

    private static Trained<GenotypeRetrained.Builder> retrained(
            EvaluationJob job,
            ConvolutionalArchitecture genotype,
            RetrainConfig config,
            PixelSet set,
            TrainingOutcome.Finished<EpochReport> finished) {
        var shape = new NetworkShape(
                config.channels(), config.cells(), set.classNames().size());
        var cost = NetworkCost.of(
                Stem.CIFAR, genotype, shape, ImageSize.square(set.train().side()));
        var heldOut = new Score(Measure.ERROR_PERCENT, finished.chosen().errorPercent());
        var test = finished.testScore().stream()
                .mapToObj(error -> new Score(Measure.ERROR_PERCENT, error))
                .findFirst();
        var judged = test.orElse(heldOut);
        var result = GenotypeRetrained.newBuilder()
                .setHash(genotype.hash())
                .setErrorPercent(judged.value())
                .setScores(judged.told())
                .setValidation(test.isPresent() ? heldOut.told() : null)
                .setCurve(Curves.ofImages(finished.curve()))
                .setParameters(cost.parameters())
                .setMultiplyAdds(cost.multiplyAdds());
        var network = ImageNetworks.facts(config, job.getDataset(), set.train().side());
        return new Trained<>(result, TrainedWeights.of(CellJob.of(job), finished.weights(), network));
    }
}
