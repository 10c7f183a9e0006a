package io.dartboard.pipeline.lease;

/** What has come of asking for a job's lease. */
public sealed interface Claim {

    /** The job is ours to begin. */
    record Held(Lease lease) implements Claim {}

    /** Another worker is at the job, and shows life. */
    record Taken(LeaseState by) implements Claim {}

    /**
     * Attempt after attempt got nowhere: none is made any more.
     *
     * @param state how it ended
     */
    record GivenUp(LeaseState state) implements Claim {}
}
