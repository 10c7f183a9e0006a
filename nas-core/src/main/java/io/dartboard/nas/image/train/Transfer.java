package io.dartboard.nas.image.train;

import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.data.CorruptImages;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingLoop;

/** Training of a genotype on photographs: the ImageNet network and a learning rate that decays by a factor each epoch. */
public final class Transfer {

    private Transfer() {}

    /** Prepares the transfer of a genotype; nobody is told of photographs that cannot be used. */
    public static TrainingLoop<EpochReport> of(
            ConvolutionalArchitecture genotype,
            TransferConfig config,
            ImageFolder folder,
            int images,
            long seed,
            Compute compute) {
        return of(genotype, config, folder, images, folder.corruptToldTo(file -> {}), seed, compute);
    }

    /**
     * Prepares the transfer of a genotype.
     *
     * @param folder the photographs
     * @param images the number of training photographs to use, or {@link TrainingImages#ALL}
     * @param corrupt where the photographs are noted that cannot be used
     */
    public static TrainingLoop<EpochReport> of(
            ConvolutionalArchitecture genotype,
            TransferConfig config,
            ImageFolder folder,
            int images,
            CorruptImages corrupt,
            long seed,
            Compute compute) {
        TrainingImages used = TrainingImages.transfer(folder, images, config.resolution(), corrupt);
        DiscreteNetwork network = DiscreteNetwork.of(
                Stem.IMAGENET,
                genotype,
                new NetworkShape(config.channels(), config.cells(), used.train().classes()),
                config.resolution(),
                config.auxiliaryWeight() > 0);
        return ImageTraining.loop(
                network,
                config.plan(),
                used,
                new TrainingIdentity(genotype.toString(), config, "transfer", folder.digest()),
                seed,
                compute);
    }
}
