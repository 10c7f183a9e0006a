package io.dartboard.nas.image.data;

import java.util.concurrent.Semaphore;
import javax.imageio.IIOException;

/**
 * The memory that all decoders of a process share, however many threads there are and however large pictures are: whoever
 * decodes takes what the picture needs, waits while others have it, and gives it back. A picture that needs more than there
 * is counts as corrupt. Safe for use by many threads at once.
 */
final class DecodingMemory {

    /** For pixels: a quarter of the heap, so that a network's data, and a snapshot of it, have room beside. */
    static final DecodingMemory PIXELS = new DecodingMemory(Runtime.getRuntime().maxMemory() / 4);

    /**
     * For the files as they are stored: an eighth. It is a memory of its own because whoever has a file waits for pixels; of
     * one memory, each might wait for what the others have.
     */
    static final DecodingMemory FILES = new DecodingMemory(Runtime.getRuntime().maxMemory() / 8);

    private static final int UNIT = 1024;
    private static final long MEBIBYTE = 1 << 20;

    private final int all;
    private final Semaphore free;

    DecodingMemory(long bytes) {
        this.all = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(all, true); // in turn, so that a large picture is not overtaken for ever
    }

    /**
     * Waits until there is so much, and takes it.
     *
     * @param bytes how much
     * @param what needs it, for the line that refuses it
     * @throws IIOException if it is more than all there is
     */
    Taken take(long bytes, String what) throws IIOException {
        long units = (Math.max(0, bytes) + UNIT - 1) / UNIT;
        if (units > all) {
            throw new IIOException("%s needs %d MiB of memory, more than the %d MiB that this process has for it"
                    .formatted(what, bytes / MEBIBYTE, (long) all * UNIT / MEBIBYTE));
        }
        free.acquireUninterruptibly((int) units);
        return new Taken(free, (int) units);
    }

    /** Nobody has any of it. */
    boolean isFree() {
        return free.availablePermits() == all;
    }

    /** What somebody has. */
    record Taken(Semaphore from, int units) implements AutoCloseable {
        @Override
        public void close() {
            from.release(units);
        }
    }
}
