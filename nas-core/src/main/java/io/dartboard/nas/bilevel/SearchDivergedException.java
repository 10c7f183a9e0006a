package io.dartboard.nas.bilevel;

/** The search left the finite numbers; repeating it with the same settings would do so again. */
public final class SearchDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SearchDivergedException(int epoch, int step, double loss) {
        super(
                "the search is no longer finite at epoch %d, step %d (training loss %s): lower learningRate or gradientClip,"
                                .formatted(epoch, step, loss)
                        + " or look for data that is not finite");
    }
}
