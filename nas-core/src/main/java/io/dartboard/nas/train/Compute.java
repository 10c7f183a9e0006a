package io.dartboard.nas.train;

import ai.djl.Device;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.tensor.Torch;

/**
 * What a training runs on. On a CPU it does not change the result.
 *
 * @param device where the tensors live
 * @param loaderThreads how many threads load and augment images ahead of the training
 */
public record Compute(Device device, int loaderThreads) {

    public Compute {
        Checks.atLeast("loaderThreads", loaderThreads, 1, "so that images are loaded at all");
    }

    /**
     * A device by its name.
     *
     * @param device cpu, gpu0, …
     * @throws IllegalArgumentException if the name is none of these
     */
    public static Compute on(String device, int loaderThreads) {
        return new Compute(Torch.device(device), loaderThreads);
    }
}
