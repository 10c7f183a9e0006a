package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Optional;

/**
 * The leaves of a parameter vector during one pass. The vector is split into its blocks and each block into its views, and
 * the derivative of a split is a single concatenation: the gradient of the vector arrives in one piece, and there are as
 * many operations as there are shapes, not as there are leaves.
 */
public final class Leaves {
    private static final Leaves NONE = new Leaves(Optional.empty(), new NDArray[0]);

    private final Optional<NDArray> vector;
    private final NDArray[] views;

    private Leaves(Optional<NDArray> vector, NDArray[] views) {
        this.vector = vector;
        this.views = views;
    }

    /** No leaves at all. */
    public static Leaves none() {
        return NONE;
    }

    static Leaves of(ParameterLayout layout, NDArray vector) {
        List<ParameterLayout.Block> blocks = layout.blocks();
        NDList parts = Splits.of(
                vector, blocks.stream().mapToLong(block -> block.shape().size()).toArray());
        int count = blocks.stream().mapToInt(block -> block.views().size()).sum();
        NDArray[] views = new NDArray[count];
        for (int i = 0; i < parts.size(); i++) {
            ParameterLayout.Block block = blocks.get(i);
            List<ParameterLayout.View> inside = block.views();
            NDList rows = Splits.of(
                    parts.get(i).reshape(block.shape()),
                    inside.stream().mapToLong(ParameterLayout.View::rows).toArray());
            for (int j = 0; j < rows.size(); j++) {
                views[inside.get(j).index()] = rows.get(j);
            }
        }
        return new Leaves(Optional.of(vector), views);
    }

    /** A view of the layout, of its shape; the index is the one its layout's builder gave. */
    public NDArray get(int index) {
        return views[index];
    }

    /**
     * The whole vector of this pass, (size): what to differentiate with respect to.
     *
     * @throws java.util.NoSuchElementException if there are no leaves
     */
    public NDArray vector() {
        return vector.orElseThrow();
    }
}
