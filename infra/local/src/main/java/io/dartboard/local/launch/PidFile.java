package io.dartboard.local.launch;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.pipeline.identity.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Remembers which process of this machine is one of the stack's. */
final class PidFile {
    private final Path file;
    /** There while it has been told to end and was not started again since; its content is when. */
    private final Path stopped;

    PidFile(Home home, Instance instance) {
        this.file = home.pids().resolve(instance.id() + ".pid");
        this.stopped = home.pids().resolve(instance.id() + ".stopped");
    }

    /** The process, if it lives. */
    Optional<ProcessHandle> process() {
        return read().flatMap(ProcessId::process);
    }

    /** True if it was started and has not been stopped, whether it lives or not. */
    boolean exists() {
        return Files.exists(file);
    }

    /** When it was told to end, if it was. */
    Optional<Instant> toldToEnd() {
        try {
            return Files.exists(stopped)
                    ? Optional.of(Instant.parse(Files.readString(stopped).strip()))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            throw new StackFailure("%s cannot be read (%s); delete it".formatted(stopped, e.getMessage()), e);
        }
    }

    /** Remembers that it is told to end. */
    void tellToEnd(Instant now) {
        try {
            Files.writeString(stopped, now.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the process began that was started last; empty where none was. */
    Optional<Instant> began() {
        return read().map(id -> id.began());
    }

    void write(ProcessHandle handle) {
        var id = ProcessId.of(handle);
        try {
            Files.deleteIfExists(stopped);
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
