package io.dartboard.nas.image.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.Copy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * Drop path during one pass (Larsson et al., 2017, as the DARTS authors apply it): each operand of a node that is not an
 * identity is zeroed for each image on its own with a probability, and divided by the probability that it is kept.
 */
public final class DropPath {

    private final Queue<NDArray> masks;
    private final boolean on;

    private DropPath(List<NDArray> masks, boolean on) {
        this.masks = new ArrayDeque<>(masks);
        this.on = on;
    }

    /** Drops nothing. */
    public static DropPath off() {
        return new DropPath(List.of(), false);
    }

    /**
     * Drops by given masks.
     *
     * @param masks one (N, 1, 1, 1) for each operand in the order of the pass, kept images at one over the probability of
     *     being kept
     */
    public static DropPath of(List<NDArray> masks) {
        return new DropPath(masks, true);
    }

    /**
     * Draws the masks of one pass and brings them to the device in one piece; a probability of 0 drops nothing.
     *
     * @param scope where the masks live
     * @param operands how many operands of the network can be dropped
     * @param images how many images the pass has
     */
    public static DropPath draw(NDManager scope, RandomGenerator random, double probability, int operands, int images) {
        if (probability == 0 || operands == 0) {
            return off();
        }
        float kept = (float) (1 / (1 - probability));
        float[] all = new float[operands * images];
        for (int i = 0; i < all.length; i++) {
            all[i] = random.nextDouble() < probability ? 0 : kept;
        }
        try (NDArray drawn = Copy.toDevice(scope, all, new Shape(all.length, 1, 1, 1))) {
            return of(drawn.split(operands));
        }
    }

    /** The factor on the next operand (N, C, H, W), itself (N, 1, 1, 1); none if nothing is dropped. */
    Optional<NDArray> next() {
        if (!on) {
            return Optional.empty();
        }
        NDArray mask = masks.poll();
        if (mask == null) {
            throw new IllegalStateException("the pass has more operands to drop than there are masks");
        }
        return Optional.of(mask);
    }
}
