package io.dartboard.nas.optim;

/** A learning rate per epoch. */
public interface Schedule {
    /** The learning rate of an epoch, counted from 0. */
    double at(int epoch);
}
