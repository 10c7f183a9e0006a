package io.dartboard.nas.loop;

/** What a loop is told to do after a step. */
public enum Directive {
    /** Go on. */
    CONTINUE,
    /** Hand out a snapshot, then go on. */
    CHECKPOINT,
    /** Hand out a snapshot, then return. */
    STOP,
    /**
     * Hand out a snapshot, then make the best of what there is: judge it if it has changed since it was last judged, and end
     * as after the last epoch. The snapshot is one of a run that has not ended, and is gone on from as any other.
     */
    FINISH
}
