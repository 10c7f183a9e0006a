package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.image.ops.Assembly;
import io.dartboard.nas.image.ops.Normalization;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Torch;

/** How images enter a network: they become the two inputs of the first cell. */
sealed interface StemLayers {

    /** The two inputs of the first cell: what comes from two cells before, and from one. */
    record Inputs(NDArray before, NDArray last) {}

    /**
     * The same in an ONNX graph.
     *
     * @param before what comes from two cells before
     * @param last what comes from one
     */
    record OnnxInputs(OnnxValue before, OnnxValue last) {}

    /** Maps images (N, 3, H, W). */
    Inputs apply(NDArray images, Pass pass);

    /** The same as a part of an ONNX graph. */
    OnnxInputs toOnnx(OnnxValue images, OnnxGraph graph);

    /** Channels of both inputs. */
    int channels();

    /** Whether the second input has half the resolution of the first. */
    boolean reduces();

    /** One 3 × 3 convolution and BN at full resolution; both inputs are the same. */
    record Cifar(int channels, int kernel, Normalization normalization) implements StemLayers {

        static Cifar of(Assembly assembly, int channels) {
            return new Cifar(
                    channels,
                    assembly.kernel("stem.0.weight", channels, 3, 3, 3),
                    assembly.affineNormalization("stem.1", channels));
        }

        @Override
        public Inputs apply(NDArray images, Pass pass) {
            NDArray convolved = Conv2d.square(1, 1).apply(images, pass.weight(kernel)); // (N, 3C, H, W)
            NDArray stem = Torch.consume(convolved, x -> normalization.apply(x, pass));
            return new Inputs(stem, stem);
        }

        @Override
        public OnnxInputs toOnnx(OnnxValue images, OnnxGraph graph) {
            OnnxValue convolved = graph.convolution(images, graph.weight(kernel), Conv2d.square(1, 1));
            OnnxValue stem = normalization.toOnnx(convolved, graph);
            return new OnnxInputs(stem, stem);
        }

        @Override
        public boolean reduces() {
            return false;
        }
    }

    /** Three 3 × 3 convolutions of stride 2; the inputs are the images at a quarter and at an eighth of the resolution. */
    record ImageNet(
            int channels,
            int halfKernel,
            Normalization halfNormalization,
            int quarterKernel,
            Normalization quarterNormalization,
            int eighthKernel,
            Normalization eighthNormalization)
            implements StemLayers {

        private static final Conv2d HALVING = Conv2d.square(2, 1);

        static ImageNet of(Assembly assembly, int channels) {
            int narrow = channels / 2;
            return new ImageNet(
                    channels,
                    assembly.kernel("stem0.0.weight", narrow, 3, 3, 3),
                    assembly.affineNormalization("stem0.1", narrow),
                    assembly.kernel("stem0.3.weight", channels, narrow, 3, 3),
                    assembly.affineNormalization("stem0.4", channels),
                    assembly.kernel("stem1.1.weight", channels, channels, 3, 3),
                    assembly.affineNormalization("stem1.2", channels));
        }

        @Override
        public Inputs apply(NDArray images, Pass pass) {
            NDArray half = HALVING.apply(images, pass.weight(halfKernel)); // (N, C/2, H/2, W/2)
            half = Torch.consume(half, x -> halfNormalization.apply(x, pass));
            half = Torch.consume(half, Functional::relu);
            NDArray quarter =
                    Torch.consume(half, x -> HALVING.apply(x, pass.weight(quarterKernel))); // (N, C, H/4, W/4)
            NDArray before = Torch.consume(quarter, x -> quarterNormalization.apply(x, pass));
            NDArray last = Torch.consume(
                    Functional.relu(before), x -> HALVING.apply(x, pass.weight(eighthKernel))); // (N, C, H/8, W/8)
            return new Inputs(before, Torch.consume(last, x -> eighthNormalization.apply(x, pass)));
        }

        @Override
        public OnnxInputs toOnnx(OnnxValue images, OnnxGraph graph) {
            OnnxValue half = graph.convolution(images, graph.weight(halfKernel), HALVING);
            half = graph.relu(halfNormalization.toOnnx(half, graph));
            OnnxValue before =
                    quarterNormalization.toOnnx(graph.convolution(half, graph.weight(quarterKernel), HALVING), graph);
            OnnxValue last = graph.convolution(graph.relu(before), graph.weight(eighthKernel), HALVING);
            return new OnnxInputs(before, eighthNormalization.toOnnx(last, graph));
        }

        @Override
        public boolean reduces() {
            return true;
        }
    }
}
