package io.dartboard.nas.bilevel;

/**
 * A way to search: a published method as a composition of its parts, each of which can be exchanged for itself.
 *
 * @param id stable name that requests, events and job identities carry
 * @param hypergradient how the gradient of the alphas is estimated
 * @param penalty what is added to the loss that the alphas go down
 */
public record SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty) {
    /** A method without a penalty. */
    public SearchMethod(String id, Hypergradient hypergradient) {
        this(id, hypergradient, AlphaPenalty.NONE);
    }
}
