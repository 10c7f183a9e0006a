package io.dartboard.nas.cost;

/**
 * The cost of a network or a part of one.
 *
 * @param parameters trained values; running statistics are not among them
 * @param convolutionMultiplyAdds multiply-adds of convolutions, for one image
 * @param linearMultiplyAdds multiply-adds of fully connected layers, for one image
 */
public record Cost(long parameters, long convolutionMultiplyAdds, long linearMultiplyAdds) {
    /** The cost of what has no weights. */
    public static final Cost ZERO = new Cost(0, 0, 0);

    /** Multiply-adds of all layers, for one image. */
    public long multiplyAdds() {
        return convolutionMultiplyAdds + linearMultiplyAdds;
    }

    /** The cost of both. */
    public Cost plus(Cost other) {
        return new Cost(
                Math.addExact(parameters, other.parameters),
                Math.addExact(convolutionMultiplyAdds, other.convolutionMultiplyAdds),
                Math.addExact(linearMultiplyAdds, other.linearMultiplyAdds));
    }
}
