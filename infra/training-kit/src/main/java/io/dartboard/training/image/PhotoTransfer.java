package io.dartboard.training.image;

import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Measure;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.CorruptImages;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.image.train.Transfer;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingOutcome;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.score.Score;
import io.dartboard.training.BoundSettings;
import io.dartboard.training.CellJob;
import io.dartboard.training.Curves;
import io.dartboard.training.OpenDataset;
import io.dartboard.training.ReadyTraining;
import io.dartboard.training.ReadyTraining.Trained;
import io.dartboard.training.TrainedWeights;
import java.util.Optional;

/**
 * Transfers convolutional cells to photographs. The errors told are those of the last epoch, never of the best.
 * Photographs that cannot be decoded are replaced by others of their class; those that this attempt has met are counted.
 */
public final class PhotoTransfer {
    private PhotoTransfer() {}

    /**
     * Opens the photographs and builds the training.
     *
     * @param preparation told how far the photographs are fetched and unpacked; what it throws ends the call
     * @param metCorrupt told, by any thread, that a photograph could not be used
     * @throws JobRefused if the job is impossible; nothing has been trained then
     */
    public static ReadyTraining<GenotypeTransferred.Builder> prepare(
            TransferJob job,
            OpenDataset<ImageFolder> datasets,
            Compute compute,
            Preparation preparation,
            Runnable metCorrupt)
            throws InterruptedException {
        var genotype = JobRefused.ifImpossible(() -> ConvolutionalArchitecture.parse(job.getGenotype()));
        var config = JobRefused.ifImpossible(() -> BoundSettings.ofImages(job.getSettings(), TransferConfig.class));
        var photos = datasets.open(job.getDataset(), preparation);
        var corrupt = photos.corruptToldTo(file -> metCorrupt.run());
        var loop = JobRefused.ifImpossible(() -> Transfer.of(
                genotype,
                config,
                photos,
                job.getSettings().getImages(),
                corrupt,
                job.getSettings().getSeed(),
                compute));
        return new ReadyTraining<>(
                Measure.ERROR_PERCENT,
                config.epochs(),
                (kept, observer) ->
                        loop.runFrom(kept, observer) instanceof TrainingOutcome.Finished<EpochReport> finished
                                ? Optional.of(transferred(job, genotype, config, photos, corrupt, finished))
                                : Optional.empty());
    }

    private static Trained<GenotypeTransferred.Builder> transferred(
            TransferJob job,
            ConvolutionalArchitecture genotype,
            TransferConfig config,
            ImageFolder photos,
            CorruptImages corrupt,
            TrainingOutcome.Finished<EpochReport> finished) {
        var shape = new NetworkShape(
                config.channels(), config.cells(), photos.classNames().size());
        var cost = NetworkCost.of(Stem.IMAGENET, genotype, shape, ImageSize.square(config.resolution()));
        var result = GenotypeTransferred.newBuilder()
                .setHash(genotype.hash())
                .setTop1ErrorPercent(finished.chosen().errorPercent())
                .setTop5ErrorPercent(finished.chosen().top5ErrorPercent())
                .setScores(new Score(Measure.ERROR_PERCENT, finished.chosen().errorPercent()).told())
                .setCurve(Curves.ofImages(finished.curve()))
                .setParameters(cost.parameters())
                .setMultiplyAdds(cost.multiplyAdds())
                .setCorruptImages(corrupt.count());
        var network = ImageNetworks.facts(config, job.getDataset());
        return new Trained<>(result, TrainedWeights.of(CellJob.of(job), finished.weights(), network));
    }
}
