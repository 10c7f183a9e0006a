package io.dartboard.pipeline.view;

/**
 * How far one stage of a run is.
 *
 * @param stage search, selection, evaluation or transfer
 * @param done jobs that have ended with a result
 * @param total jobs that the stage will have, as far as is known
 * @param fraction share of the stage's work done, 0 to 1; running jobs count with their own share
 * @param deviceSeconds seconds of device time spent so far, interrupted and lost work included
 */
public record StageView(String stage, int done, int total, double fraction, double deviceSeconds) {

    /** The stages in the order of the pipeline, by name. */
    public static final String SEARCH = "search";

    /** The brief retraining that chooses among the searches' cells. */
    public static final String SELECTION = "selection";

    /** The full retraining of the chosen cell and of the random cell. */
    public static final String EVALUATION = "evaluation";

    /** The larger task. */
    public static final String TRANSFER = "transfer";

    /** True once every job of the stage has ended. */
    public boolean complete() {
        return total > 0 && done >= total;
    }
}
