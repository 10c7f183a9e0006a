package io.dartboard.local.launch;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of the stack, by its id and the moment it began: an id alone may have passed on to a stranger after a
 * restart of the machine.
 */
final class PidFile {
    private final Path file;

    PidFile(Home home, Instance instance) {
        this.file = home.pids().resolve(instance.id() + ".pid");
    }

    /** The process, if it lives. */
    Optional<ProcessHandle> process() {
        return read().flatMap(entry -> ProcessHandle.of(entry.pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        handle.info().startInstant().map(entry.began::equals).orElse(false)));
    }

    /** True if it was started and has not been stopped, whether it lives or not. */
    boolean exists() {
        return Files.exists(file);
    }

    void write(ProcessHandle handle) {
        var began = handle.info().startInstant().orElse(Instant.EPOCH);
        try {
            Files.writeString(file, "%d %s%n".formatted(handle.pid(), began));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Entry> read() {
        try {
            if (!exists()) {
                return Optional.empty();
            }
            var words = Files.readString(file).strip().split(" ", 2);
            return Optional.of(new Entry(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (IOException | RuntimeException e) {
            throw new StackFailure("%s cannot be read (%s); delete it".formatted(file, e.getMessage()), e);
        }
    }

    private record Entry(long pid, Instant began) {}
}
