package io.dartboard.nas;

import ai.djl.Device;
import io.dartboard.nas.tensor.Torch;

/** Where the golden tests compute: system property {@code golden.device}, as gpu0; the processor if nothing is said. */
public final class TestDevice {
    private TestDevice() {}

    public static Device get() {
        return Torch.device(System.getProperty("golden.device", "cpu"));
    }
}
