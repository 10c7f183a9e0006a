package io.dartboard.nas.search;

/** The search left the finite numbers; repeating it with the same settings would do so again. */
public final class SearchDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SearchDivergedException(int epoch, double loss) {
        super("the training loss of epoch %d is not finite (%s): lower learningRate or gradientClip, or look for images"
                        .formatted(epoch, loss)
                + " that are not finite");
    }
}
