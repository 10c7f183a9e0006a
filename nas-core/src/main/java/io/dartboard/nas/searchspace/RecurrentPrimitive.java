package io.dartboard.nas.searchspace;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A candidate operation of a recurrent cell in its published order: the function in the highway of an edge.
 *
 * <p>Source: DARTS (arXiv 1806.09055), section 3.1 and appendix A.1.2.
 */
public enum RecurrentPrimitive {
    NONE("none"),
    TANH("tanh"),
    RELU("relu"),
    SIGMOID("sigmoid"),
    IDENTITY("identity");

    private final String publishedName;

    RecurrentPrimitive(String publishedName) {
        this.publishedName = publishedName;
    }

    /** The name in the authors' genotype text, such as {@code tanh}. */
    public String publishedName() {
        return publishedName;
    }

    /**
     * The primitive of a published name.
     *
     * @throws IllegalArgumentException if no primitive has that name; the message lists those that exist
     */
    public static RecurrentPrimitive of(String publishedName) {
        for (RecurrentPrimitive primitive : values()) {
            if (primitive.publishedName.equals(publishedName)) {
                return primitive;
            }
        }
        throw new IllegalArgumentException("unknown recurrent operation '%s'; known: %s"
                .formatted(
                        publishedName,
                        Arrays.stream(values())
                                .map(RecurrentPrimitive::publishedName)
                                .collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return publishedName;
    }
}
