package io.dartboard.nas.image.cost;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.ConvolutionalSpace;

/**
 * How a network enters its first cell, which auxiliary head goes with it, and which image sizes it can be built for. Each
 * halving needs an even side, because a factorized reduce joins the even and the odd pixels; the auxiliary head needs a map
 * of which its 5 × 5 pooling leaves at least 2 × 2.
 */
public enum Stem {
    /**
     * One 3 × 3 convolution at full resolution, for small images; the head pools at stride 3. The authors' head is one for
     * 32 pixels, of which it leaves one position; of more, it takes the mean.
     */
    CIFAR("CIFAR", 1, 3),
    /**
     * Three 3 × 3 convolutions at stride 2, for large images: the first cell sees an eighth of the resolution; the head
     * pools at stride 2, to 2 × 2 as the authors have it.
     */
    IMAGENET("ImageNet", 8, 2);

    private static final int POOL = 5;
    private static final int POOLED = 2;
    /** Of a network whose cells stand where those of DARTS do. */
    private static final int REDUCTIONS = 2;

    private final String title;
    private final int entry;
    private final int poolStride;

    Stem(String title, int entry, int poolStride) {
        this.title = title;
        this.entry = entry;
        this.poolStride = poolStride;
    }

    /** By how much a network of two reductions divides the side of an image. */
    public int reduction() {
        return reduction(REDUCTIONS);
    }

    private int reduction(int reductions) {
        return entry << reductions;
    }

    /** Stride at which the auxiliary head pools. */
    public int poolStride() {
        return poolStride;
    }

    /** As {@link #require(int, int, boolean)}, of a network of two reductions. */
    public void require(int side, boolean auxiliaryHead) {
        require(side, REDUCTIONS, auxiliaryHead);
    }

    /**
     * Refuses a side at which the network cannot be built.
     *
     * @param side height and width of the images in pixels
     * @param reductions cells that halve the resolution
     * @throws IllegalArgumentException with one line that names the sides that are possible
     */
    public void require(int side, int reductions, boolean auxiliaryHead) {
        int reduction = reduction(reductions);
        if (side < reduction || side % reduction != 0) {
            throw new IllegalArgumentException("resolution must be a multiple of " + reduction + " so that the " + title
                    + " network can halve it evenly (was " + side + ")");
        }
        if (auxiliaryHead && !takesHead(side, reductions)) {
            int smallest = POOL + poolStride;
            throw new IllegalArgumentException("auxiliaryWeight must be 0 at a resolution of " + side
                    + ": the auxiliary head of the " + title + " network needs "
                    + (this == CIFAR
                            ? "at least " + smallest * reduction
                            : "one from " + smallest * reduction + " to " + (smallest + poolStride - 1) * reduction)
                    + "; set auxiliaryWeight to 0");
        }
    }

    /** Whether a network of so many reductions can have an auxiliary head at a side. */
    public boolean takesHead(int side, int reductions) {
        return fits(pooled(side / reduction(reductions)));
    }

    /**
     * Refuses a network that there is not of the cells of a space.
     *
     * @throws IllegalArgumentException with one line that says why, and what to do
     */
    public void require(ConvolutionalSpace space, boolean auxiliaryHead) {
        if (space instanceof CnnSpace) {
            return;
        }
        if (this == IMAGENET) {
            throw new IllegalArgumentException("cells of space " + space.id()
                    + " make networks for small images alone: their authors have none for photographs; leave the transfer out, or transfer a cell of space "
                    + CnnSpace.DARTS.id());
        }
        if (auxiliaryHead) {
            throw new IllegalArgumentException("auxiliaryWeight must be 0 for cells of space " + space.id()
                    + ", whose networks have no auxiliary head; set auxiliaryWeight to 0");
        }
    }

    /** The side of what the head's pooling leaves of a feature map of some side. */
    int pooled(int map) {
        return map < POOL ? 0 : (map - POOL) / poolStride + 1;
    }

    /** Whether the head can be built on what its pooling leaves. */
    boolean fits(int pooled) {
        return this == CIFAR ? pooled >= POOLED : pooled == POOLED;
    }
}
