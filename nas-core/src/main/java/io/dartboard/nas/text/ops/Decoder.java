package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;

/** What tells the next word by what a cell puts out. */
public interface Decoder {
    /**
     * The logits of all words.
     *
     * @param rows (N, n)
     * @return (N, V)
     */
    NDArray logits(NDArray rows);

    /**
     * Mean negative log-likelihood of words, in nats; a single number.
     *
     * @param rows (N, n)
     * @param words (N), 64-bit integers
     */
    NDArray likelihood(NDArray rows, NDArray words);
}
