package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.pipeline.job.JobRefused;

/** The memory that images take which a service holds: at most half of its heap, the rest being what it works with. */
final class HeapRoom {
    private static final int CHANNELS = 3;
    private static final long MEGA = 1_000_000;

    private HeapRoom() {}

    /**
     * Refuses a dataset that does not fit.
     *
     * @param side of its images in pixels
     * @throws JobRefused with what it needs and what there is
     */
    static void require(DatasetPublished dataset, int side) {
        require(dataset, side, Runtime.getRuntime().maxMemory());
    }

    static void require(DatasetPublished dataset, int side, long heap) {
        var bytes = (dataset.getTrainExamples() + dataset.getTestExamples()) * CHANNELS * side * side;
        if (bytes > heap / 2) {
            throw new JobRefused(
                    "%s takes %d MB of memory at %d x %d pixels, and half of the heap of this service, %d MB, is for images; give it a larger heap with -Xmx, ask for a smaller resolution, or publish the images as an image folder, which is read from disk"
                            .formatted(OpenDataset.name(dataset), bytes / MEGA, side, side, heap / 2 / MEGA));
        }
    }
}
