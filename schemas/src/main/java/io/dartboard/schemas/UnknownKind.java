package io.dartboard.schemas;

/**
 * A whole event of a kind that this version does not have, told by a newer one. It says nothing to this version and is
 * nothing that anybody has to mend: whoever reads it goes on to the next and counts it, and keeps no dead letter.
 */
public final class UnknownKind extends UnreadableEvent {
    private static final long serialVersionUID = 1L;

    private final String kind;

    UnknownKind(String kind) {
        super("%s is a kind of event that this version does not have".formatted(kind));
        this.kind = kind;
    }

    /** The record's full name. */
    public String kind() {
        return kind;
    }
}
