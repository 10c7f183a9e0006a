package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.BatchNorm;

/** The batch normalisation that ends an operation; which kind depends on the network's form. */
public sealed interface Normalization {
    /** Normalises (N, C, H, W) by channel. */
    NDArray apply(NDArray x, Pass pass);

    /**
     * The same by running statistics, as a part of an ONNX graph.
     *
     * @throws IllegalStateException if it has none: a supernet's
     */
    default OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
        throw new IllegalStateException("a supernet has no running statistics, so there is no ONNX model of it");
    }

    /** Batch statistics, no parameters. */
    record Plain() implements Normalization {
        @Override
        public NDArray apply(NDArray x, Pass pass) {
            return pass.normalize(x);
        }
    }

    /**
     * Batch statistics with parameters: the supernet's stem.
     *
     * @param gain index of (C)
     * @param bias index of (C)
     */
    record Affine(int gain, int bias) implements Normalization {
        @Override
        public NDArray apply(NDArray x, Pass pass) {
            return pass.constants().normalize(x, pass.weight(gain), pass.weight(bias));
        }
    }

    /**
     * Parameters and running statistics.
     *
     * @param gain index of (C) among the weights
     * @param bias index of (C) among the weights
     * @param mean index of (C) among the statistics
     * @param variance index of (C) among the statistics
     */
    record Tracked(int gain, int bias, int mean, int variance) implements Normalization {
        @Override
        public NDArray apply(NDArray x, Pass pass) {
            NDArray gains = pass.weight(gain);
            NDArray biases = pass.weight(bias);
            NDArray means = pass.statistic(mean);
            NDArray variances = pass.statistic(variance);
            return pass.training()
                    ? BatchNorm.train(x, gains, biases, means, variances)
                    : BatchNorm.evaluate(x, gains, biases, means, variances);
        }

        @Override
        public OnnxValue toOnnx(OnnxValue x, OnnxGraph graph) {
            return graph.normalization(
                    x, graph.weight(gain), graph.weight(bias), graph.statistic(mean), graph.statistic(variance));
        }
    }
}
