package io.dartboard.nas.text.search;

/**
 * What the authors' recurrent code does otherwise than its paper says. Each can be had back, to repeat their numbers.
 *
 * @param embeddingStays the virtual step leaves the embedding where it is: it is the decoder's matrix too, and the authors
 *     restore it from there with its old value
 * @param coefficientUnbounded the implicit term is multiplied by {@code clip / norm} even where the gradient is smaller
 *     than the clip and nothing is clipped
 * @param masksDiffer each pass draws dropout masks of its own, so that the finite difference compares two networks
 */
public record PublishedDefects(boolean embeddingStays, boolean coefficientUnbounded, boolean masksDiffer) {
    /** As the paper says. */
    public static final PublishedDefects NONE = new PublishedDefects(false, false, false);

    /** As the authors' code does. */
    public static final PublishedDefects ALL = new PublishedDefects(true, true, true);
}
