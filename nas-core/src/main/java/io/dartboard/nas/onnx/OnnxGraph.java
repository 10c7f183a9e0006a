package io.dartboard.nas.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.dartboard.nas.tensor.BatchNorm;
import io.dartboard.nas.tensor.Conv2d;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.ParameterLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An ONNX graph while it is put together, node after node. Its functions are those of the tensor layer and yield the same
 * numbers up to rounding. Equal networks and weights give equal bytes.
 *
 * <p>Source: ONNX, operator set 17 (onnx.ai/onnx/operators).
 */
public final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 17;
    private static final String BATCH = "batch";
    private static final int ROWS = 2;
    private static final int COLUMNS = 3;

    private final ParameterLayout weights;
    private final ParameterLayout statistics;
    private final Map<String, HostTensor> tensors;
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> initializers = new LinkedHashSet<>();
    private final Map<OnnxValue, OnnxValue> rectified = new HashMap<>();

    /**
     * Starts a graph.
     *
     * @param name of the network
     * @param weights of the network; its indices are those of {@link #weight}
     * @param statistics of the network; its indices are those of {@link #statistic}
     * @param tensors the values of both, by name
     */
    public OnnxGraph(
            String name, ParameterLayout weights, ParameterLayout statistics, Map<String, HostTensor> tensors) {
        this.weights = weights;
        this.statistics = statistics;
        this.tensors = Map.copyOf(tensors);
        graph.setName(name);
    }

    /** A tensor of 32-bit floats that whoever runs the graph gives it: a batch of any size, each of this shape. */
    public OnnxValue input(String name, long... shape) {
        graph.addInput(described(name, TensorProto.DataType.FLOAT, shape));
        return new OnnxValue(name);
    }

    /** A batch of 64-bit integers that whoever runs the graph gives it. */
    public OnnxValue numbers(String name) {
        graph.addInput(described(name, TensorProto.DataType.INT64));
        return new OnnxValue(name);
    }

    /** What the graph yields under this name: a batch, each of this shape. */
    public void output(String name, OnnxValue value, long... shape) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(described(name, TensorProto.DataType.FLOAT, shape));
    }

    /**
     * The weight of an index.
     *
     * @throws IllegalArgumentException if it is not among the tensors, or has another number of values
     */
    public OnnxValue weight(int index) {
        return parameter(weights.single(index));
    }

    /** The running statistic of an index, as {@link #weight}. */
    public OnnxValue statistic(int index) {
        return parameter(statistics.single(index));
    }

    private OnnxValue parameter(ParameterLayout.Leaf leaf) {
        if (initializers.add(leaf.name())) {
            HostTensor values = leaf.of(tensors);
            ByteBuffer content =
                    ByteBuffer.allocate(Float.BYTES * values.size()).order(ByteOrder.LITTLE_ENDIAN);
            content.asFloatBuffer().put(values.floats());
            TensorProto.Builder tensor = TensorProto.newBuilder()
                    .setName(leaf.name())
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .setRawData(ByteString.copyFrom(content));
            values.shape().forEach(tensor::addDims);
            graph.addInitializer(tensor);
        }
        return new OnnxValue(leaf.name());
    }

    /** Convolves (N, C, H, W) with a kernel (out, C / groups, kH, kW). */
    public OnnxValue convolution(OnnxValue x, OnnxValue kernel, Conv2d shape) {
        return node(
                "Conv",
                List.of(x, kernel),
                OnnxAttributes.numbers("strides", shape.strideH(), shape.strideW()),
                OnnxAttributes.padding(shape.padH(), shape.padW()),
                OnnxAttributes.square("dilations", shape.dilation()),
                OnnxAttributes.number("group", shape.groups()));
    }

    /** Normalises (N, C, H, W) by running statistics; all else (C). */
    public OnnxValue normalization(OnnxValue x, OnnxValue gain, OnnxValue bias, OnnxValue mean, OnnxValue variance) {
        return node(
                "BatchNormalization", List.of(x, gain, bias, mean, variance), OnnxAttributes.number("epsilon", (float)
                        BatchNorm.EPSILON));
    }

    /** {@code max(x, 0)}; asked again for the same x, it is the same value. */
    public OnnxValue relu(OnnxValue x) {
        return rectified.computeIfAbsent(x, each -> node("Relu", List.of(each)));
    }

    /** The largest value of each window of (N, C, H, W); padding never wins. */
    public OnnxValue maxPool(OnnxValue x, int kernel, int stride, int padding) {
        return node("MaxPool", List.of(x), windows(kernel, stride, padding));
    }

    /** The mean of each window of (N, C, H, W); padding is not counted. */
    public OnnxValue averagePool(OnnxValue x, int kernel, int stride, int padding) {
        return node("AveragePool", List.of(x), windows(kernel, stride, padding)); // count_include_pad is 0 unless said
    }

    private static AttributeProto[] windows(int kernel, int stride, int padding) {
        return new AttributeProto[] {
            OnnxAttributes.square("kernel_shape", kernel),
            OnnxAttributes.square("strides", stride),
            OnnxAttributes.padding(padding, padding)
        };
    }

    /** The mean of each channel of (N, C, H, W): (N, C). */
    public OnnxValue globalMean(OnnxValue x) {
        return node("Flatten", List.of(node("GlobalAveragePool", List.of(x))), OnnxAttributes.number("axis", 1L));
    }

    /** Every {@code stride}-th row and column of (N, C, H, W), from one of them on. */
    public OnnxValue subsample(OnnxValue x, int from, int stride) {
        List<OnnxValue> inputs = new ArrayList<>(List.of(x));
        inputs.add(integers("from_%d".formatted(from), from, from));
        inputs.add(integers("to_end", Long.MAX_VALUE, Long.MAX_VALUE));
        inputs.add(integers("rows_and_columns", ROWS, COLUMNS));
        inputs.add(integers("each_%d".formatted(stride), stride, stride));
        return node("Slice", inputs);
    }

    /** Nothing but zeros, of the shape of x. */
    public OnnxValue zeros(OnnxValue x) {
        return node("Sub", List.of(x, x));
    }

    /** The sum of tensors of one shape. */
    public OnnxValue sum(List<OnnxValue> terms) {
        return terms.stream()
                .reduce((sum, term) -> node("Add", List.of(sum, term)))
                .orElseThrow();
    }

    /** Images joined by channel. */
    public OnnxValue concatChannels(List<OnnxValue> images) {
        return images.size() == 1 ? images.get(0) : node("Concat", images, OnnxAttributes.number("axis", 1L));
    }

    /** The rows of a table (K, D) that are numbered by (N): (N, D). */
    public OnnxValue embedding(OnnxValue numbers, OnnxValue table) {
        return node("Gather", List.of(table, numbers));
    }

    /** {@code 1 / (1 + exp(-x))}. */
    public OnnxValue sigmoid(OnnxValue x) {
        return node("Sigmoid", List.of(x));
    }

    /** {@code tanh(x)}. */
    public OnnxValue tanh(OnnxValue x) {
        return node("Tanh", List.of(x));
    }

    /** {@code x + gate * (value - x)}: all (N, n). */
    public OnnxValue blend(OnnxValue x, OnnxValue gate, OnnxValue value) {
        OnnxValue change = node("Mul", List.of(gate, node("Sub", List.of(value, x))));
        return node("Add", List.of(x, change));
    }

    /** The product of (N, in) and (in, out): (N, out). */
    public OnnxValue product(OnnxValue x, OnnxValue matrix) {
        return node("MatMul", List.of(x, matrix));
    }

    /** (N, a) and (N, b) side by side: (N, a + b). */
    public OnnxValue beside(OnnxValue left, OnnxValue right) {
        return node("Concat", List.of(left, right), OnnxAttributes.number("axis", 1L));
    }

    /** The left and the right half of (N, 2n). */
    public List<OnnxValue> halves(OnnxValue x) {
        String name = "Split_%d".formatted(graph.getNodeCount());
        List<OnnxValue> halves = List.of(new OnnxValue(name + "_left"), new OnnxValue(name + "_right"));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Split")
                .setName(name)
                .addInput(x.name())
                .addOutput(halves.get(0).name())
                .addOutput(halves.get(1).name())
                .addAttribute(OnnxAttributes.number("axis", 1L)));
        return halves;
    }

    /** The mean of tensors of one shape. */
    public OnnxValue mean(List<OnnxValue> terms) {
        return node("Mean", terms);
    }

    /** {@code x W^T + b}: x (N, in), weight (out, in), bias (out) to (N, out). */
    public OnnxValue linear(OnnxValue x, OnnxValue weight, OnnxValue bias) {
        return node("Gemm", List.of(x, weight, bias), OnnxAttributes.number("transB", 1L));
    }

    /**
     * The model as a file.
     *
     * @param facts strings that travel with it
     */
    public byte[] toBytes(Map<String, String> facts) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("dartboard")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph);
        new TreeMap<>(facts)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private OnnxValue integers(String name, long... values) {
        if (initializers.add(name)) {
            TensorProto.Builder tensor = TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(TensorProto.DataType.INT64.getNumber())
                    .addDims(values.length);
            Arrays.stream(values).forEach(tensor::addInt64Data);
            graph.addInitializer(tensor);
        }
        return new OnnxValue(name);
    }

    private OnnxValue node(String type, List<OnnxValue> inputs, AttributeProto... attributes) {
        String name = "%s_%d".formatted(type, graph.getNodeCount());
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(type).setName(name).addOutput(name);
        inputs.forEach(input -> node.addInput(input.name()));
        Arrays.stream(attributes).forEach(node::addAttribute);
        graph.addNode(node);
        return new OnnxValue(name);
    }

    private static ValueInfoProto described(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        Arrays.stream(shape)
                .forEach(extent -> dimensions.addDim(
                        TensorShapeProto.Dimension.newBuilder().setDimValue(extent)));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
