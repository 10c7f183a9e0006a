package io.dartboard.local.launch;

import io.dartboard.local.home.Instance;

/** Hears how starting and stopping go. */
public interface LaunchProgress {

    /** Not ready yet; called several times a second. */
    void waiting(Instance instance, String reason, long seconds);

    /** Ready; called once. */
    void ready(Instance instance, long seconds);

    /** Told to end. */
    void stopping(Instance instance);

    /** Did not end in time. */
    void killing(Instance instance, long seconds);
}
