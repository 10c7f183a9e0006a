package io.dartboard.nas.guard;

import java.util.List;

/**
 * From when on the signs of a search count. Before, its weights have hardly been trained and its alphas lie near their start:
 * operations without weights are ahead because they need no training, the cell that is derived is little more than a draw, and
 * the curvature of the loss rises because the network learns.
 *
 * <p>Weights are trained by steps, not by epochs: RobustDARTS (arXiv 1909.09656), in the authors' code, accepts no cell of
 * before epoch 10 of 50, which are 390 steps each.
 *
 * @param epoch the first at which they may count, from 1
 * @param steps of the weights that must be done, too
 * @param latest at this epoch they count though there be fewer steps
 */
public record Onset(int epoch, long steps, int latest) {
    private static final int EARLIEST = 5;
    private static final int SHARE = 5;

    /** A fifth of the shortest published search: PC-DARTS (arXiv 1907.05737) has 50 epochs of 97 steps. */
    private static final long TRAINED = 1000;

    public Onset {
        if (epoch < 1) {
            throw new IllegalArgumentException("from must be at least 1, the first epoch (was %d)".formatted(epoch));
        }
    }

    /** From an epoch on, whatever the steps. */
    static Onset at(int epoch) {
        return new Onset(epoch, 0, Integer.MAX_VALUE);
    }

    /** From a fifth of a search's epochs on, and not before the fifth. */
    static Onset published(int epochs) {
        return at(Math.max(EARLIEST, (epochs + SHARE - 1) / SHARE));
    }

    /** The same, and not before the weights are trained; a search that has not so many steps is judged by its last epoch. */
    static Onset trained(int epochs) {
        return new Onset(published(epochs).epoch(), TRAINED, Math.max(1, epochs - 1));
    }

    /** Whether the signs of an epoch count. */
    boolean counts(Signs signs) {
        return signs.epoch() >= epoch && (signs.steps() >= steps || signs.epoch() >= latest);
    }

    /** Whether those of an epoch do of which the number alone is known; one that is not there counts like the next. */
    boolean counts(List<Signs> history, int number) {
        return history.stream()
                .filter(signs -> signs.epoch() >= number)
                .findFirst()
                .filter(signs -> number >= epoch && counts(signs))
                .isPresent();
    }
}
