package io.dartboard.nas.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where each named leaf lies in one contiguous vector. Leaves follow each other in the order in which they were added.
 * What an operation reads is a {@linkplain View view}: one leaf, or several of one shape stacked on each other.
 */
public final class ParameterLayout {
    /**
     * A named stretch of the vector.
     *
     * @param offset first value
     * @param size number of values
     */
    public record Leaf(String name, Shape shape, int offset, int size, Initialization initialization) {}

    /**
     * A stretch of the vector that is read as one array.
     *
     * @param offset first value
     * @param size number of values
     */
    public record View(Shape shape, int offset, int size) {}

    private final List<Leaf> leaves;
    private final List<View> views;
    private final int size;

    private ParameterLayout(List<Leaf> leaves, List<View> views, int size) {
        this.leaves = List.copyOf(leaves);
        this.views = List.copyOf(views);
        this.size = size;
    }

    /** Every leaf, in order. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** Every view, in the order of their indices; together they cover the vector without a gap. */
    public List<View> views() {
        return views;
    }

    /** Number of values of the vector. */
    public int size() {
        return size;
    }

    /**
     * A fresh vector: leaf after leaf from one stream, in the order of their names, so that a leaf begins with the same
     * values wherever it lies.
     */
    public float[] initial(RandomGenerator random) {
        float[] values = new float[size];
        leaves.stream().sorted(Comparator.comparing(Leaf::name)).forEach(leaf -> leaf.initialization()
                .fill(values, leaf.offset(), leaf.offset() + leaf.size(), random));
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

    /**
     * The values of every leaf by name, out of one vector: the opposite of {@link #gather}.
     *
     * @throws IllegalArgumentException if the vector has another size
     */
    public Map<String, float[]> named(float[] values) {
        if (values.length != size) {
            throw new IllegalArgumentException("the layout has %d values (were %d)".formatted(size, values.length));
        }
        Map<String, float[]> byName = new HashMap<>();
        for (Leaf leaf : leaves) {
            byName.put(leaf.name(), Arrays.copyOfRange(values, leaf.offset(), leaf.offset() + leaf.size()));
        }
        return byName;
    }

    /** Collects leaves while a network is put together. */
    public static final class Builder {
        private final List<Leaf> leaves = new ArrayList<>();
        private final List<View> views = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private int size;

        /**
         * Adds a leaf and returns the index of its view.
         *
         * @throws IllegalArgumentException if the name is taken
         */
        public int add(String name, Shape shape, Initialization initialization) {
            return stack(List.of(name), shape, initialization);
        }

        /**
         * Adds leaves of one shape, stacked along their first axis, and returns the index of their common view.
         *
         * @param each shape of every leaf
         * @throws IllegalArgumentException if a name is taken
         */
        public int stack(List<String> stacked, Shape each, Initialization initialization) {
            int first = size;
            int values = Math.toIntExact(each.size());
            for (String name : stacked) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("two parameters are named '%s'".formatted(name));
                }
                leaves.add(new Leaf(name, each, size, values, initialization));
                size = Math.addExact(size, values);
            }
            long[] shape = each.getShape().clone();
            shape[0] *= stacked.size();
            views.add(new View(new Shape(shape), first, size - first));
            return views.size() - 1;
        }

        /** Adds the kernel of a convolution without bias, (out, inPerGroup, kH, kW). */
        public int kernel(String name, int out, int inPerGroup, int height, int width) {
            return kernels(List.of(name), out, inPerGroup, height, width);
        }

        /**
         * Adds the kernels of convolutions of one shape that are applied side by side, as one grouped convolution whose
         * kernel is (kernels * out, inPerGroup, kH, kW).
         *
         * @param out output channels of each
         */
        public int kernels(List<String> stacked, int out, int inPerGroup, int height, int width) {
            return stack(
                    stacked,
                    new Shape(out, inPerGroup, height, width),
                    new Initialization.FanIn(inPerGroup * height * width));
        }

        /** The layout so far. */
        public ParameterLayout build() {
            return new ParameterLayout(leaves, views, size);
        }
    }
}
