package io.dartboard.local.chaos;

import io.dartboard.local.launch.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What an operating system can do to a process. */
final class ProcessFaults {
    private static final long WITHIN_SECONDS = 5;

    private ProcessFaults() {}

    /** @throws StackFailure if this machine lacks a program that is needed */
    static void require() {
        for (var program : List.of("kill", "prlimit")) {
            if (Stream.of("/usr/bin/", "/bin/").noneMatch(folder -> Files.isExecutable(Path.of(folder + program)))) {
                throw new StackFailure(
                        "%s is not found; chaos needs it: install procps and util-linux".formatted(program));
            }
        }
    }

    /** The process stands still and keeps all that it has: connections, locks, leases. */
    static void freeze(ProcessHandle process) {
        run("kill", "-STOP", Long.toString(process.pid()));
    }

    static void thaw(ProcessHandle process) {
        run("kill", "-CONT", Long.toString(process.pid()));
    }

    /**
     * No file of the process grows beyond so many bytes: to it, the disk is full. Needs neither root nor a file system of
     * its own, and spares the other processes.
     */
    static void fillDisk(ProcessHandle process, long bytes) {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=%d:".formatted(bytes));
    }

    static void freeDisk(ProcessHandle process) {
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=unlimited:");
    }

    /** A process that has ended meanwhile is no error. */
    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new StackFailure("cannot run %s: %s".formatted(command[0], e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
