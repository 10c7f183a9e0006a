package io.dartboard.search.work;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.JobFailed;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderState;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Standing;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.events.Verdict;
import io.dartboard.events.WatchedSource;
import java.util.List;
import java.util.Map;

/** Small events for tests. */
public final class Told {
    public static final SearchSettings SEARCH = SearchSettings.newBuilder()
            .setSpace("darts-cnn")
            .setMethod("darts-first-order")
            .setCells(3)
            .setChannels(4)
            .setEpochs(2)
            .setBatchSize(8)
            .setTrainPortion(0.5)
            .setLearningRate(0.025)
            .setLearningRateMin(0.001)
            .setMomentum(0.9)
            .setWeightDecay(3e-4)
            .setGradientClip(5.0)
            .setAlphaLearningRate(3e-4)
            .setAlphaBeta1(0.5)
            .setAlphaBeta2(0.999)
            .setAlphaWeightDecay(1e-3)
            .build();
    public static final RetrainSettings SELECTION =
            new RetrainSettings(3, 4, 1, 8, 0, 0.025, 0.0, 0.9, 3e-4, 5.0, 0.0, 0.1, 0, 0.0, null, 0, 0, 0.0);
    public static final RetrainSettings EVALUATION =
            new RetrainSettings(6, 8, 2, 8, 0, 0.025, 0.0, 0.9, 3e-4, 5.0, 0.4, 0.2, 16, 0.0, null, 0, 0, 0.0);
    public static final TransferSettings TRANSFER =
            new TransferSettings("scenes", 6, 8, 2, 8, 0, 64, 0.1, 0.97, 0.9, 3e-5, 5.0, 0.0, 0.0, 0.1, 0L, null, 0);

    private Told() {}

    public static DatasetPublished dataset(String name, String version) {
        var digest = version.repeat(64).substring(0, 64);
        return new DatasetPublished(
                name,
                version,
                Task.IMAGE_CLASSIFICATION,
                Layout.CIFAR_BINARY,
                digest,
                ref("datasets/%s/%s/archive".formatted(name, version)),
                10,
                List.of(),
                3,
                32,
                32,
                100L,
                50L,
                0L,
                0.0,
                List.of(),
                List.of(),
                0L);
    }

    /** A text of a hundred different words, a tenth of it to validate and a tenth to test. */
    public static DatasetPublished text(String name, int words) {
        return DatasetPublished.newBuilder(dataset(name, "1"))
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setClasses(100)
                .setChannels(0)
                .setHeight(0)
                .setWidth(0)
                .setTrainExamples(words)
                .setValidExamples(words / 10)
                .setTestExamples(words / 10)
                .setUnigramPerplexity(50)
                .build();
    }

    public static RunRequested request(String run, Long... seeds) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset("shapes")
                .setDatasetVersion("1")
                .setSearch(SEARCH)
                .setSearchSeeds(List.of(seeds))
                .setSelection(SELECTION)
                .setEvaluation(EVALUATION)
                .setEvaluationSeeds(List.of(0L, 1L))
                .setRandomCellSeed(7L)
                .setRequestedBy("somebody")
                .build();
    }

    public static AlphaCheckpointed checkpoint(String search, String run, int epoch, boolean last) {
        return new AlphaCheckpointed(
                search,
                run,
                "darts-cnn",
                0L,
                epoch,
                2,
                epoch * 10L,
                1,
                List.of(),
                1.0,
                0.1,
                1.0,
                0.1,
                Map.of(),
                ref("searches/" + search),
                last,
                1.0,
                "cpu",
                Measure.ERROR_PERCENT,
                "softmax",
                "strongest",
                0.0,
                null,
                null,
                null,
                0,
                1);
    }

    public static GenotypeDerived genotype(String search, String genotype) {
        return new GenotypeDerived(
                search,
                "r",
                "darts-cnn",
                0L,
                2,
                2,
                1,
                genotype,
                "h",
                true,
                0.5,
                0,
                0.0,
                0,
                Measure.ERROR_PERCENT,
                0.0,
                null,
                false,
                "",
                null);
    }

    public static CellSelected selected(String run, String genotype) {
        return new CellSelected(run, List.of(), "s", genotype, "h", "the only one", List.of());
    }

    public static ChampionDecided champion(String run) {
        return champion(run, 1);
    }

    public static ChampionDecided champion(String run, int epoch) {
        var standing = new Standing(run, "g", "h", 10.0, 1.0, 2, Measure.ERROR_PERCENT, 0.0, 0.0, null, null, null);
        return new ChampionDecided(
                "shapes",
                "1",
                run,
                Verdict.PROMOTED,
                List.of(),
                standing,
                standing,
                null,
                standing,
                epoch,
                List.of(),
                null);
    }

    public static JobFailed failed(String job, String run, boolean retryable) {
        return new JobFailed(job, run, "search", 1, "the disk is full", retryable, "w", 0, List.of());
    }

    public static ArtifactRef ref(String key) {
        return new ArtifactRef("s3://nas/" + key, "0".repeat(64), 1L);
    }

    /** An order on the shapes that watches a prefix. */
    public static OrderPlaced watching(String bucket, String prefix) {
        return OrderPlaced.newBuilder()
                .setOrder("shapes")
                .setDataset("shapes")
                .setState(OrderState.ACTIVE)
                .setRun(request("", 0L))
                .setPolicy(OrderPolicy.newBuilder().build())
                .setSource(WatchedSource.newBuilder()
                        .setBucket(bucket)
                        .setPrefix(prefix)
                        .build())
                .build();
    }
}
