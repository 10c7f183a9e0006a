package io.dartboard.nas.natives;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether a device can be computed on, and if not, why, in one line that says what to do. */
public final class Devices {
    private static final int NEWEST_CAPABILITY = 9;

    private Devices() {}

    /** What a driver says. */
    record Driver(int version, Optional<String> trouble, List<Integer> capabilities) {
        static Driver of(CudaDriver driver) {
            return new Driver(
                    driver.version(),
                    driver.trouble(),
                    IntStream.range(0, driver.cards())
                            .mapToObj(driver::capability)
                            .toList());
        }
    }

    /** One line with what keeps a device from being used; empty if nothing does. Loads the native libraries. */
    public static Optional<String> trouble(Device device) {
        try {
            Natives.load();
        } catch (NativesException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return device.isGpu()
                ? Natives.build()
                        .flatMap(build -> trouble(
                                device.getDeviceId(), build, CudaDriver.find().map(Driver::of)))
                : Optional.empty();
    }

    static Optional<String> trouble(int card, NativeBuild build, Optional<Driver> found) {
        if (!build.cuda()) {
            return Optional.of(
                    "this build computes on the CPU alone: build with -Pcu118, or set dartboard.devices to cpu");
        }
        if (found.isEmpty()) {
            return Optional.of(LinkTrouble.NO_DRIVER);
        }
        Driver driver = found.get();
        // Within one first number of CUDA's release, an older driver serves a newer runtime.
        int wanted = build.cudaMajor();
        if (driver.version() > 0 && driver.version() / 1000 < wanted) {
            return Optional.of(
                    "the NVIDIA driver is too old: it serves CUDA %d.%d and this build wants %d.0 or newer; update the driver"
                            .formatted(driver.version() / 1000, driver.version() % 1000 / 10, wanted));
        }
        if (driver.trouble().isPresent()) {
            return Optional.of(
                    "the NVIDIA driver does not start (%s): see nvidia-smi; a reboot ends what an update began"
                            .formatted(driver.trouble().get()));
        }
        int cards = driver.capabilities().size();
        if (cards == 0) {
            return Optional.of(
                    "the NVIDIA driver shows no GPU to this process: see nvidia-smi and CUDA_VISIBLE_DEVICES, or give the container one");
        }
        if (card >= cards) {
            return Optional.of("there is no gpu%d: this process sees %s"
                    .formatted(
                            card,
                            IntStream.range(0, cards).mapToObj(i -> "gpu" + i).collect(Collectors.joining(", "))));
        }
        int capability = driver.capabilities().get(card);
        if (capability / 10 > NEWEST_CAPABILITY) {
            return Optional.of(
                    "gpu%d has compute capability %d.%d and this build has kernels up to %d.0: use an older card"
                            .formatted(card, capability / 10, capability % 10, NEWEST_CAPABILITY));
        }
        return Optional.empty();
    }
}
