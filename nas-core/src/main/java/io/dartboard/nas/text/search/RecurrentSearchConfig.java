package io.dartboard.nas.text.search;

import io.dartboard.nas.bilevel.SearchOptimisers;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;

/**
 * Everything that the search for a recurrent cell is told besides its text, method and seed.
 *
 * @param width of embedding and hidden state
 * @param epochs passes over the training text
 * @param batchSize columns in which both texts are read
 * @param bptt steps in time of a window
 * @param learningRate of the weights, in a window of the whole length
 * @param weightDecay of the weights
 * @param gradientClip largest L2 norm of the weight gradient
 * @param dropouts in training
 * @param penalties on the cell's outputs, in the weight steps
 * @param alphas optimiser of the alphas
 */
public record RecurrentSearchConfig(
        int width,
        int epochs,
        int batchSize,
        int bptt,
        double learningRate,
        double weightDecay,
        double gradientClip,
        Dropouts dropouts,
        LanguageLoss penalties,
        AdamSettings alphas) {

    /** The seed of the authors' search on Penn Treebank. */
    public static final long PAPER_PTB_SEED = 3;

    public RecurrentSearchConfig {
        Checks.all(
                () -> Checks.atLeast("width", width, 1, "so that there is a state"),
                () -> Checks.atLeast("epochs", epochs, 1, "so that there is something to search"),
                () -> Checks.atLeast("batchSize", batchSize, 2, "so that batch statistics exist"),
                () -> Checks.atLeast("bptt", bptt, 2, "so that half of it is a step in time"),
                () -> Checks.positive("learningRate", learningRate),
                () -> Checks.notNegative("weightDecay", weightDecay),
                () -> Checks.positive("gradientClip", gradientClip));
    }

    /** The search of DARTS (arXiv 1806.09055), section 3.1, as the authors' code runs it on Penn Treebank. */
    public static RecurrentSearchConfig paperPtb() {
        return new RecurrentSearchConfig(
                300,
                50,
                256,
                35,
                20,
                5e-7,
                0.25,
                new Dropouts(0, 0.2, 0.75, 0.25, 0.75),
                new LanguageLoss(0, 1e-3),
                new AdamSettings(3e-3, 0.9, 0.999, 1e-3));
    }

    /** How weights and alphas are stepped; the step that a hypergradient looks at is clipped like every other. */
    public SearchOptimisers optimisers() {
        return new SearchOptimisers(0, weightDecay, gradientClip, true, alphas);
    }
}
