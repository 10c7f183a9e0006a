package io.dartboard.nas.text.train;

import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;

/**
 * How a recurrent genotype is retrained (DARTS, arXiv 1806.09055, section 3.2 and appendix A.2.2).
 *
 * @param width of embedding and hidden state
 * @param epochs most passes over the training text
 * @param batchSize columns in which the training text is read
 * @param bptt steps in time of a window, before its length is drawn around that
 * @param learningRate of a window of the whole length
 * @param weightDecay L2 decay, added to the gradient
 * @param gradientClip the largest L2 norm of the gradient over all weights
 * @param dropouts in training
 * @param penalties on the cell's outputs
 * @param patience epochs whose validation loss does not count yet when it is asked whether averaging should begin
 */
public record RecurrentTrainConfig(
        int width,
        int epochs,
        int batchSize,
        int bptt,
        double learningRate,
        double weightDecay,
        double gradientClip,
        Dropouts dropouts,
        LanguageLoss penalties,
        int patience) {

    /** The seed of the authors' training on Penn Treebank. */
    public static final long PAPER_PTB_SEED = 1267;

    public RecurrentTrainConfig {
        Checks.all(
                () -> Checks.atLeast("width", width, 1, "so that there is a state"),
                () -> Checks.atLeast("epochs", epochs, 1, "so that there is something to train"),
                () -> Checks.atLeast("batchSize", batchSize, 1, "so that a text is read"),
                () -> Checks.atLeast("bptt", bptt, 2, "so that half of it is a step in time"),
                () -> Checks.positive("learningRate", learningRate),
                () -> Checks.notNegative("weightDecay", weightDecay),
                () -> Checks.positive("gradientClip", gradientClip),
                () -> Checks.atLeast("patience", patience, 1, "so that averaging does not begin at once"));
    }

    /** The full training on Penn Treebank, of the paper's length; the authors' code stops after 8000 epochs at the latest. */
    public static RecurrentTrainConfig paperPtb() {
        return penn(1600);
    }

    /** The brief training that chooses among the cells of several searches: as the full one, for 300 epochs. */
    public static RecurrentTrainConfig paperPtbSelection() {
        return penn(300);
    }

    private static RecurrentTrainConfig penn(int epochs) {
        Dropouts dropouts = new Dropouts(0.1, 0.2, 0.75, 0.25, 0.75);
        return new RecurrentTrainConfig(850, epochs, 64, 35, 20, 8e-7, 0.25, dropouts, new LanguageLoss(0, 1e-3), 5);
    }

    /** The training on WikiText-2 of a cell that was found on Penn Treebank; what it does not name is as there. */
    public static RecurrentTrainConfig paperWikiText2() {
        Dropouts dropouts = new Dropouts(0.1, 0.2, 0.75, 0.15, 0.75);
        return new RecurrentTrainConfig(700, 1600, 64, 35, 20, 5e-7, 0.25, dropouts, new LanguageLoss(0, 1e-3), 5);
    }
}
