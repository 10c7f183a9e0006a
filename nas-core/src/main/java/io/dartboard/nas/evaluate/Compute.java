package io.dartboard.nas.evaluate;

import ai.djl.Device;

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
}
