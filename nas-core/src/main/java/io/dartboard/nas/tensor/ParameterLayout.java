package io.dartboard.nas.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Where each named leaf lies in one contiguous vector. Leaves follow each other in the order in which they were added,
 * which is the published order of a network's parameters.
 */
public final class ParameterLayout {
    /**
     * A named stretch of the vector.
     *
     * @param offset first value
     * @param size number of values
     */
    public record Leaf(String name, Shape shape, int offset, int size, Initialization initialization) {}

    private final List<Leaf> leaves;
    private final Map<String, Integer> indices;
    private final int size;

    private ParameterLayout(List<Leaf> leaves, Map<String, Integer> indices, int size) {
        this.leaves = List.copyOf(leaves);
        this.indices = Map.copyOf(indices);
        this.size = size;
    }

    /** Every leaf, in order. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** Number of values of the vector. */
    public int size() {
        return size;
    }

    /**
     * Position of a leaf among {@link #leaves()}.
     *
     * @throws IllegalArgumentException if there is no leaf of that name
     */
    public int indexOf(String name) {
        Integer index = indices.get(name);
        if (index == null) {
            throw new IllegalArgumentException("no parameter is named '%s'".formatted(name));
        }
        return index;
    }

    /** A fresh vector: leaf after leaf from one stream. */
    public float[] initial(RandomGenerator random) {
        float[] values = new float[size];
        for (Leaf leaf : leaves) {
            leaf.initialization().fill(values, leaf.offset(), leaf.offset() + leaf.size(), random);
        }
        return values;
    }

    /**
     * One vector out of named values.
     *
     * @throws IllegalArgumentException if a leaf is missing or has the wrong number of values; others are ignored
     */
    public float[] gather(Map<String, float[]> byName) {
        float[] values = new float[size];
        for (Leaf leaf : leaves) {
            float[] part = byName.get(leaf.name());
            if (part == null || part.length != leaf.size()) {
                throw new IllegalArgumentException("parameter '%s' needs %d values (%s)"
                        .formatted(leaf.name(), leaf.size(), part == null ? "is missing" : "were " + part.length));
            }
            System.arraycopy(part, 0, values, leaf.offset(), leaf.size());
        }
        return values;
    }

    /** Collects leaves while a network is put together. */
    public static final class Builder {
        private final List<Leaf> leaves = new ArrayList<>();
        private final Map<String, Integer> indices = new HashMap<>();
        private int size;

        /**
         * Adds a leaf and returns its index.
         *
         * @throws IllegalArgumentException if the name is taken
         */
        public int add(String name, Shape shape, Initialization initialization) {
            int index = leaves.size();
            if (indices.putIfAbsent(name, index) != null) {
                throw new IllegalArgumentException("two parameters are named '%s'".formatted(name));
            }
            int values = Math.toIntExact(shape.size());
            leaves.add(new Leaf(name, shape, size, values, initialization));
            size = Math.addExact(size, values);
            return index;
        }

        /** Adds the kernel of a convolution without bias, (out, inPerGroup, kH, kW). */
        public int kernel(String name, int out, int inPerGroup, int height, int width) {
            return add(
                    name,
                    new Shape(out, inPerGroup, height, width),
                    new Initialization.FanIn(inPerGroup * height * width));
        }

        /** The layout so far. */
        public ParameterLayout build() {
            return new ParameterLayout(leaves, indices, size);
        }
    }
}
