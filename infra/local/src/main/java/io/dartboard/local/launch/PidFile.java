package io.dartboard.local.launch;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.pipeline.identity.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Remembers which process of this machine is one of the stack's. */
final class PidFile {
    private final Path file;

    PidFile(Home home, Instance instance) {
        this.file = home.pids().resolve(instance.id() + ".pid");
    }

    /** The process, if it lives. */
    Optional<ProcessHandle> process() {
        return read().flatMap(ProcessId::process);
    }

    /** True if it was started and has not been stopped, whether it lives or not. */
    boolean exists() {
        return Files.exists(file);
    }

    void write(ProcessHandle handle) {
        var id = ProcessId.of(handle);
        try {
            Files.writeString(file, "%d %s%n".formatted(id.pid(), id.began()));
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

    private Optional<ProcessId> read() {
        try {
            if (!exists()) {
                return Optional.empty();
            }
            var words = Files.readString(file).strip().split(" ", 2);
            return Optional.of(new ProcessId(Long.parseLong(words[0]), Instant.parse(words[1])));
        } catch (IOException | RuntimeException e) {
            throw new StackFailure("%s cannot be read (%s); delete it".formatted(file, e.getMessage()), e);
        }
    }
}
