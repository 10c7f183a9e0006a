package io.dartboard.pipeline.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that one thread of one process on this machine has at a time. It is named by a file, which stays and
 * which nobody opens for anything else: closing it anywhere in the process would give the lock up. The system
 * takes it from a process that dies, so nobody waits for the dead.
 */
public final class MachineLock implements AutoCloseable {
    private static final long LOOK_MS = 200;
    /** Within a process: the system's locks belong to processes, and closing a file gives up all that one has on it. */
    private static final Map<Path, Semaphore> HERE = new ConcurrentHashMap<>();

    private final Semaphore here;
    private final FileChannel channel;

    private MachineLock(Semaphore here, FileChannel channel) {
        this.here = here;
        this.channel = channel;
    }

    /**
     * Waits until it is free and takes it.
     *
     * @param file names it; created if need be, in a folder that is there
     * @param meanwhile called at least every second while it waits; what it throws ends the waiting
     * @throws IOException if the file cannot be written
     */
    public static MachineLock take(Path file, Runnable meanwhile) throws IOException, InterruptedException {
        while (true) {
            var taken = tryTake(file, LOOK_MS);
            if (taken.isPresent()) {
                return taken.get();
            }
            meanwhile.run();
        }
    }

    /** Takes it if it is free now. */
    public static Optional<MachineLock> tryTake(Path file) throws IOException, InterruptedException {
        return tryTake(file, 0);
    }

    private static Optional<MachineLock> tryTake(Path file, long waitMs) throws IOException, InterruptedException {
        var here = HERE.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new Semaphore(1));
        if (!here.tryAcquire(waitMs, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        @Nullable FileChannel channel = null;
        var taken = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            taken = channel.tryLock() != null;
            if (taken) {
                return Optional.of(new MachineLock(here, channel));
            }
        } finally {
            if (!taken) {
                if (channel != null) {
                    channel.close();
                }
                here.release();
            }
        }
        Thread.sleep(waitMs);
        return Optional.empty();
    }

    /** Gives it back; by any thread. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            here.release();
        }
    }
}
