package io.dartboard.nas.image.search;

import io.dartboard.nas.bilevel.ProjectionPlan;
import io.dartboard.nas.bilevel.SearchOptimisers;
import io.dartboard.nas.bilevel.Stages;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.optim.CosineSchedule;
import io.dartboard.nas.optim.InTurn;
import io.dartboard.nas.optim.Schedule;
import io.dartboard.nas.optim.WarmUp;
import io.dartboard.nas.provenance.LaterSetting;
import io.dartboard.nas.searchspace.ConvolutionalSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.setting.Checks;

/**
 * Everything a search is told besides its data, method and seed.
 *
 * @param channels channels of a node in the first cell
 * @param cells cells of the supernet; of a search in stages that of the first
 * @param epochs passes over the training half
 * @param batchSize images of a training and of a validation batch
 * @param trainPortion share of the training set that trains the weights; the rest trains the alphas
 * @param learningRate of the weights in the first epoch
 * @param learningRateMin of the weights, reached by a cosine after the last epoch
 * @param momentum of the weights' SGD
 * @param weightDecay of the weights
 * @param gradientClip largest L2 norm of the weight gradient
 * @param alphas optimiser of the alphas
 * @param cutout side of the square that augmentation blanks in pixels; 0 for none
 * @param learningRateWarmup epochs over which the learning rate rises to that of the schedule; 0 for none
 */
public record SearchConfig(
        int channels,
        int cells,
        int epochs,
        int batchSize,
        double trainPortion,
        double learningRate,
        double learningRateMin,
        double momentum,
        double weightDecay,
        double gradientClip,
        AdamSettings alphas,
        int cutout,
        @LaterSetting(neutral = "0") int learningRateWarmup) {

    public SearchConfig {
        Checks.all(
                () -> Checks.atLeast("cells", cells, 1, "so that there is a network"),
                () -> Checks.even("channels", channels, "because a factorized reduce makes two halves"),
                () -> Checks.atLeast("epochs", epochs, 1, "so that there is something to search"),
                () -> Checks.atLeast("batchSize", batchSize, 2, "so that batch statistics exist"),
                () -> requirePortion(trainPortion),
                () -> Checks.cosine(learningRate, learningRateMin),
                () -> Checks.share("momentum", momentum),
                () -> Checks.notNegative("weightDecay", weightDecay),
                () -> Checks.positive("gradientClip", gradientClip),
                () -> Checks.atLeast("cutout", cutout, 0, "(0 erases nothing)"));
        WarmUp.require("learningRateWarmup", learningRateWarmup, epochs);
    }

    /** The search of DARTS (arXiv 1806.09055), section 3.1, as the authors' code runs it on CIFAR-10. */
    public static SearchConfig paperCifar10() {
        return new SearchConfig(
                16, 8, 50, 64, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
    }

    /** The search of FairDARTS (arXiv 1911.12126) on CIFAR-10, as the authors' code runs it. */
    public static SearchConfig fairDartsCifar10() {
        return new SearchConfig(
                16, 8, 50, 128, 0.5, 0.005, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-3, 0.9, 0.999, 1e-3), 0, 0);
    }

    /** The search of D-DARTS (arXiv 2108.09306) on CIFAR-10, as the authors' code recommends it. */
    public static SearchConfig dDartsCifar10() {
        return new SearchConfig(
                16, 8, 50, 96, 0.5, 0.005, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-3, 0.9, 0.999, 1e-3), 0, 0);
    }

    /**
     * The search of DARTOpti (in the authors' code of D-DARTS, arXiv 2108.09306) on CIFAR-10: that of D-DARTS, and before it five
     * epochs of the weights alone.
     *
     * @param cells of the network that it begins with
     */
    public static SearchConfig dartoptiCifar10(int cells) {
        return new SearchConfig(
                16, cells, 55, 96, 0.5, 0.005, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-3, 0.9, 0.999, 1e-3), 0, 0);
    }

    /** The search of PC-DARTS (arXiv 1907.05737), section 4.2, as the authors' code runs it on CIFAR-10. */
    public static SearchConfig pcDartsCifar10() {
        return new SearchConfig(
                16, 8, 50, 256, 0.5, 0.1, 0, 0.9, 3e-4, 5, new AdamSettings(6e-4, 0.5, 0.999, 1e-3), 0, 0);
    }

    /** {@link #paperCifar10} with the alphas' optimiser of DrNAS (arXiv 2006.10355), as the authors' code has it. */
    public static SearchConfig drnasCifar10() {
        return new SearchConfig(
                16, 8, 50, 64, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(6e-4, 0.5, 0.999, 0), 0, 0);
    }

    /**
     * {@link #paperCifar10}, and after it the selection of DARTS-PT (arXiv 2108.04392), as the authors' code runs it: 80 epochs
     * between 17 decisions.
     */
    public static SearchConfig dartsPtCifar10() {
        return new SearchConfig(
                16, 8, 130, 64, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
    }

    /** {@link #nasBench201Cifar10} for 100 epochs, as DARTS-PT's authors have it, and 25 between its six decisions. */
    public static SearchConfig dartsPtNasBench201() {
        return new SearchConfig(
                16, 17, 125, 64, 0.5, 0.025, 0.001, 0.9, 5e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
    }

    /**
     * The search of P-DARTS (arXiv 1904.12760), as the authors' code runs it on CIFAR-10: three stages of 25 epochs, of
     * which the first has 5 cells.
     */
    public static SearchConfig pDartsCifar10() {
        return new SearchConfig(
                16, 5, 75, 96, 0.5, 0.025, 0, 0.9, 3e-4, 5, new AdamSettings(6e-4, 0.5, 0.999, 1e-3), 0, 0);
    }

    /** The search of DARTS in NAS-Bench-201 (arXiv 2001.00326) on CIFAR-10, as the authors' code runs it, without Nesterov. */
    public static SearchConfig nasBench201Cifar10() {
        return new SearchConfig(
                16, 17, 50, 64, 0.5, 0.025, 0.001, 0.9, 5e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
    }

    /** The supernet's size in a space, for a number of classes; see {@link ConvolutionalSpace#shape}. */
    public NetworkShape shape(ConvolutionalSpace space, int classes) {
        return space.shape(channels, cells, classes);
    }

    /**
     * Refuses numbers of cells of which there is no network in a space.
     *
     * @throws IllegalArgumentException with one line that says which there are, and in which stage there would be another
     */
    public void requireCells(ConvolutionalSpace space, Stages stages) {
        space.requireCells(cells);
        for (int stage = 1; stage < stages.count(); stage++) {
            int deeper = stages.cells(stage, cells);
            try {
                space.requireCells(deeper);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the supernet of stage %d would have %d cells: %s".formatted(stage + 1, deeper, e.getMessage()),
                        e);
            }
        }
    }

    /**
     * The weights' learning rate by epoch. Where the supernet is tuned between decisions it begins again with less, as in the
     * authors' code of DARTS-PT (arXiv 2108.04392).
     */
    public Schedule schedule(ProjectionPlan plan) {
        Schedule searching =
                WarmUp.of(learningRateWarmup, new CosineSchedule(learningRate, learningRateMin, plan.searching()));
        double tuned = Math.max(learningRate / ProjectionPlan.TUNING_DIVISOR, learningRateMin);
        return plan.tuning() == 0
                ? searching
                : new InTurn(searching, plan.searching(), new CosineSchedule(tuned, learningRateMin, plan.tuning()));
    }

    /** How weights and alphas are stepped; the step that a hypergradient looks at is not clipped in the authors' code. */
    public SearchOptimisers optimisers() {
        return new SearchOptimisers(momentum, weightDecay, gradientClip, false, alphas);
    }

    private static void requirePortion(double trainPortion) {
        if (!(trainPortion > 0 && trainPortion < 1)) {
            throw new IllegalArgumentException(
                    "trainPortion must lie strictly between 0 and 1, so that weights and alphas both have images (was %s)"
                            .formatted(trainPortion));
        }
    }
}
