package io.dartboard.training.text;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
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

    private TextChecks() {}

    /** Of a search. */
    public static void search(SearchSettings search, DatasetPublished dataset) {
        BoundSettings.method(search, TextSearch.METHODS);
        var config = BoundSettings.ofText(search, RecurrentSearchConfig.class);
        training(dataset, config.batchSize());
        validation(dataset, config.batchSize());
        validation(dataset, TextColumns.JUDGED);
    }

    /** Of the brief retraining, which leaves the test text alone. */
    public static void selection(RetrainSettings selection, DatasetPublished dataset) {
        var config = BoundSettings.ofText(selection, RecurrentTrainConfig.class);
        training(dataset, config.batchSize());
        validation(dataset, TextColumns.JUDGED);
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
        training(dataset, config.batchSize());
        validation(dataset, TextColumns.JUDGED);
        requireRows("test text", dataset.getTestExamples(), TEST_COLUMNS);
    }

    private static void training(DatasetPublished dataset, int columns) {
        requireRows("training text", dataset.getTrainExamples(), columns);
    }

    private static void validation(DatasetPublished dataset, int columns) {
        requireRows("validation text", dataset.getValidExamples(), columns);
    }

    private static void requireRows(String which, long words, int columns) {
        TextColumns.rows(which, Math.toIntExact(words), columns);
    }
}
