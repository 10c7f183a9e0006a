package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.TransferJob;

/**
 * What every job says that trains one cell, whichever its record.
 *
 * @param job its id
 * @param genotype in its published text form
 * @param dataset that it is trained on
 * @param seed of the training
 */
public record CellJob(String job, String genotype, DatasetPublished dataset, long seed) {

    /** Of a retraining. */
    public static CellJob of(EvaluationJob job) {
        return new CellJob(job.getJob(), job.getGenotype(), job.getDataset(), job.getSeed());
    }

    /** Of a transfer. */
    public static CellJob of(TransferJob job) {
        return new CellJob(
                job.getJob(),
                job.getGenotype(),
                job.getDataset(),
                job.getSettings().getSeed());
    }

    /** The refusal of a stage that a later version asks for. */
    public static IllegalArgumentException unknownStage() {
        return new IllegalArgumentException(
                "the stage is unknown to this version of eval-svc; bring it up to the version that asked");
    }
}
