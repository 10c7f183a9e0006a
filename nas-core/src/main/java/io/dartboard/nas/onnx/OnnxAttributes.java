package io.dartboard.nas.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;

/** What an ONNX node is told beside its inputs. */
final class OnnxAttributes {
    private OnnxAttributes() {}

    static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto numbers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    /** The same number for rows and columns, as kernels and strides have it. */
    static AttributeProto square(String name, long value) {
        return numbers(name, value, value);
    }

    /** Padding: rows above, columns left, rows below, columns right. */
    static AttributeProto padding(long rows, long columns) {
        return numbers("pads", rows, columns, rows, columns);
    }
}
