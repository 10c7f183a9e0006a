package io.dartboard.local.launch;

import io.dartboard.local.home.Member;

/** Hears how starting and stopping go. */
public interface LaunchProgress {

    /** Not ready yet; called several times a second. */
    void waiting(Member member, String reason, long seconds);

    /** Ready; called once. */
    void ready(Member member, long seconds);

    /** Told to end. */
    void stopping(Member member);

    /** Did not end in time. */
    void killing(Member member, long seconds);
}
