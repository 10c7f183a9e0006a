package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Functional;

/** A matrix product, the softmax of all words, and the logarithm of the one that follows. */
record PlainDecoder(NDArray table, NDArray bias) implements Decoder {
    @Override
    public NDArray logits(NDArray rows) {
        return rows.matMul(table.transpose()).add(bias);
    }

    @Override
    public NDArray likelihood(NDArray rows, NDArray words) {
        return Functional.crossEntropy(logits(rows), words);
    }
}
