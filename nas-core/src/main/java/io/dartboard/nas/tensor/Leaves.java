package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Optional;

/**
 * The leaves of a parameter vector during one pass. They are cut by a single split of the vector, whose derivative is a
 * single concatenation: the gradient of the vector arrives in one piece and in one operation.
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
        int count = layout.views().size();
        NDList parts = count == 1 ? new NDList(vector) : vector.split(cuts(layout));
        NDArray[] views = new NDArray[count];
        for (int i = 0; i < count; i++) {
            views[i] = parts.get(i).reshape(layout.views().get(i).shape());
        }
        return new Leaves(Optional.of(vector), views);
    }

    private static long[] cuts(ParameterLayout layout) {
        return layout.views().stream()
                .skip(1)
                .mapToLong(ParameterLayout.View::offset)
                .toArray();
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
