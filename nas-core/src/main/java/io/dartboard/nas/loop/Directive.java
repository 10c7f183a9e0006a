package io.dartboard.nas.loop;

/** What a loop is told to do after a step. */
public enum Directive {
    /** Go on. */
    CONTINUE,
    /** Hand out a snapshot, then go on. */
    CHECKPOINT,
    /** Hand out a snapshot, then return. */
    STOP
}
