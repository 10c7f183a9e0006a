package io.dartboard.bench;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.function.LongSupplier;

/**
 * What a stretch of code needs of a device's memory at most, in bytes: of a processor, what this process holds in RAM; of a
 * GPU, what PyTorch has taken of it, which it keeps.
 */
public final class Footprint {
    private final LongSupplier peak;

    private Footprint(LongSupplier peak) {
        this.peak = peak;
    }

    /** From now on. */
    public static Footprint on(Device device) {
        if (device.isGpu()) {
            long before = CudaUtils.getGpuMemory(device).getCommitted();
            return new Footprint(() -> CudaUtils.getGpuMemory(device).getCommitted() - before);
        }
        if (!ProcessMemory.isTold()) {
            return new Footprint(() -> 0);
        }
        long before = ProcessMemory.resident();
        ProcessMemory.resetPeak();
        return new Footprint(() -> ProcessMemory.peak() - before);
    }

    /** The most so far. */
    public long peak() {
        return peak.getAsLong();
    }
}
