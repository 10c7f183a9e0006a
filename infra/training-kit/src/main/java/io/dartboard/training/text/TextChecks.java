package io.dartboard.training.text;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.setting.Checks;
import io.dartboard.nas.text.data.TextColumns;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.training.BoundSettings;

/**
 * What must hold of settings and the text that they are for: it must be long enough for the columns in which it is read. Each
 * check throws {@link IllegalArgumentException} with one line.
 */
public final class TextChecks {
    /** In which the test text is judged at the end. */
    private static final int TEST_COLUMNS = 1;

    private static final int SMALLEST_SEARCH_BATCH = 2;

    private TextChecks() {}

    /** Of a search. */
    public static void search(SearchSettings search, DatasetPublished dataset) {
        Checks.all(
                () -> BoundSettings.method(search, TextSearch.METHODS),
                () -> BoundSettings.ofText(search, RecurrentSearchConfig.class));
        var config = BoundSettings.ofText(search, RecurrentSearchConfig.class);
        requireRows("training text", dataset.getTrainExamples(), config.batchSize(), SMALLEST_SEARCH_BATCH);
        requireRows("validation text", dataset.getValidExamples(), config.batchSize(), SMALLEST_SEARCH_BATCH);
        judged(dataset);
    }

    /** Of the brief retraining, which leaves the test text alone. */
    public static void selection(RetrainSettings selection, DatasetPublished dataset) {
        var config = BoundSettings.ofText(selection, RecurrentTrainConfig.class);
        requireRows("training text", dataset.getTrainExamples(), config.batchSize(), 1);
        judged(dataset);
    }

    /** Of the full retraining. */
    public static void evaluation(RetrainSettings evaluation, DatasetPublished dataset) {
        full(dataset, BoundSettings.ofText(evaluation, RecurrentTrainConfig.class));
    }

    /** Of a transfer. */
    public static void transfer(TransferSettings transfer, DatasetPublished target) {
        full(target, BoundSettings.ofText(transfer, RecurrentTrainConfig.class));
    }

    private static void full(DatasetPublished dataset, RecurrentTrainConfig config) {
        requireRows("training text", dataset.getTrainExamples(), config.batchSize(), 1);
        judged(dataset);
        requireRows("test text", dataset.getTestExamples(), TEST_COLUMNS, TEST_COLUMNS);
    }

    private static void judged(DatasetPublished dataset) {
        requireRows("validation text", dataset.getValidExamples(), TextColumns.JUDGED, TextColumns.JUDGED);
    }

    private static void requireRows(String which, long words, int columns, int fewest) {
        TextColumns.rows(which, Math.toIntExact(words), columns, fewest);
    }
}
