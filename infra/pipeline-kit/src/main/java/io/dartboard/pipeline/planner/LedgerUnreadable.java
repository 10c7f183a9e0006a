package io.dartboard.pipeline.planner;

/**
 * A planner cannot read what it, or a version of it, has kept. No fact is to blame, so none is refused: the planner stands
 * still, says so, and goes on once it understands its state.
 */
public final class LedgerUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerUnreadable(String place, Throwable cause) {
        super(
                "the planner's own state at %s cannot be read: %s; run the version that wrote it, or reset the planner's application so that it reads all facts anew"
                        .formatted(place, cause.getMessage()),
                cause);
    }
}
