package io.dartboard.local.chaos;

/** What the harness does to a stack. */
public enum FaultKind {
    KILL("kill -9 of a service", 3),
    FREEZE("SIGSTOP, then SIGCONT, of a process", 2),
    KILL_BROKER("kill -9 of broker and store", 1),
    STORE_SLOW("store: latency", 1),
    STORE_ERRORS("store: errors 500 and 503", 1),
    STORE_CUTS("store: truncated bodies", 1),
    STORE_LIES("store: replaced bodies", 1),
    STORE_AWAY("store: connections refused", 1),
    DISK_FULL("disk full", 1),
    DUPLICATES("records: duplicated", 1),
    REORDERED("records: reordered", 1),
    LATE("records: late", 1),
    GARBAGE("records: garbage", 1);

    private final String title;
    private final int share;

    FaultKind(String title, int share) {
        this.title = title;
        this.share = share;
    }

    /** What it is to people. */
    public String title() {
        return title;
    }

    /** How often it comes in one round of all faults. */
    int share() {
        return share;
    }
}
