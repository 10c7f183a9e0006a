package io.dartboard.pipeline.artifact;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * This machine's own folder has no space left, must not be read or written, or cannot hold a file of some name. It is no
 * fault of the job nor of its data: it passes when somebody sees to it, or on another machine.
 */
public final class WorkDirUnavailable extends StoreUnavailable {
    private static final long serialVersionUID = 1L;
    private static final double MEGA = 1e6;

    /** What a system says of itself, as it stands in exceptions that name no file. */
    private static final List<String> OF_THE_SYSTEM = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "Input/output error",
            "Read-only file system",
            "Too many open files",
            "Permission denied",
            "Stale file handle",
            "Cannot allocate memory");

    private WorkDirUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    private WorkDirUnavailable(String message) {
        super(message);
    }

    /**
     * Writing has failed.
     *
     * @param folder that could not be written
     * @param what should be kept there, as "dataset cifar10 version 1"
     * @param bytes that it needs there at least
     */
    public static WorkDirUnavailable writing(Path folder, String what, long bytes, IOException failure) {
        return new WorkDirUnavailable(
                "cannot keep %s in %s: %s; it needs %.0f MB there: free space, or set dartboard.work-dir to a folder with space that the service may write"
                        .formatted(what, folder, reason(failure), Math.ceil(bytes / MEGA)),
                failure);
    }

    /**
     * Writing has failed, of what has no known size.
     *
     * @param folder that could not be written
     * @param what should be kept there
     */
    public static WorkDirUnavailable writing(Path folder, String what, IOException failure) {
        return new WorkDirUnavailable(
                "cannot keep %s in %s: %s; free space, or set dartboard.work-dir to a folder with space that the service may write"
                        .formatted(what, folder, reason(failure)),
                failure);
    }

    /**
     * There is not enough space to begin.
     *
     * @param bytes that are needed
     * @param free bytes that are there
     */
    static WorkDirUnavailable full(Path folder, String what, long bytes, long free) {
        return new WorkDirUnavailable(
                "cannot keep %s in %s: it needs %.0f MB there and %.0f MB are free; free space, or set dartboard.work-dir to a folder with space"
                        .formatted(what, folder, Math.ceil(bytes / MEGA), Math.floor(free / MEGA)));
    }

    /**
     * Reading has failed.
     *
     * @param path that could not be read
     * @param what lies there, as "dataset cifar10 version 1"
     */
    public static WorkDirUnavailable reading(Path path, String what, IOException failure) {
        return new WorkDirUnavailable(
                "cannot read %s in %s: %s; see to the disk and to the rights of the service there"
                        .formatted(what, path, reason(failure)),
                failure);
    }

    /**
     * A file has a name that this process cannot give it.
     *
     * @param folder where it should lie
     * @param what it belongs to, as "dataset cifar10 version 1"
     */
    public static WorkDirUnavailable naming(Path folder, String what, InvalidPathException failure) {
        return new WorkDirUnavailable(
                "cannot keep %s in %s: this process names files in %s, which has no name for '%s'; start the service with LC_ALL=C.UTF-8 in its environment"
                        .formatted(what, folder, System.getProperty("sun.jnu.encoding"), failure.getInput()),
                failure);
    }

    /**
     * What of a failure is surely the fault of this machine, whoever has been blamed on the way: no space, no right, a
     * broken disk, or a name that this process cannot give to a file.
     *
     * @param workDir named where the failure names no file
     */
    public static Optional<WorkDirUnavailable> in(Throwable failure, Path workDir) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WorkDirUnavailable known) {
                return Optional.of(known);
            }
            if (cause instanceof InvalidPathException name) {
                return Optional.of(naming(workDir, "a file", name));
            }
            if (cause instanceof IOException told && isOfTheSystem(told)) {
                var place = told instanceof FileSystemException named && named.getFile() != null
                        ? named.getFile()
                        : workDir.toString();
                return Optional.of(new WorkDirUnavailable(
                        "cannot read or write %s: %s; see to the space and the rights there, or set dartboard.work-dir to another folder"
                                .formatted(place, reason(told)),
                        told));
            }
        }
        return Optional.empty();
    }

    private static boolean isOfTheSystem(IOException failure) {
        var told = String.valueOf(failure.getMessage());
        return failure instanceof AccessDeniedException
                || OF_THE_SYSTEM.stream().anyMatch(told::contains);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
