package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;
import java.util.stream.LongStream;

/**
 * A linear layer whose matrix is the embedding, and a softmax. Logits are the largest array of a language model, many times
 * as large as all that a cell keeps, so the likelihood makes them for some rows at a time. For a logit {@code z_v} of row
 * {@code x} and embedding {@code e_v}, with the word {@code w} that follows, it is
 *
 * <pre>
 * -log p_w                with the gradients    (sum_v p_v e_v) - e_w    of x,    (p_v - [v = w]) x    of e_v
 * </pre>
 *
 * <p>so nothing has to be kept of the logits but the two sums over {@code p}, which are as large as rows and embedding.
 */
final class TiedDecoder implements Decoder {
    // 16 MiB in single precision: some rows and what is made of them stay in the last-level cache.
    private static final long PART = 1 << 22;

    private final NDArray table; // (V, n)
    private final NDArray bias; // (V)
    private final boolean trained;
    private final long part;

    /**
     * A decoder of one pass.
     *
     * @param trained whether the pass is differentiated with respect to table and bias
     */
    TiedDecoder(NDArray table, NDArray bias, boolean trained) {
        this(table, bias, trained, PART);
    }

    /** With at most so many logits at a time, though never fewer than those of one row. */
    TiedDecoder(NDArray table, NDArray bias, boolean trained, long part) {
        this.table = table;
        this.bias = bias;
        this.trained = trained;
        this.part = part;
    }

    @Override
    public NDArray logits(NDArray rows) {
        return Functional.linear(rows, table, bias);
    }

    @Override
    public NDArray likelihood(NDArray rows, NDArray words) {
        NDManager scope = rows.getManager();
        // A divisor, for a fraction would be rounded to single precision.
        NDArray count = Scalars.of(scope, words.size(), rows.getDataType());
        try (NDManager inner = scope.newSubManager()) {
            boolean differentiated = Autograd.isRecording();
            Expected expected = expected(inner, rows, words, differentiated);
            NDArray likelihood = Torch.into(scope, expected.surprise).div(count);
            return differentiated ? likelihood.add(slope(rows, words, expected, count)) : likelihood;
        }
    }

    /** Zero, with the likelihood's gradient. */
    private NDArray slope(NDArray rows, NDArray words, Expected expected, NDArray count) {
        NDManager scope = rows.getManager();
        NDArray toRows = Torch.into(scope, NDArrays.concat(expected.embeddings, 0));
        NDArray linear =
                rows.mul(toRows.sub(Functional.embedding(words, table))).sum();
        if (trained) {
            NDArray toTable = Torch.into(scope, expected.rows.get(0)).transpose();
            NDArray toBias = Torch.into(scope, expected.counts.get(0));
            linear = linear.add(table.mul(toTable).sum())
                    .add(bias.mul(toBias).sum())
                    .sub(bias.gather(words, 0).sum());
        }
        NDArray slope = linear.div(count);
        return slope.sub(slope.stopGradient());
    }

    /** Sums over the words' probabilities, without a graph. */
    private static final class Expected {
        private final NDArray surprise; // of the words that follow
        private final NDList embeddings = new NDList(); // of the words, by row: parts of (N, n)
        private final NDList rows = new NDList(); // at a word: one (n, V), if it is wanted
        private final NDList counts = new NDList(); // of a word: one (V), if it is wanted

        Expected(NDArray zero) {
            surprise = zero;
        }
    }

    private Expected expected(NDManager inner, NDArray rows, NDArray words, boolean differentiated) {
        try (Autograd.Mode paused = Autograd.paused()) {
            Expected expected = new Expected(Scalars.of(inner, 0, rows.getDataType()));
            long[] cuts = cuts(rows.getShape().get(0));
            NDList rowParts = parts(Autograd.constant(inner, rows), cuts);
            NDList wordParts = parts(Autograd.constant(inner, words), cuts);
            for (int i = 0; i < rowParts.size(); i++) {
                try (NDManager scope = inner.newSubManager()) {
                    add(expected, Torch.into(scope, rowParts.get(i)), wordParts.get(i), differentiated);
                }
            }
            return expected;
        }
    }

    private long[] cuts(long rows) {
        long each = Math.max(1, part / bias.size());
        return LongStream.range(1, (rows + each - 1) / each).map(i -> i * each).toArray();
    }

    private static NDList parts(NDArray whole, long[] cuts) {
        return cuts.length == 0 ? new NDList(whole) : whole.split(cuts);
    }

    private void add(Expected expected, NDArray rows, NDArray words, boolean differentiated) {
        NDManager inner = expected.surprise.getManager();
        NDArray log = Torch.consume(logits(rows), logits -> logits.logSoftmax(1));
        expected.surprise.subi(log.gather(words.expandDims(1), 1).sum());
        if (!differentiated) {
            return;
        }
        NDArray probabilities = Torch.consume(log, NDArray::exp);
        expected.embeddings.add(Torch.into(inner, probabilities.matMul(table)));
        if (trained) {
            sum(expected.rows, inner, rows.transpose().matMul(probabilities));
            sum(expected.counts, inner, probabilities.sum(new int[] {0}));
        }
    }

    private static void sum(NDList sum, NDManager scope, NDArray term) {
        if (sum.isEmpty()) {
            sum.add(Torch.into(scope, term));
        } else {
            sum.get(0).addi(term);
        }
    }
}
