package io.dartboard.training;

import io.dartboard.nas.natives.CudaSettings;
import io.dartboard.pipeline.config.PipelineConfig;

/** Hands a service's settings to the engine, which reads them once, when it is loaded. */
public final class EngineSettings {
    private EngineSettings() {}

    /** Before the first tensor. */
    public static void apply(PipelineConfig config) {
        if (config.threads() > 0) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(config.threads()));
        }
        System.setProperty(CudaSettings.TF32, Boolean.toString(config.cuda().tf32()));
        System.setProperty(
                CudaSettings.BENCHMARK, Boolean.toString(config.cuda().benchmark()));
    }
}
