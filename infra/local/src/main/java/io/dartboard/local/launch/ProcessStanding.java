package io.dartboard.local.launch;

import io.dartboard.local.home.Instance;
import java.time.Instant;

/**
 * How a process of the stack stands.
 *
 * @param instance the process
 * @param life whether it lives, and if not, by whose will
 * @param since since when, as far as can be told: of one that died, when it last wrote into its log
 */
public record ProcessStanding(Instance instance, Life life, Instant since) {

    /** Whether a process lives. */
    public enum Life {
        /** It runs. */
        UP,
        /** It was never started. */
        ABSENT,
        /** It was told to end, by {@code infra/run down} or {@code restart}. */
        STOPPED,
        /** It has ended on its own, or was killed. */
        DIED
    }

    /** True if it runs. */
    public boolean isUp() {
        return life == Life.UP;
    }
}
