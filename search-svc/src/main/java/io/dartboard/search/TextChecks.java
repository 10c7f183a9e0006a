package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.data.TextColumns;
import io.dartboard.nas.genotype.NamedRecurrentGenotype;
import io.dartboard.nas.genotype.RandomRecurrentGenotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.training.TextConfigs;

/** Runs on texts. A text must be long enough for the columns in which it is read. */
record TextChecks(RecurrentSpace space) implements RunChecks {
    /** In which the test text is judged at the end. */
    private static final int TEST_COLUMNS = 1;

    @Override
    public void dataset(DatasetPublished dataset, String what) {
        RunChecks.requireTask(Task.LANGUAGE_MODEL, "dataset", dataset, space);
    }

    @Override
    public void search(SearchSettings search, DatasetPublished dataset) {
        RunRequests.trying("search", () -> SearchMethods.of(search.getMethod(), TextSearch.METHODS));
        var config = RunRequests.trying("search", () -> TextConfigs.of(search));
        training("search", dataset, config.batchSize());
        validation("search", dataset, config.batchSize());
        validation("search", dataset, TextColumns.JUDGED);
    }

    @Override
    public void selection(RetrainSettings selection, DatasetPublished dataset) {
        var config = RunRequests.trying("selection", () -> TextConfigs.of(selection));
        training("selection", dataset, config.batchSize());
        validation("selection", dataset, TextColumns.JUDGED);
    }

    @Override
    public void evaluation(RetrainSettings evaluation, DatasetPublished dataset) {
        var config = RunRequests.trying("evaluation", () -> TextConfigs.of(evaluation));
        full("evaluation", dataset, config.batchSize());
    }

    @Override
    public void transfer(TransferSettings transfer, DatasetPublished target) {
        RunChecks.requireTask(Task.LANGUAGE_MODEL, "transfer.dataset", target, space);
        var config = RunRequests.trying("transfer", () -> TextConfigs.of(transfer));
        full("transfer", target, config.batchSize());
    }

    @Override
    public GivenCell cell(String written) {
        RunChecks.requireKind(!isText(written) || RecurrentGenotype.isMeantBy(written), space);
        return GivenCell.of(NamedRecurrentGenotype.of(written, space));
    }

    @Override
    public String randomCell(long seed) {
        return RandomRecurrentGenotype.ofSeed(space, seed).hash();
    }

    /** Names hold no bracket. */
    private static boolean isText(String written) {
        return written.contains("(");
    }

    private static void full(String section, DatasetPublished dataset, int batchSize) {
        training(section, dataset, batchSize);
        validation(section, dataset, TextColumns.JUDGED);
        requireRows(section, "test text", dataset.getTestExamples(), TEST_COLUMNS);
    }

    private static void training(String section, DatasetPublished dataset, int columns) {
        requireRows(section, "training text", dataset.getTrainExamples(), columns);
    }

    private static void validation(String section, DatasetPublished dataset, int columns) {
        requireRows(section, "validation text", dataset.getValidExamples(), columns);
    }

    private static void requireRows(String section, String which, long words, int columns) {
        RunRequests.trying(section, () -> TextColumns.rows(which, Math.toIntExact(words), columns));
    }
}
