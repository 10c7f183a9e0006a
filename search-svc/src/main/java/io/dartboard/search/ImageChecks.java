package io.dartboard.search;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.data.Split;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.genotype.RandomGenotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.training.ImageConfigs;

/** Runs on images. */
record ImageChecks(CnnSpace space) implements RunChecks {
    @Override
    public void dataset(DatasetPublished dataset, String what) {
        RunChecks.requireTask(Task.IMAGE_CLASSIFICATION, "dataset", dataset, space);
        requireLayout(Layout.CIFAR_BINARY, what, dataset);
    }

    @Override
    public void search(SearchSettings search, DatasetPublished dataset) {
        RunRequests.trying("search", () -> SearchMethods.of(search.getMethod(), ImageSearch.METHODS));
        var config = RunRequests.trying("search", () -> ImageConfigs.of(search));
        var images = images("search", search.getImages(), dataset);
        var split = RunRequests.trying("search", () -> Split.of(images, config.trainPortion()));
        batch("search", search.getBatchSize(), split.train(), "that train the weights");
        batch("search", search.getBatchSize(), split.valid(), "that train the alphas");
    }

    @Override
    public void selection(RetrainSettings selection, DatasetPublished dataset) {
        retraining("selection", selection, dataset, ImageConfigs.SELECTION_PORTION);
    }

    @Override
    public void evaluation(RetrainSettings evaluation, DatasetPublished dataset) {
        retraining("evaluation", evaluation, dataset, 1);
    }

    @Override
    public void transfer(TransferSettings transfer, DatasetPublished target) {
        RunChecks.requireTask(Task.IMAGE_CLASSIFICATION, "transfer.dataset", target, space);
        requireLayout(Layout.IMAGE_FOLDER, "a transfer", target);
        RunRequests.trying("transfer", () -> ImageConfigs.of(transfer));
        var images = images("transfer", transfer.getImages(), target);
        batch("transfer", transfer.getBatchSize(), images, "that train");
    }

    @Override
    public GivenCell cell(String written) {
        RunChecks.requireKind(!RecurrentGenotype.isMeantBy(written), space);
        return GivenCell.of(NamedGenotype.of(written, space));
    }

    @Override
    public String randomCell(long seed) {
        return RandomGenotype.ofSeed(space, seed).hash();
    }

    private static void retraining(String section, RetrainSettings retrain, DatasetPublished dataset, double portion) {
        RunRequests.trying(section, () -> ImageConfigs.of(retrain));
        var images = images(section, retrain.getImages(), dataset);
        batch(section, retrain.getBatchSize(), (int) Math.floor(portion * images), "that train");
    }

    private static void requireLayout(Layout layout, String what, DatasetPublished dataset) {
        if (dataset.getLayout() != layout) {
            throw Refused.impossible("dataset %s is laid out as %s, and %s needs %s"
                    .formatted(
                            dataset.getDataset(),
                            DatasetRequest.name(dataset.getLayout()),
                            what,
                            DatasetRequest.name(layout)));
        }
    }

    private static int images(String section, int asked, DatasetPublished dataset) {
        var all = (int) Math.min(dataset.getTrainExamples(), Integer.MAX_VALUE);
        if (asked < 0 || asked > all) {
            throw Refused.impossible(
                    "%s: images must lie between 1 and %d, the training images of %s; 0 means all (was %d)"
                            .formatted(section, all, dataset.getDataset(), asked));
        }
        return asked == 0 ? all : asked;
    }

    private static void batch(String section, int batchSize, int images, String which) {
        if (batchSize > images) {
            throw Refused.impossible("%s: batchSize must be at most %d, as many as there are images %s (was %d)"
                    .formatted(section, images, which, batchSize));
        }
    }
}
