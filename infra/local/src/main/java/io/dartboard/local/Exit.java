package io.dartboard.local;

/** Exit codes of the command line. */
final class Exit {
    static final int OK = 0;
    /** The run failed or was cancelled. */
    static final int RUN_FAILED = 1;
    /** Bad usage or bad input. */
    static final int BAD_INPUT = 2;
    /** The machine, the stack or the network stands in the way. */
    static final int ENVIRONMENT = 3;
    /** The run goes on, and whoever watched it does not. */
    static final int GOES_ON = 4;

    private Exit() {}
}
