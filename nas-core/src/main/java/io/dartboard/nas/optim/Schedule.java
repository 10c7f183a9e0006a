package io.dartboard.nas.optim;

/** A learning rate per epoch. */
public sealed interface Schedule permits CosineSchedule, StepSchedule {
    /** The learning rate of an epoch, counted from 0. */
    double at(int epoch);
}
