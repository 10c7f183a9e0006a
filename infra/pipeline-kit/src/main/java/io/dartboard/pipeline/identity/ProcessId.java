package io.dartboard.pipeline.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A process of this machine, by its number and the moment it began: a number alone may have passed on to a stranger.
 *
 * @param pid its number
 * @param began when it began; the epoch where the system does not tell
 */
public record ProcessId(long pid, Instant began) {

    /** That of a process. */
    public static ProcessId of(ProcessHandle process) {
        return new ProcessId(process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process, if it lives. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        handle.info().startInstant().filter(began::equals).isPresent());
    }
}
