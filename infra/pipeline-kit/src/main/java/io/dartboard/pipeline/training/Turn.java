package io.dartboard.pipeline.training;

/** What a training loop is to do after a step. */
public enum Turn {
    /** Go on. */
    GO_ON,
    /** Write a checkpoint and go on. */
    CHECKPOINT,
    /** Write a checkpoint if {@link TrainingJob#saves()} says so, and return. */
    STOP
}
