package io.dartboard.nas.bilevel;

import io.dartboard.nas.tensor.DeviceRelaxation;

/**
 * A way to search: a published method as a composition of its parts, each of which can be exchanged for itself.
 *
 * @param id stable name that requests, events and job identities carry
 * @param hypergradient how the gradient of the alphas is estimated
 * @param penalty what is added to the loss that the alphas go down
 * @param relaxation how the alphas become the weights of candidates
 */
public record SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty, DeviceRelaxation relaxation) {
    /** A method without a penalty, relaxed by a softmax. */
    public SearchMethod(String id, Hypergradient hypergradient) {
        this(id, hypergradient, AlphaPenalty.NONE);
    }

    /** A method relaxed by a softmax. */
    public SearchMethod(String id, Hypergradient hypergradient, AlphaPenalty penalty) {
        this(id, hypergradient, penalty, DeviceRelaxation.SOFTMAX);
    }
}
