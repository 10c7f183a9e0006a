package io.dartboard.nas.image.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.ChannelsLast;
import io.dartboard.nas.tensor.Mask;
import io.dartboard.nas.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What the skip connections of a supernet drop out in one step. To draw every value of every edge would cost more than the
 * network; so twice as many values are drawn as the largest state has, and each edge takes those from a place on that is drawn
 * for it. On any one edge they are independent, and two edges drop out the same only where they begin at the same place.
 *
 * @param values (at least twice the largest state), 0 where something is dropped, 1 / (1 - share) elsewhere
 * @param starts where the values of each edge begin
 */
public record SkipMasks(NDArray values, List<Integer> starts) {
    private static final int TIMES = 2;

    public SkipMasks {
        starts = List.copyOf(starts);
    }

    /**
     * Fresh masks.
     *
     * @param scope what they live as long as
     * @param share of the values that is dropped, in (0, 1)
     * @param edges whose skip connections are dropped out
     * @param largest values of the largest state of a batch
     * @param type of the states
     */
    public static SkipMasks draw(
            NDManager scope, RandomGenerator random, double share, int edges, int largest, DataType type) {
        List<Integer> starts = new ArrayList<>();
        for (int edge = 0; edge < edges; edge++) {
            starts.add(random.nextInt(largest));
        }
        return new SkipMasks(
                Mask.toDevice(
                        scope, Mask.draw(random, share, TIMES * largest), type, new Shape(TIMES * (long) largest)),
                starts);
    }

    /** A state (N, C, H, W) without what an edge drops out of it, in an array of its own. */
    NDArray drop(NDArray state, int edge) {
        Shape shape = state.getShape();
        Shape rows = new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1));
        long from = starts.get(edge);
        NDArray part = values.get("{}:{}", from, from + shape.size());
        NDArray flat = Torch.consume(part, each -> each.reshape(rows));
        try (NDArray mask = Torch.consume(flat, ChannelsLast::images)) {
            return state.mul(mask);
        }
    }
}
