package io.dartboard.local.model;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GuardSettings;
import io.dartboard.events.Layout;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderState;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.pipeline.testkit.Samples;
import java.util.List;

/** What is asked for in the model: runs that share all, some or none of their jobs, one that cannot be done, and one whose
 * search collapses. */
final class Wishes {
    /** A run that search-svc refuses. */
    static final String IMPOSSIBLE = "r4-impossible";

    /** A run whose search collapses, and is made anew by its guard. */
    static final String GUARDED = "r5-guarded";

    private static final SearchSettings SEARCH = SearchSettings.newBuilder(Samples.settings())
            .setEpochs(2)
            .setBatchSize(8)
            .build();
    private static final SearchSettings GUARDED_SEARCH = SearchSettings.newBuilder(SEARCH)
            .setMethod("darts-first-order")
            .setGuard(GuardSettings.newBuilder().setAct(true).setFrom(1).build())
            .build();
    private static final TransferSettings TRANSFER =
            new TransferSettings("scenes", 6, 8, 2, 8, 0, 64, 0.1, 0.97, 0.9, 3e-5, 5.0, 0.0, 0.0, 0.1, 0L, null, 0);

    private Wishes() {}

    static List<DatasetPublished> datasets() {
        return List.of(
                shapes("1"), dataset("scenes").setLayout(Layout.IMAGE_FOLDER).build());
    }

    /** A version of the dataset that is searched on. */
    static DatasetPublished shapes(String version) {
        return dataset("shapes")
                .setLayout(Layout.CIFAR_BINARY)
                .setVersion(version)
                .setDigest("digest of shapes " + version)
                .build();
    }

    /** A standing order on that dataset. */
    static OrderPlaced order() {
        var run = run("").setSearchSeeds(List.of(0L, 1L)).setEvaluationSeeds(List.of(0L, 1L, 2L, 3L));
        return OrderPlaced.newBuilder()
                .setOrder("shapes")
                .setDataset("shapes")
                .setState(OrderState.ACTIVE)
                .setRun(run.build())
                .setPolicy(OrderPolicy.newBuilder().build())
                .build();
    }

    /** In the order in which the model's actions name them. */
    static List<RunRequested> runs() {
        return List.of(
                run("r1").setTransfer(TRANSFER).build(),
                run("r2-twin").setTransfer(TRANSFER).setRequestedBy("another").build(),
                run("r3-same-search").setEvaluation(retrain(3)).build(),
                run(IMPOSSIBLE).setEvaluationSeeds(List.of()).build(),
                run(GUARDED).setSearch(GUARDED_SEARCH).build());
    }

    private static RunRequested.Builder run(String run) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset("shapes")
                .setDatasetVersion("1")
                .setSearch(SEARCH)
                .setSearchSeeds(List.of(0L))
                .setSelection(retrain(1))
                .setEvaluation(retrain(2))
                .setEvaluationSeeds(List.of(7L))
                .setRandomCellSeed(5);
    }

    private static RetrainSettings retrain(int epochs) {
        return new RetrainSettings(3, 4, epochs, 8, 0, 0.025, 0.0, 0.9, 3e-4, 5.0, 0.0, 0.1, 0, 0.0, null, 0, 0, 0.0);
    }

    private static DatasetPublished.Builder dataset(String name) {
        return DatasetPublished.newBuilder()
                .setDataset(name)
                .setVersion("1")
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setDigest("digest of " + name)
                .setArchive(new ArtifactRef("s3://nas/datasets/" + name + "/1/archive", "00", 1L))
                .setClasses(10)
                .setChannels(3)
                .setHeight(32)
                .setWidth(32)
                .setTrainExamples(100)
                .setTestExamples(50);
    }
}
