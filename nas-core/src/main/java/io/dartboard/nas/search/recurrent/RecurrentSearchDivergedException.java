package io.dartboard.nas.search.recurrent;

/** The search left the finite numbers; repeating it with the same settings would do so again. */
public final class RecurrentSearchDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecurrentSearchDivergedException(int epoch, int step, double loss) {
        super("the training loss of epoch %d, step %d is not finite (%s): lower learningRate or gradientClip"
                .formatted(epoch, step, loss));
    }
}
