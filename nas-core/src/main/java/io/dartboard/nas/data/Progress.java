package io.dartboard.nas.data;

/** Told how far a long look at a data set is, by any thread and many times a second; what it throws ends the look. */
@FunctionalInterface
public interface Progress {

    /** Nobody is told. */
    Progress UNTOLD = (activity, done, of) -> {};

    /**
     * It is here.
     *
     * @param activity what is done, for people: "reading", "looking at photographs"
     * @param done how much of it, in bytes or files
     * @param of all of it, in the same unit; 0 where that is not known
     */
    void at(String activity, long done, long of);
}
