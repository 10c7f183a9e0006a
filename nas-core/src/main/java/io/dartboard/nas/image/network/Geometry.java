package io.dartboard.nas.image.network;

/**
 * Which image sizes a network can be built for. Each halving needs an even side, because a factorized reduce joins the
 * even and the odd pixels; the auxiliary head needs a map that its 5 × 5 pooling makes 2 × 2.
 */
public enum Geometry {
    /** A stem at full resolution and two reductions; the head pools at stride 3. */
    CIFAR("CIFAR", 4, 3),
    /** A stem that divides the resolution by 8 and two reductions; the head pools at stride 2. */
    IMAGENET("ImageNet", 32, 2);

    private static final int POOL = 5;
    private static final int POOLED = 2;

    private final String title;
    private final int reduction;
    private final int poolStride;

    Geometry(String title, int reduction, int poolStride) {
        this.title = title;
        this.reduction = reduction;
        this.poolStride = poolStride;
    }

    /** By how much the network divides the side of an image. */
    public int reduction() {
        return reduction;
    }

    int poolStride() {
        return poolStride;
    }

    /**
     * Refuses a side at which the network cannot be built.
     *
     * @param side height and width of the images in pixels
     * @throws IllegalArgumentException with one line that names the sides that are possible
     */
    public void require(int side, boolean auxiliaryHead) {
        if (side < reduction || side % reduction != 0) {
            throw new IllegalArgumentException("resolution must be a multiple of " + reduction + " so that the " + title
                    + " network can halve it evenly (was " + side + ")");
        }
        int map = side / reduction;
        boolean fits = map >= POOL && (map - POOL) / poolStride + 1 == POOLED;
        if (auxiliaryHead && !fits) {
            int smallest = POOL + poolStride;
            throw new IllegalArgumentException("auxiliaryWeight must be 0 at a resolution of " + side
                    + ": the auxiliary head of the " + title + " network needs one from " + smallest * reduction
                    + " to "
                    + (smallest + poolStride - 1) * reduction);
        }
    }
}
