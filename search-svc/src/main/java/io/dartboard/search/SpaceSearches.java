package io.dartboard.search;

import io.dartboard.events.Measure;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.bilevel.SearchSetup;
import io.dartboard.pipeline.artifact.Preparation;
import java.io.IOException;

/** The searches in one kind of space, on the datasets that it can be searched on. */
sealed interface SpaceSearches permits CnnSearches, RecurrentSearches {
    /**
     * Opens the dataset and refuses what can be refused.
     *
     * @param job whose dataset and settings are of this kind
     * @param preparation told how far the dataset is fetched and read; what it throws ends the call
     * @throws io.dartboard.pipeline.job.JobRefused if the job is impossible; nothing has been trained then
     * @throws IOException if this machine cannot read the dataset now
     */
    Ready prepare(SearchJob job, String device, Preparation preparation) throws IOException, InterruptedException;

    /**
     * A search that can begin.
     *
     * @param measure by what an epoch is judged
     */
    record Ready(Measure measure, SearchSetup setup) {}
}
