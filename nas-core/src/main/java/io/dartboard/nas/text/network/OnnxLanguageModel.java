package io.dartboard.nas.text.network;

import io.dartboard.nas.onnx.OnnxGraph;
import io.dartboard.nas.onnx.OnnxValue;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.text.ops.LanguageModel;
import java.util.Map;

/**
 * A trained language model as an ONNX model of one step in time: of the {@value #WORDS} at one place of a batch of texts, (N),
 * and the {@value #HIDDEN} state before them, (N, width), which begins with zeros, the {@value #LOGITS} of the words that
 * follow, (N, vocabulary), and the hidden state {@value #NEXT}.
 */
public final class OnnxLanguageModel {
    /** Input: numbers of words. */
    public static final String WORDS = "words";

    /** Input: hidden state. */
    public static final String HIDDEN = "hidden";

    /** Output: logits. */
    public static final String LOGITS = "logits";

    /** Output: hidden state. */
    public static final String NEXT = "next";

    private OnnxLanguageModel() {}

    /**
     * The model as a file.
     *
     * @param tensors weights by name, as a training hands them out
     * @param facts strings that travel with it
     * @throws IllegalArgumentException if a weight is missing, or of another network
     */
    public static byte[] of(RecurrentNetwork network, Map<String, HostTensor> tensors, Map<String, String> facts) {
        ParameterLayout none = new ParameterLayout.Builder().build();
        OnnxGraph graph = new OnnxGraph("language-model", network.layout(), none, tensors);
        int width = network.model().width();
        OnnxValue words = graph.numbers(WORDS);
        OnnxValue hidden = graph.input(HIDDEN, width);
        LanguageModel.OnnxStep step = network.toOnnx(words, hidden, graph);
        graph.output(LOGITS, step.logits(), network.model().vocabulary());
        graph.output(NEXT, step.hidden(), width);
        return graph.toBytes(facts);
    }
}
