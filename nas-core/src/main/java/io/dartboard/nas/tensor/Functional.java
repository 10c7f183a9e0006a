package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;

/** Differentiable functions without weights or state. Results belong to the scope of the first operand. */
public final class Functional {
    private Functional() {}

    /** {@code max(x, 0)}. */
    public static NDArray relu(NDArray x) {
        return JniUtils.relu((PtNDArray) x);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public static NDArray sigmoid(NDArray x) {
        return JniUtils.sigmoid((PtNDArray) x);
    }

    /** {@code tanh(x)}. */
    public static NDArray tanh(NDArray x) {
        return JniUtils.tanh((PtNDArray) x);
    }

    /** The rows of a table (K, D) that are numbered by an array of 64-bit integers: its shape, and D. */
    public static NDArray embedding(NDArray numbers, NDArray table) {
        return JniUtils.embedding((PtNDArray) numbers, (PtNDArray) table, false);
    }

    /** {@code x W^T + b}: x (N, in), weight (out, in), bias (out) to (N, out). */
    public static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, (PtNDArray) bias);
    }

    /** Softmax over the last axis. */
    public static NDArray softmax(NDArray x) {
        return JniUtils.softmax((PtNDArray) x, x.getShape().dimension() - 1L, x.getDataType());
    }

    /** Concatenates images by channel. */
    public static NDArray concatChannels(List<NDArray> images) {
        // The library copies a single array out of the graph.
        return images.size() == 1
                ? images.get(0).reshape(images.get(0).getShape())
                : NDArrays.concat(new NDList(images), 1);
    }

    /** Every {@code stride}-th row and column of (N, C, H, W), from the first. */
    public static NDArray subsample(NDArray x, int stride) {
        return ofRows(x, new NDIndex(":,::%d,::%d".formatted(stride, stride)));
    }

    /** Every second row and column of (N, C, H, W), from the second: (N, C, H / 2, W / 2) where both are even. */
    public static NDArray oddPixels(NDArray x) {
        return ofRows(x, new NDIndex(":,1::2,1::2"));
    }

    // Of rows, since a slice's derivative is stored in the order in which the slice was asked for.
    private static NDArray ofRows(NDArray images, NDIndex index) {
        return Torch.consume(Torch.consume(ChannelsLast.rows(images), rows -> rows.get(index)), ChannelsLast::images);
    }

    /** Mean cross entropy of logits (N, K) and labels (N), in nats; a single number. */
    public static NDArray crossEntropy(NDArray logits, NDArray labels) {
        return labelLogProbabilities(logProbabilities(logits), labels).mean().neg();
    }

    /**
     * Mean cross entropy against the smoothed target {@code (1 - smoothing) * onehot + smoothing / K}, of logits (N, K)
     * and labels (N).
     *
     * <p>Source: Szegedy et al., <i>Rethinking the Inception Architecture</i> (arXiv 1512.00567), section 7.
     */
    public static NDArray smoothedCrossEntropy(NDArray logits, NDArray labels, double smoothing) {
        NDArray logProbabilities = logProbabilities(logits);
        NDArray label = labelLogProbabilities(logProbabilities, labels).mean();
        NDArray uniform = logProbabilities.mean();
        return Scalars.times(label, 1 - smoothing)
                .add(Scalars.times(uniform, smoothing))
                .neg();
    }

    /** How many of the logits (N, K) are largest at the label (N): a single number on the device. */
    public static NDArray correct(NDArray logits, NDArray labels) {
        return logits.argMax(1).eq(labels).toType(DataType.FLOAT32, false).sum();
    }

    private static NDArray logProbabilities(NDArray logits) {
        return JniUtils.logSoftmax((PtNDArray) logits, 1, logits.getDataType());
    }

    private static NDArray labelLogProbabilities(NDArray logProbabilities, NDArray labels) {
        return JniUtils.gather((PtNDArray) logProbabilities, (PtNDArray) labels.expandDims(1), 1);
    }
}
