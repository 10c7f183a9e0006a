package io.dartboard.nas.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Where each named leaf lies in one contiguous vector. What an operation reads is a {@linkplain View view}: one leaf, or
 * several of one shape stacked on each other. Views whose rows have one shape lie next to each other in a {@linkplain Block
 * block}, so that a pass cuts them all out of one array.
 */
public final class ParameterLayout {
    /**
     * A named stretch of the vector.
     *
     * @param offset first value
     * @param size number of values
     */
    public record Leaf(String name, Shape shape, int offset, int size, Initialization initialization) {
        /**
         * It out of named tensors, in its shape.
         *
         * @throws IllegalArgumentException if it is missing or has the wrong number of values
         */
        public HostTensor of(Map<String, HostTensor> tensors) {
            return HostTensor.of(named(name, tensors), shape);
        }

        private float[] named(String key, Map<String, HostTensor> tensors) {
            HostTensor part = tensors.get(key);
            if (part == null || part.size() != size) {
                throw new IllegalArgumentException("parameter '%s' needs %d values (%s)"
                        .formatted(name, size, part == null ? "is missing" : "were " + part.size()));
            }
            return part.floats();
        }
    }

    /**
     * A stretch of the vector that is read as one array.
     *
     * @param index what the builder gave for it
     */
    record View(int index, Shape shape) {
        long rows() {
            return shape.get(0);
        }

        /** Without the first axis. */
        Shape row() {
            return shape.slice(1);
        }
    }

    /**
     * Views whose rows have one shape, one after another.
     *
     * @param offset first value
     */
    record Block(Shape row, List<View> views, int offset) {
        Block {
            views = List.copyOf(views);
        }

        /** Of all views, stacked on each other. */
        Shape shape() {
            long rows = views.stream().mapToLong(View::rows).sum();
            return new Shape(rows).addAll(row);
        }
    }

    private final List<Leaf> leaves;
    private final Map<Integer, Leaf> singles; // by index of their views
    private final List<Block> blocks;
    private final int size;

    private ParameterLayout(List<Leaf> leaves, Map<Integer, Leaf> singles, List<Block> blocks, int size) {
        this.leaves = List.copyOf(leaves);
        this.singles = Map.copyOf(singles);
        this.blocks = List.copyOf(blocks);
        this.size = size;
    }

    /** Every leaf, in the order in which they were added. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /**
     * The leaf that a view is by itself.
     *
     * @param index what the builder gave for it
     * @throws IllegalArgumentException if there is none, or the view has several leaves
     */
    public Leaf single(int index) {
        Leaf leaf = singles.get(index);
        if (leaf == null) {
            throw new IllegalArgumentException("view %d is no leaf by itself".formatted(index));
        }
        return leaf;
    }

    /** Every block, in the order in which they lie; together they cover the vector without a gap. */
    List<Block> blocks() {
        return blocks;
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
     * One vector out of named tensors.
     *
     * @param prefix what stands before the name of every leaf
     * @throws IllegalArgumentException if a leaf is missing or has the wrong number of values; others are ignored
     */
    public float[] gather(String prefix, Map<String, HostTensor> tensors) {
        float[] values = new float[size];
        for (Leaf leaf : leaves) {
            System.arraycopy(leaf.named(prefix + leaf.name(), tensors), 0, values, leaf.offset(), leaf.size());
        }
        return values;
    }

    /**
     * Every leaf by name, with its shape, out of one vector: the opposite of {@link #gather}.
     *
     * @param prefix what is to stand before the name of every leaf
     * @return in the order of the leaves
     * @throws IllegalArgumentException if the vector has another size
     */
    public Map<String, HostTensor> named(String prefix, float[] values) {
        if (values.length != size) {
            throw new IllegalArgumentException("the layout has %d values (were %d)".formatted(size, values.length));
        }
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            float[] part = Arrays.copyOfRange(values, leaf.offset(), leaf.offset() + leaf.size());
            tensors.put(prefix + leaf.name(), HostTensor.of(part, leaf.shape()));
        }
        return tensors;
    }

    /** Collects leaves while a network is put together. */
    public static final class Builder {
        private record Stack(List<String> names, Shape each, Initialization initialization) {
            Shape shape() {
                long[] shape = each.getShape().clone();
                shape[0] *= names.size();
                return new Shape(shape);
            }
        }

        private final List<Stack> stacks = new ArrayList<>(); // by index of their views
        private final Set<String> names = new HashSet<>();

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
            for (String name : stacked) {
                if (!names.add(name)) {
                    throw new IllegalArgumentException("two parameters are named '%s'".formatted(name));
                }
            }
            stacks.add(new Stack(List.copyOf(stacked), each, initialization));
            return stacks.size() - 1;
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
            Map<Shape, List<View>> byRow = new LinkedHashMap<>();
            for (int index = 0; index < stacks.size(); index++) {
                View view = new View(index, stacks.get(index).shape());
                byRow.computeIfAbsent(view.row(), row -> new ArrayList<>()).add(view);
            }
            List<Block> blocks = new ArrayList<>();
            int[] offsets = new int[stacks.size()]; // by index
            int size = 0;
            for (Map.Entry<Shape, List<View>> block : byRow.entrySet()) {
                blocks.add(new Block(block.getKey(), block.getValue(), size));
                for (View view : block.getValue()) {
                    offsets[view.index()] = size;
                    size = Math.addExact(size, Math.toIntExact(view.shape().size()));
                }
            }
            List<Leaf> leaves = new ArrayList<>();
            Map<Integer, Leaf> singles = new HashMap<>();
            addLeaves(offsets, leaves, singles);
            return new ParameterLayout(leaves, singles, blocks, size);
        }

        private void addLeaves(int[] offsets, List<Leaf> leaves, Map<Integer, Leaf> singles) {
            for (int index = 0; index < offsets.length; index++) {
                Stack stack = stacks.get(index);
                int values = Math.toIntExact(stack.each().size());
                for (int i = 0; i < stack.names().size(); i++) {
                    int offset = offsets[index] + i * values;
                    leaves.add(new Leaf(stack.names().get(i), stack.each(), offset, values, stack.initialization()));
                }
                if (stack.names().size() == 1) {
                    singles.put(index, leaves.get(leaves.size() - 1));
                }
            }
        }
    }
}
