package io.dartboard.nas.image.train;

import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.optim.WarmUp;
import io.dartboard.nas.provenance.Formerly;
import io.dartboard.nas.provenance.LaterSetting;
import io.dartboard.nas.setting.Checks;

/**
 * How a genotype is retrained on CIFAR (DARTS, section 3.2 and supplement A.2).
 *
 * @param channels channels of a node in the first cell
 * @param cells the number of cells
 * @param epochs passes over the training images
 * @param batchSize images of a step
 * @param learningRate the initial learning rate of SGD
 * @param learningRateMin where the cosine schedule would end after the last epoch
 * @param momentum momentum of SGD
 * @param weightDecay L2 decay, added to the gradient
 * @param gradientClip the largest L2 norm of the gradient over all weights
 * @param auxiliaryWeight the weight of the auxiliary head's loss; 0 leaves the head out, as networks of 3 cells must
 * @param dropPath where the probability of drop path would arrive after the last epoch, growing linearly from 0
 * @param cutout the side of the square that cutout erases in pixels; 0 erases nothing
 * @param labelSmoothing the share of the target that is spread evenly over all classes
 * @param learningRateWarmup epochs over which the learning rate rises to that of the schedule; 0 for none
 */
public record RetrainConfig(
        int channels,
        int cells,
        int epochs,
        int batchSize,
        double learningRate,
        double learningRateMin,
        double momentum,
        double weightDecay,
        @Formerly("clip") double gradientClip,
        double auxiliaryWeight,
        @Formerly("dropPathProbability") double dropPath,
        @Formerly("cutoutLength") int cutout,
        double labelSmoothing,
        @LaterSetting(neutral = "0") int learningRateWarmup) {

    private static final double UNREACHED_CLIP = 1e6;

    public RetrainConfig {
        Checks.all(
                () -> Checks.atLeast("cells", cells, 1, "so that there is a network"),
                () -> Checks.even("channels", channels, "because a factorized reduce makes two halves"),
                () -> Checks.atLeast("epochs", epochs, 1, "so that there is something to train"),
                () -> Checks.atLeast("batchSize", batchSize, 2, "so that batch statistics exist"),
                () -> Checks.cosine(learningRate, learningRateMin),
                () -> Checks.share("momentum", momentum),
                () -> Checks.notNegative("weightDecay", weightDecay),
                () -> Checks.positive("gradientClip", gradientClip),
                () -> Checks.notNegative("auxiliaryWeight", auxiliaryWeight),
                () -> Checks.share("dropPath", dropPath),
                () -> Checks.atLeast("cutout", cutout, 0, "(0 erases nothing)"),
                () -> Checks.share("labelSmoothing", labelSmoothing));
        Checks.auxiliaryHead(cells, auxiliaryWeight);
        WarmUp.require("learningRateWarmup", learningRateWarmup, epochs);
    }

    /** What the training loop needs to know of it. */
    public TrainingPlan plan() {
        return new TrainingPlan(
                epochs,
                batchSize,
                WarmUp.of(learningRateWarmup, new CosineSchedule(learningRate, learningRateMin, epochs)),
                momentum,
                weightDecay,
                gradientClip,
                auxiliaryWeight,
                dropPath,
                labelSmoothing);
    }

    /** The full training of the paper: 20 cells, 36 channels, 600 epochs. */
    public static RetrainConfig paperCifar10() {
        return new RetrainConfig(36, 20, 600, 96, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.2, 16, 0, 0);
    }

    /**
     * The training of NAS-Bench-201 (arXiv 2001.00326), section 2.2, but for Nesterov's momentum: 5 cells in each of three
     * stages, 16 channels. Its authors clip nothing, and no gradient reaches this clip.
     *
     * @param epochs 200, or 12 of their brief one
     */
    public static RetrainConfig nasBench201(int epochs) {
        return new RetrainConfig(16, 17, epochs, 256, 0.1, 0, 0.9, 5e-4, UNREACHED_CLIP, 0, 0, 0, 0, 0);
    }

    /**
     * The training of DARTOpti (in the authors' code of D-DARTS, arXiv 2108.09306) on CIFAR-10, without their augmentation of
     * colours and shapes.
     *
     * @param cells of the network that the search began with
     * @param epochs 600
     * @param auxiliaryWeight 0.4; 0 of networks that reduce too often for an auxiliary head
     */
    public static RetrainConfig dartoptiCifar10(int cells, int epochs, double auxiliaryWeight) {
        return new RetrainConfig(64, cells, epochs, 128, 0.025, 0, 0.9, 3e-4, 5, auxiliaryWeight, 0.2, 16, 0, 0);
    }

    /** The brief training that chooses among the cells of several searches: as the full one, for 100 epochs. */
    public static RetrainConfig paperSelection() {
        return new RetrainConfig(36, 20, 100, 96, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.2, 16, 0, 0);
    }
}
