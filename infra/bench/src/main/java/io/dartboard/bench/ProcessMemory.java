package io.dartboard.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process that lies in RAM, as Linux counts it, in bytes. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";

    private ProcessMemory() {}

    /** Whether this system tells of it. */
    static boolean isTold() {
        return Files.isWritable(CLEAR);
    }

    /** Now. */
    static long resident() {
        return read("VmRSS:");
    }

    /** The most since {@link #resetPeak}. */
    static long peak() {
        return read("VmHWM:");
    }

    /** Forgets the peak. */
    static void resetPeak() {
        try {
            Files.writeString(CLEAR, RESET_PEAK);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reset the peak of this process's memory", e);
        }
    }

    private static long read(String field) {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(field))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .map(kib -> kib << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + STATUS + "; memory is measured on Linux only", e);
        }
    }
}
