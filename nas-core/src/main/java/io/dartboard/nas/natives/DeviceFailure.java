package io.dartboard.nas.natives;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device could not do what was asked of it. The message is one line that says what to do; the cause is what was said. */
public final class DeviceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("CUDA out of memory\\. Tried to allocate ([\\d.]+ \\wi?B)");
    private static final Pattern NO_KERNEL = Pattern.compile("no kernel image is available");
    private static final Pattern LOST = Pattern.compile("CUDA error: ([\\w ]+)");

    private DeviceFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What was thrown, as a failure of the device if it is one; else unchanged. */
    public static RuntimeException named(RuntimeException thrown) {
        String said = LinkTrouble.said(thrown);
        Matcher memory = OUT_OF_MEMORY.matcher(said);
        if (memory.find()) {
            return new DeviceFailure(
                    "the GPU is out of memory (it was to give %s more): ask for a smaller batch or fewer channels, or leave the card to one process"
                            .formatted(memory.group(1)),
                    thrown);
        }
        if (NO_KERNEL.matcher(said).find()) {
            return new DeviceFailure("this build of PyTorch has no kernels for the card: use an older card", thrown);
        }
        Matcher lost = LOST.matcher(said);
        return lost.find()
                ? new DeviceFailure(
                        "the GPU failed (%s): see nvidia-smi and the system's log; a process whose GPU has failed must be started again"
                                .formatted(lost.group(1).strip()),
                        thrown)
                : thrown;
    }
}
