package io.dartboard.pipeline.score;

import io.dartboard.events.Measure;

/** What a {@link Measure} means: how it is called, counted and compared. Lower is better on every scale. */
public enum Scale {
    /** The share of images that are classified wrongly. */
    ERROR("error", " %", " points"),
    /** exp of the mean loss per word in nats. */
    PERPLEXITY("perplexity", "", "");

    private final String title;
    private final String unit;
    private final String difference;

    Scale(String title, String unit, String difference) {
        this.title = title;
        this.unit = unit;
        this.difference = difference;
    }

    /**
     * The scale of a measure.
     *
     * @throws IllegalArgumentException if the measure is of a later version
     */
    public static Scale of(Measure measure) {
        return switch (measure) {
            case ERROR_PERCENT -> ERROR;
            case PERPLEXITY -> PERPLEXITY;
            case UNKNOWN ->
                throw new IllegalArgumentException(
                        "the measure of a score is unknown to this version; bring this service up to the version that told it");
        };
    }

    /** As {@link #of}, for showing: what a later version measures is shown as an error, which its fields are then 0 of. */
    public static Scale shown(Measure measure) {
        return measure == Measure.UNKNOWN ? ERROR : of(measure);
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** The unit of a value, as it is written behind it. */
    public String unit() {
        return unit;
    }

    /** The unit of a difference, likewise. */
    public String difference() {
        return difference;
    }

    /** The perplexity of a mean loss in nats, where this is the scale; else 0, as events tell what does not count. */
    public double perplexity(double loss) {
        return this == PERPLEXITY ? StrictMath.exp(loss) : 0;
    }

    /** That of two fields which is on this scale: contracts before release 0.5.0 had one for each measure. */
    <T> T pick(T error, T perplexity) {
        return this == ERROR ? error : perplexity;
    }
}
