package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.Initialization;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A word-level language model around a recurrent cell: embedding, cell, decoder, all of one width; the decoder's matrix is
 * the embedding. It is a description; weights come with each pass.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1; sizes and the order of weights from the authors' code. Tied weights:
 * Press and Wolf (arXiv 1608.05859).
 */
public final class LanguageModel {
    /** The name of the embedding, which is the decoder's matrix too, among the leaves. */
    public static final String EMBEDDING = "encoder.weight";

    private static final Initialization WEIGHTS = new Initialization.Uniform(0.04);

    private final int vocabulary;
    private final int width;
    private final ParameterLayout layout;
    private final int embedding; // (V, n)
    private final int mixing; // (2n, 2n)
    private final List<Integer> nodes; // each (n, 2n)
    private final int bias; // (V)

    /**
     * What a pass yields.
     *
     * @param decoder of this pass
     * @param raw the cell's outputs (T, B, n)
     * @param dropped what the decoder read of them (T, B, n)
     * @param hidden the hidden state for the next window (B, n)
     */
    public record Outputs(Decoder decoder, NDArray raw, NDArray dropped, NDArray hidden) {
        /** The logits of all words, (T * B, V), row by row. */
        public NDArray logits() {
            return decoder.logits(rows());
        }

        /** Mean negative log-likelihood of the words that follow (T * B), in nats; a single number. */
        public NDArray likelihood(NDArray following) {
            return decoder.likelihood(rows(), following);
        }

        private NDArray rows() {
            return dropped.reshape(-1, dropped.getShape().get(2));
        }
    }

    /**
     * Puts a model together.
     *
     * @param vocabulary number of words
     * @param width of embedding and hidden state
     * @param nodes of the cell, each of which owns one matrix
     */
    public LanguageModel(int vocabulary, int width, int nodes) {
        if (vocabulary < 2 || width < 1) {
            throw new IllegalArgumentException(
                    "a language model needs at least 2 words and a width of 1 (were %d and %d)"
                            .formatted(vocabulary, width));
        }
        this.vocabulary = vocabulary;
        this.width = width;
        ParameterLayout.Builder builder = new ParameterLayout.Builder();
        embedding = builder.add(EMBEDDING, new Shape(vocabulary, width), WEIGHTS);
        mixing = builder.add("rnns.0._W0", new Shape(2L * width, 2L * width), WEIGHTS);
        this.nodes = IntStream.range(0, nodes)
                .mapToObj(node -> builder.add("rnns.0._Ws." + node, new Shape(width, 2L * width), WEIGHTS))
                .toList();
        bias = builder.add("decoder.bias", new Shape(vocabulary), new Initialization.Constant(0));
        layout = builder.build();
    }

    /** Where each weight lies. */
    public ParameterLayout layout() {
        return layout;
    }

    /** Number of words. */
    public int vocabulary() {
        return vocabulary;
    }

    /** Width of embedding and hidden state. */
    public int width() {
        return width;
    }

    /** The matrices of the nodes, each (n, 2n): the gate's half first. */
    public List<NDArray> matrices(Leaves leaves) {
        return nodes.stream().map(leaves::get).toList();
    }

    /**
     * What a step of an ONNX graph yields.
     *
     * @param logits of the word that follows, (B, V)
     * @param hidden the hidden state for the next step, (B, n)
     */
    public record OnnxStep(OnnxValue logits, OnnxValue hidden) {}

    /** The matrices of the nodes in an ONNX graph, as {@link #matrices(Leaves)}. */
    public List<OnnxValue> matrices(OnnxGraph graph) {
        return nodes.stream().map(graph::weight).toList();
    }

    /**
     * One step in time of an evaluation, as a part of an ONNX graph.
     *
     * @param words 64-bit integers (B)
     * @param hidden the hidden state before it, (B, n)
     * @param body the cell's nodes: of state 0 the output
     */
    public OnnxStep toOnnx(OnnxValue words, OnnxValue hidden, OnnxGraph graph, UnaryOperator<OnnxValue> body) {
        OnnxValue table = graph.weight(embedding);
        OnnxValue both = graph.beside(graph.embedding(words, table), hidden);
        List<OnnxValue> gateAndValue = graph.halves(graph.product(both, graph.weight(mixing)));
        OnnxValue start = graph.blend(hidden, graph.sigmoid(gateAndValue.get(0)), graph.tanh(gateAndValue.get(1)));
        OnnxValue output = body.apply(start);
        return new OnnxStep(graph.linear(output, table, graph.weight(bias)), output);
    }

    /**
     * One pass over a window.
     *
     * @param hidden the hidden state before it, (B, n)
     * @param body the cell's nodes, for this pass
     */
    public Outputs run(DeviceTokens tokens, NDArray hidden, Leaves leaves, Masks masks, CellBody body) {
        NDArray table = leaves.get(embedding);
        NDArray words = masks.words().apply(Functional.embedding(tokens.inputs(), table)); // (T, B, n)
        NDList outputs = Recurrence.unroll(masks.inputs().apply(words), hidden, leaves.get(mixing), masks, body);
        NDArray raw = NDArrays.stack(outputs);
        NDArray dropped = masks.outputs().apply(raw);
        return new Outputs(
                new TiedDecoder(table, leaves.get(bias), leaves.vector().hasGradient()),
                raw,
                dropped,
                outputs.get(outputs.size() - 1));
    }
}
