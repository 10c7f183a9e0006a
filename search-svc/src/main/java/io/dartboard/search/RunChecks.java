package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;

/** What must hold of a run before it begins, by what its space is for. Each check throws {@link Refused} with one line. */
sealed interface RunChecks permits ImageChecks, TextChecks {

    /** The checks of runs in a space. */
    static RunChecks of(SearchSpace space) {
        if (space instanceof RecurrentSpace recurrent) {
            return new TextChecks(recurrent);
        }
        return new ImageChecks((CnnSpace) space);
    }

    /**
     * That cells of the space can be searched and trained on this dataset.
     *
     * @param what is done with it, e.g. a search
     */
    void dataset(DatasetPublished dataset, String what);

    /** That the search can be done. */
    void search(SearchSettings search, DatasetPublished dataset);

    /** That the brief retraining can be done. */
    void selection(RetrainSettings selection, DatasetPublished dataset);

    /** That the full retraining can be done. */
    void evaluation(RetrainSettings evaluation, DatasetPublished dataset);

    /** That the transfer can be done, and to this dataset. */
    void transfer(TransferSettings transfer, DatasetPublished target);

    /**
     * The cell that is meant.
     *
     * @param written a name or a text
     * @throws IllegalArgumentException with one line, if none of this space is
     */
    GivenCell cell(String written);

    /** The hash of the random cell of a seed. */
    String randomCell(long seed);

    /** Refuses a dataset from which another thing is learned than cells of the space are for. */
    static void requireTask(Task task, String field, DatasetPublished dataset, SearchSpace space) {
        if (dataset.getTask() != task) {
            throw Refused.impossible("%s %s is for %s, and cells of space %s are for %s; name another dataset or space"
                    .formatted(
                            field,
                            dataset.getDataset(),
                            DatasetRequest.name(dataset.getTask()),
                            space.id(),
                            DatasetRequest.name(task)));
        }
    }

    /** Refuses the text of a cell of another kind. */
    static void requireKind(boolean fits, SearchSpace space) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "this is no cell of the run's space %s; name the space that it is of, or give another cell"
                            .formatted(space.id()));
        }
    }
}
