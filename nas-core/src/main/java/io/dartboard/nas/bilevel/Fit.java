package io.dartboard.nas.bilevel;

import java.util.OptionalDouble;

/**
 * How well a supernet does on one half of the data.
 *
 * @param loss mean cross entropy of an image or a word, in nats
 * @param accuracy share of images classified right, in [0, 1]; empty for a text
 */
public record Fit(double loss, OptionalDouble accuracy) {
    /** Perplexity, which is the exponential of the loss. */
    public double perplexity() {
        return StrictMath.exp(loss);
    }
}
