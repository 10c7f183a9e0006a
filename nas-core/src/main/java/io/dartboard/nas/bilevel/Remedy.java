package io.dartboard.nas.bilevel;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a search that has collapsed is made anew with. It begins afresh, for weights and alphas that have gone astray under one
 * loss are no start for another.
 */
public enum Remedy {
    /** β-DARTS (arXiv 2203.01665): the first order with beta decay, in the place of DARTS. */
    BETA_DECAY("beta-decay"),

    /**
     * RobustDARTS (arXiv 1909.09656), section 5: the weight decay of the weights, three times as much. The authors go from
     * 3e-4 in such steps.
     */
    WEIGHT_DECAY("weight-decay");

    private static final double FACTOR = 3;
    private static final double FIRST = 3e-4;

    /** Methods that beta decay is the remedy of: those that differ from it in the gradient alone. */
    private static final Set<String> PLAIN =
            Set.of(SearchMethods.DARTS_FIRST_ORDER.id(), SearchMethods.DARTS_SECOND_ORDER.id());

    private final String id;

    Remedy(String id) {
        this.id = id;
    }

    /** By which it is asked for. */
    public String id() {
        return id;
    }

    /**
     * The remedy of an id.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that exist
     */
    public static Remedy of(String id) {
        return Arrays.stream(values())
                .filter(remedy -> remedy.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("remedy must be %s (was '%s')"
                        .formatted(Arrays.stream(values()).map(Remedy::id).collect(Collectors.joining(" or ")), id)));
    }

    /**
     * This one, or the other where a method cannot have it.
     *
     * @param method id of the method that has collapsed
     * @param methods those that can search the same space
     */
    public Remedy forMethod(String method, Collection<SearchMethod> methods) {
        return this == BETA_DECAY && !(PLAIN.contains(method) && methods.contains(SearchMethods.BETA_DARTS))
                ? WEIGHT_DECAY
                : this;
    }

    /**
     * The method of the search made anew.
     *
     * @param method id of the one that has collapsed, which this is for
     */
    public String method(String method) {
        return this == BETA_DECAY ? SearchMethods.BETA_DARTS.id() : method;
    }

    /** The weight decay of the search made anew. */
    public double weightDecay(double before) {
        return this == WEIGHT_DECAY ? Math.max(FIRST, FACTOR * before) : before;
    }
}
