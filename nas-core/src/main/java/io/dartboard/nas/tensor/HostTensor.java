package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor on the heap as a safetensors file holds it: little-endian, row-major. Immutable.
 */
public final class HostTensor {
    /** Element types of the files this project reads and writes. */
    public enum Type {
        F32(Float.BYTES),
        F64(Double.BYTES),
        I64(Long.BYTES);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    private final Type type;
    private final List<Integer> shape;
    private final byte[] content;

    HostTensor(Type type, List<Integer> shape, byte[] content) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.content = content;
    }

    /**
     * A tensor of 32-bit floats.
     *
     * @param values row-major; copied
     * @throws IllegalArgumentException if their number is not the product of the shape
     */
    public static HostTensor of(float[] values, int... shape) {
        ByteBuffer buffer = buffer(Type.F32, values.length, shape);
        buffer.asFloatBuffer().put(values);
        return new HostTensor(Type.F32, boxed(shape), buffer.array());
    }

    /** As {@link #of(float[], int...)}. */
    static HostTensor of(float[] values, Shape shape) {
        return of(
                values,
                Arrays.stream(shape.getShape()).mapToInt(Math::toIntExact).toArray());
    }

    /** A copy of 32-bit or 64-bit floats on a device, of their shape, as 32-bit floats. Waits for the device. */
    public static HostTensor of(NDArray array) {
        return of(Copy.toHost(array), array.getShape());
    }

    /** A tensor of 64-bit floats, as {@link #of(float[], int...)}. */
    public static HostTensor of(double[] values, int... shape) {
        ByteBuffer buffer = buffer(Type.F64, values.length, shape);
        buffer.asDoubleBuffer().put(values);
        return new HostTensor(Type.F64, boxed(shape), buffer.array());
    }

    /** A tensor of 64-bit integers, as {@link #of(float[], int...)}. */
    public static HostTensor of(long[] values, int... shape) {
        ByteBuffer buffer = buffer(Type.I64, values.length, shape);
        buffer.asLongBuffer().put(values);
        return new HostTensor(Type.I64, boxed(shape), buffer.array());
    }

    public Type type() {
        return type;
    }

    public List<Integer> shape() {
        return shape;
    }

    /** Number of elements. */
    public int size() {
        return content.length / type.bytes();
    }

    /** The values of a floating tensor as 32-bit floats. */
    public float[] floats() {
        float[] values = new float[size()];
        switch (type) {
            case F32 -> reader().asFloatBuffer().get(values);
            case F64 -> {
                double[] wide = doubles();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) wide[i];
                }
            }
            case I64 -> throw wrongType("floats");
        }
        return values;
    }

    /** The values of a floating tensor as 64-bit floats. */
    public double[] doubles() {
        double[] values = new double[size()];
        switch (type) {
            case F64 -> reader().asDoubleBuffer().get(values);
            case F32 -> {
                float[] narrow = floats();
                for (int i = 0; i < values.length; i++) {
                    values[i] = narrow[i];
                }
            }
            case I64 -> throw wrongType("floats");
        }
        return values;
    }

    /** The values of an integer tensor. */
    public long[] longs() {
        if (type != Type.I64) {
            throw wrongType("integers");
        }
        long[] values = new long[size()];
        reader().asLongBuffer().get(values);
        return values;
    }

    byte[] content() {
        return content;
    }

    private ByteBuffer reader() {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private InvalidSafetensorsException wrongType(String wanted) {
        return new InvalidSafetensorsException("%s were expected (was a tensor of %s)".formatted(wanted, type));
    }

    private static ByteBuffer buffer(Type type, int count, int[] shape) {
        long product = 1;
        for (int extent : shape) {
            product = Math.multiplyExact(product, extent);
        }
        if (product != count) {
            throw new IllegalArgumentException(
                    "a tensor of shape %s has %d values (were %d)".formatted(Arrays.toString(shape), product, count));
        }
        return ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<Integer> boxed(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostTensor that
                && type == that.type
                && shape.equals(that.shape)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "HostTensor(%s, %s)".formatted(type, shape);
    }
}
