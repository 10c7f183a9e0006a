package io.dartboard.eval;

/**
 * How a training that is under way stands. Lower is better ({@link LearningCurve}).
 *
 * @param job which it is
 * @param epoch that was judged last, from 1
 * @param score after that epoch
 * @param better of that and the one judged before, so that an epoch that is bad by chance stops nothing
 * @param gained by how much it has come down in an epoch between them; 0 where it has not
 * @param isDue false if it is not to be looked at, and only others are held against it
 */
record Standing(String job, int epoch, double score, double better, double gained, boolean isDue) {
    /**
     * After two epochs that were judged.
     *
     * @param epochBefore the earlier, which need not be the one just before
     */
    static Standing of(String job, int epochBefore, double before, int epoch, double score, boolean isDue) {
        return new Standing(
                job,
                epoch,
                score,
                Math.min(before, score),
                Math.max(0, (before - score) / (epoch - epochBefore)),
                isDue);
    }
}
