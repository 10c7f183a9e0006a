package io.dartboard.pipeline.config;

/** How many threads load the images of one job. */
public final class LoaderThreads {
    private LoaderThreads() {}

    /**
     * As configured; where nothing is, the processors of the machine are shared among the devices, for each trains one job
     * at a time. Beside a GPU the processors have nothing else to do; beside a CPU training the loaders only run ahead until
     * two batches are ready.
     *
     * @param processors of this machine
     */
    public static int of(PipelineConfig config, int processors) {
        if (config.loaderThreads() < 0) {
            throw new IllegalArgumentException(
                    "dartboard.loader-threads must be at least 1, or 0 to share the processors (was %d)"
                            .formatted(config.loaderThreads()));
        }
        return config.loaderThreads() > 0
                ? config.loaderThreads()
                : Math.max(1, processors / Math.max(1, config.devices().size()));
    }

    /** The same for the machine that this runs on. */
    public static int of(PipelineConfig config) {
        return of(config, Runtime.getRuntime().availableProcessors());
    }
}
