package io.dartboard.pipeline.job;

import io.dartboard.events.Measure;

/**
 * How fast a job goes through what it trains on; 0 for what it does not train on.
 *
 * @param imagesPerSecond images per second through the training step
 * @param tokensPerSecond words per second through it
 */
public record Throughput(double imagesPerSecond, double tokensPerSecond) {

    /**
     * Of a job that is judged by a measure: by perplexity it trains on words, else on images.
     *
     * @param perSecond examples per second
     */
    public static Throughput of(Measure measure, double perSecond) {
        return measure == Measure.PERPLEXITY ? new Throughput(0, perSecond) : new Throughput(perSecond, 0);
    }
}
