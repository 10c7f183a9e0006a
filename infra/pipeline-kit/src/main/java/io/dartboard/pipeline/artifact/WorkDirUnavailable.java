package io.dartboard.pipeline.artifact;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * This machine's own folder has no space left or must not be written. It is no fault of the job: it passes when somebody
 * makes room, or on another machine.
 */
public final class WorkDirUnavailable extends StoreUnavailable {
    private static final long serialVersionUID = 1L;
    private static final double MEGA = 1e6;

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

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
