package io.dartboard.nas.image.train;

/**
 * Loss and accuracies over held-out images, summed in double precision. A label's rank is the number of classes with a
 * larger logit, or an equal one and a lower index; a label whose logit is not a number has the last rank.
 */
public final class HeldOutScore {

    private static final int TOP = 5;

    private double loss;
    private long first;
    private long amongTop;
    private long images;

    /**
     * Adds a batch.
     *
     * @param logits (N, classes) row-major
     * @param labels (N)
     */
    public void add(float[] logits, long[] labels) {
        int classes = logits.length / labels.length;
        for (int n = 0; n < labels.length; n++) {
            int from = n * classes;
            int label = from + (int) labels[n];
            double largest = Double.NEGATIVE_INFINITY;
            int rank = Float.isNaN(logits[label]) ? classes : 0;
            for (int k = from; k < from + classes; k++) {
                largest = Math.max(largest, logits[k]);
                if (logits[k] > logits[label] || (logits[k] == logits[label] && k < label)) {
                    rank++;
                }
            }
            double sum = 0;
            for (int k = from; k < from + classes; k++) {
                sum += StrictMath.exp(logits[k] - largest);
            }
            loss += largest + StrictMath.log(sum) - logits[label];
            first += rank == 0 ? 1 : 0;
            amongTop += rank < TOP ? 1 : 0;
            images++;
        }
    }

    /** Mean cross entropy in nats. */
    public double loss() {
        return loss / images;
    }

    /** The share of images whose label came first. */
    public double accuracy() {
        return (double) first / images;
    }

    /** The share of images whose label came among the first five. */
    public double top5() {
        return (double) amongTop / images;
    }
}
