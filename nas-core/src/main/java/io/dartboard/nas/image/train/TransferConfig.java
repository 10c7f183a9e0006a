package io.dartboard.nas.image.train;

import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.optim.StepSchedule;
import io.dartboard.nas.optim.WarmUp;
import io.dartboard.nas.provenance.Formerly;
import io.dartboard.nas.provenance.LaterSetting;
import io.dartboard.nas.setting.Checks;

/**
 * How a genotype is trained on a larger task (DARTS, section 3.3 and supplement A.3).
 *
 * @param channels channels of a node in the first cell
 * @param cells the number of cells
 * @param epochs passes over the training images
 * @param batchSize images of a step
 * @param learningRate the learning rate of the first epoch
 * @param learningRateDecay the factor on the learning rate after each epoch
 * @param momentum momentum of SGD
 * @param weightDecay L2 decay, added to the gradient
 * @param gradientClip the largest L2 norm of the gradient over all weights
 * @param auxiliaryWeight the weight of the auxiliary head's loss; 0 leaves the head out, as networks of 3 cells must
 * @param dropPath where the probability of drop path would arrive after the last epoch, growing linearly from 0
 * @param labelSmoothing the share of the target that is spread evenly over all classes
 * @param resolution the side of the square that the network sees in pixels, a multiple of 32; the auxiliary head
 *     needs 224 or 256
 * @param learningRateWarmup epochs over which the learning rate rises to that of the schedule; 0 for none
 */
public record TransferConfig(
        int channels,
        int cells,
        int epochs,
        int batchSize,
        double learningRate,
        double learningRateDecay,
        double momentum,
        double weightDecay,
        @Formerly("clip") double gradientClip,
        double auxiliaryWeight,
        @Formerly("dropPathProbability") double dropPath,
        double labelSmoothing,
        int resolution,
        @LaterSetting(neutral = "0") int learningRateWarmup) {

    public TransferConfig {
        Checks.all(
                () -> Checks.atLeast("cells", cells, 3, "so that two reductions fit between normal cells"),
                () -> Checks.even("channels", channels, "because the stem starts with half of them"),
                () -> Checks.atLeast("epochs", epochs, 1, "so that there is something to train"),
                () -> Checks.atLeast("batchSize", batchSize, 2, "so that batch statistics exist"),
                () -> Checks.positive("learningRate", learningRate),
                () -> Checks.positive("learningRateDecay", learningRateDecay),
                () -> Checks.share("momentum", momentum),
                () -> Checks.notNegative("weightDecay", weightDecay),
                () -> Checks.positive("gradientClip", gradientClip),
                () -> Checks.notNegative("auxiliaryWeight", auxiliaryWeight),
                () -> Checks.share("dropPath", dropPath),
                () -> Checks.share("labelSmoothing", labelSmoothing));
        if (learningRateDecay > 1) {
            throw new IllegalArgumentException(
                    "learningRateDecay must not exceed 1, or the learning rate would grow (was " + learningRateDecay
                            + ")");
        }
        Checks.auxiliaryHead(cells, auxiliaryWeight);
        WarmUp.require("learningRateWarmup", learningRateWarmup, epochs);
        Stem.IMAGENET.require(resolution, auxiliaryWeight > 0);
    }

    /** What the training loop needs to know of it. */
    TrainingPlan plan() {
        return new TrainingPlan(
                epochs,
                batchSize,
                WarmUp.of(learningRateWarmup, new StepSchedule(learningRate, learningRateDecay)),
                momentum,
                weightDecay,
                gradientClip,
                auxiliaryWeight,
                dropPath,
                labelSmoothing);
    }

    /** The training of the paper: 14 cells, 48 channels, 250 epochs at 224 pixels. */
    public static TransferConfig paperImageNet() {
        return new TransferConfig(48, 14, 250, 128, 0.1, 0.97, 0.9, 3e-5, 5, 0.4, 0, 0.1, 224, 0);
    }
}
