package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.CellKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The architecture parameters of a search, by group. Equal when every value has the same bits, which is what a resumed
 * search has to show.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 2.2.
 *
 * @param groups matrices by the names of their groups, in order
 */
public record Alphas(Map<String, AlphaMatrix> groups) {
    /** Standard deviation of the initial values: near uniform mixing, yet no two candidates tie. */
    public static final float INITIAL_SCALE = 1e-3f;

    public Alphas {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("alphas need at least one group");
        }
    }

    /** Fresh parameters, independent N(0, 1) times {@link #INITIAL_SCALE}: group by group, row by row. */
    public static Alphas initial(AlphaLayout layout, RandomGenerator random) {
        float[] values = new float[layout.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = INITIAL_SCALE * (float) random.nextGaussian();
        }
        return of(layout, values);
    }

    /**
     * Given parameters; {@link #toArray} gives them back, bit by bit.
     *
     * @param flat group by group, each row-major (edges, candidates)
     * @throws IllegalArgumentException if the count is not the layout's, or a value is not finite
     */
    public static Alphas of(AlphaLayout layout, float[] flat) {
        if (flat.length != layout.size()) {
            throw new IllegalArgumentException(
                    "there are %d alphas in %s (were %d)".formatted(layout.size(), layout, flat.length));
        }
        Map<String, AlphaMatrix> groups = new LinkedHashMap<>();
        int from = 0;
        for (AlphaLayout.Group group : layout.groups()) {
            float[] values = Arrays.copyOfRange(flat, from, from + group.size());
            groups.put(group.name(), AlphaMatrix.of(group.edges(), group.candidates(), values));
            from += group.size();
        }
        return new Alphas(groups);
    }

    /**
     * The matrix of a group.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public AlphaMatrix of(String group) {
        return Optional.ofNullable(groups.get(group))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there are no alphas '%s' among %s".formatted(group, groups.keySet())));
    }

    /** The matrix of a kind of cell whose cells share it. */
    public AlphaMatrix of(CellKind kind) {
        return of(kind.publishedName());
    }

    /** All values, group by group, each row-major (edges, candidates), bit by bit. */
    public float[] toArray() {
        float[] flat = new float[layout().size()];
        int from = 0;
        for (AlphaMatrix matrix : groups.values()) {
            float[] values = matrix.toArray();
            System.arraycopy(values, 0, flat, from, values.length);
            from += values.length;
        }
        return flat;
    }

    /** The groups and their shapes. */
    public AlphaLayout layout() {
        return new AlphaLayout(groups.entrySet().stream()
                .map(group -> new AlphaLayout.Group(
                        group.getKey(),
                        group.getValue().edges(),
                        group.getValue().candidates()))
                .toList());
    }

    /**
     * Checks that these parameters are laid out so.
     *
     * @throws IllegalArgumentException if they are not
     */
    public Alphas require(AlphaLayout layout) {
        if (!layout().equals(layout)) {
            throw new IllegalArgumentException("the alphas must be %s (were %s)".formatted(layout, layout()));
        }
        return this;
    }
}
