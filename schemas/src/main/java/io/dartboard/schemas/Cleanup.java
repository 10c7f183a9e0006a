package io.dartboard.schemas;

/** How the broker cleans a topic up; the value of {@code cleanup.policy}. */
public enum Cleanup {
    /** The newest record of a key is what matters; older ones go. */
    COMPACT("compact"),
    /** Every record matters until its retention ends. */
    DELETE("delete");

    private final String policy;

    Cleanup(String policy) {
        this.policy = policy;
    }

    /** The broker's word for it. */
    public String policy() {
        return policy;
    }
}
