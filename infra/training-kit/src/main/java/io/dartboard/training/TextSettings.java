package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Task;
import io.dartboard.pipeline.job.JobRefused;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job that searches or trains on a text has beside the settings of every such job; one on images has none. That
 * dataset, cell and settings are of one kind is checked here, before any of them is read.
 */
public final class TextSettings {
    private TextSettings() {}

    /**
     * The settings; empty for a job on images.
     *
     * @param recurrentCell whether the job is about recurrent cells: its genotype is meant as one, or its space is of them
     * @param settings what the job gives
     * @throws JobRefused if the dataset's task asks for another cell or other settings
     */
    public static <T> Optional<T> of(DatasetPublished dataset, boolean recurrentCell, @Nullable T settings) {
        var name = OpenDataset.name(dataset);
        if (dataset.getTask() == Task.UNKNOWN) {
            throw new JobRefused(
                    "the task of %s is unknown to this version; bring the service up to the one that published it"
                            .formatted(name));
        }
        var isText = dataset.getTask() == Task.LANGUAGE_MODEL;
        if (isText != recurrentCell) {
            throw new JobRefused(
                    isText
                            ? "%s is a text, which a convolutional cell cannot read: give a cell of space darts-rnn or a dataset of images"
                                    .formatted(name)
                            : "%s holds images, which a recurrent cell cannot read: give a cell of space darts-cnn or a text"
                                    .formatted(name));
        }
        if (isText != (settings != null)) {
            throw new JobRefused(
                    isText
                            ? "%s is a text, but the settings lack those of a recurrent cell: start from a preset for texts"
                                    .formatted(name)
                            : "%s holds images, but the settings have those of a recurrent cell: start from a preset for images"
                                    .formatted(name));
        }
        return Optional.ofNullable(settings);
    }
}
