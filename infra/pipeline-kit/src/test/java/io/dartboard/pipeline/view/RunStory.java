package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.identity.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The events of one small run: two seeds, three search epochs, two evaluation seeds, a transfer. */
public final class RunStory {
    /** The authors' second-order cell. */
    public static final String CELL =
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), "
                    + "('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], "
                    + "normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), "
                    + "('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), "
                    + "('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";

    /** The same with one gene changed. */
    public static final String OTHER_CELL = CELL.replace("dil_conv_3x3", "dil_conv_5x5");

    /** The same with another gene changed. */
    public static final String RANDOM_CELL = CELL.replace("('skip_connect', 0)", "('avg_pool_3x3', 0)");

    private RunStory() {}

    /** Every event of a run that ended well, in an order in which they may be told. */
    public static List<SpecificRecord> wholeRun(String run) {
        var events = new ArrayList<SpecificRecord>();
        events.add(dataset("shapes", "v1"));
        events.add(dataset("scenes", "v1"));
        events.add(request(run));
        for (var seed : List.of(0L, 1L)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                events.add(checkpoint(run, seed, epoch, 1));
                events.add(derived(run, seed, epoch, seed == 0 ? CELL : OTHER_CELL));
            }
            events.add(progressed(search(seed), run, "search", 1, 0.99));
        }
        events.add(retrained(run, Stage.SELECTION, Origin.SEARCHED, CELL, 0));
        events.add(retrained(run, Stage.SELECTION, Origin.SEARCHED, OTHER_CELL, 1));
        events.add(selected(run));
        for (var seed : List.of(0L, 1L)) {
            events.add(retrained(run, Stage.FULL, Origin.SEARCHED, CELL, seed));
            events.add(retrained(run, Stage.FULL, Origin.RANDOM, RANDOM_CELL, seed));
        }
        events.add(evaluated(run, Origin.SEARCHED, CELL));
        events.add(evaluated(run, Origin.RANDOM, RANDOM_CELL));
        events.add(transferred(run));
        events.add(progressed(transfer(), run, "transfer", 1, 0.9));
        events.add(decided(run, Verdict.PROMOTED));
        events.add(new RunFinished(run, RunOutcome.SUCCEEDED, ""));
        return events;
    }

    /** Every event of a run that was given its genotype and ended well. */
    public static List<SpecificRecord> givenRun(String run) {
        var events = new ArrayList<SpecificRecord>();
        events.add(dataset("shapes", "v1"));
        events.add(dataset("scenes", "v1"));
        events.add(given(run));
        for (var seed : List.of(0L, 1L)) {
            events.add(retrained(run, Stage.FULL, Origin.NAMED, CELL, seed));
            events.add(retrained(run, Stage.FULL, Origin.RANDOM, RANDOM_CELL, seed));
        }
        events.add(evaluated(run, Origin.NAMED, CELL));
        events.add(evaluated(run, Origin.RANDOM, RANDOM_CELL));
        events.add(transferred(run));
        events.add(decided(run, Verdict.PROMOTED));
        events.add(new RunFinished(run, RunOutcome.SUCCEEDED, ""));
        return events;
    }

    public static RunRequested given(String run) {
        return RunRequested.newBuilder(request(run))
                .setSearchSeeds(List.of())
                .setGenotype(CELL)
                .setGenotypeName("DARTS_V2")
                .build();
    }

    public static DatasetPublished dataset(String name, String version) {
        return DatasetPublished.newBuilder()
                .setDataset(name)
                .setVersion(version)
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.CIFAR_BINARY)
                .setDigest("digest of " + name + version)
                .setArchive(artifact("datasets/" + name + "/" + version + "/archive"))
                .setClasses(10)
                .setTrainExamples(1000)
                .setTestExamples(200)
                .build();
    }

    public static RunRequested request(String run) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset("shapes")
                .setDatasetVersion("v1")
                .setSearch(searchSettings())
                .setSearchSeeds(List.of(0L, 1L))
                .setSelection(retrain(2))
                .setEvaluation(retrain(4))
                .setEvaluationSeeds(List.of(0L, 1L))
                .setRandomCellSeed(7)
                .setTransfer(transferSettings())
                .build();
    }

    public static String search(long seed) {
        return JobId.search(dataset("shapes", "v1"), searchSettings(), seed);
    }

    public static String evaluation(Stage stage, String genotype, long seed) {
        return JobId.evaluation(
                dataset("shapes", "v1"), stage, genotype, retrain(stage == Stage.SELECTION ? 2 : 4), seed);
    }

    public static String transfer() {
        return JobId.transfer(dataset("scenes", "v1"), CELL, transferSettings());
    }

    public static AlphaCheckpointed checkpoint(String run, long seed, int epoch, int attempt) {
        return AlphaCheckpointed.newBuilder()
                .setSearch(search(seed))
                .setRun(run)
                .setSpace("darts-cnn")
                .setSeed(seed)
                .setEpoch(epoch)
                .setEpochs(3)
                .setStep(epoch * 10L)
                .setAttempt(attempt)
                .setAlphas(List.of())
                .setTrainLoss(2.0)
                .setTrainAccuracy(0.3)
                .setValidLoss(2.1)
                .setValidAccuracy(0.25)
                .setIndicators(Map.of("entropy.normal", 2.0))
                .setCheckpoint(artifact("searches/" + search(seed) + "/checkpoints/" + epoch + "-" + epoch * 10
                        + "/attempt-1/manifest.json"))
                .setFinalEpoch(epoch == 3)
                .setDeviceSeconds(epoch * 5.0)
                .setDevice("cpu")
                .build();
    }

    public static GenotypeDerived derived(String run, long seed, int epoch, String genotype) {
        return GenotypeDerived.newBuilder()
                .setSearch(search(seed))
                .setRun(run)
                .setSpace("darts-cnn")
                .setSeed(seed)
                .setEpoch(epoch)
                .setEpochs(3)
                .setAttempt(1)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setFinalEpoch(epoch == 3)
                .setSupernetAccuracy(0.25)
                .setNormalSkips(1)
                .setNormalParameterFree(0.2)
                .build();
    }

    public static GenotypeRetrained retrained(String run, Stage stage, Origin origin, String genotype, long seed) {
        return GenotypeRetrained.newBuilder()
                .setJob(evaluation(stage, genotype, seed))
                .setRun(run)
                .setStage(stage)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setSeed(seed)
                .setAttempt(1)
                .setErrorPercent((origin == Origin.RANDOM ? 36.0 : 30.0) + seed)
                .setCurve(List.of())
                .setParameters(123_456)
                .setMultiplyAdds(21_300_000)
                .setWeights(artifact("evaluations/" + evaluation(stage, genotype, seed) + "/weights.safetensors"))
                .setDeviceSeconds(4.0)
                .setDevice("cpu")
                .build();
    }

    public static CellSelected selected(String run) {
        return CellSelected.newBuilder()
                .setRun(run)
                .setCandidates(List.of(candidate(0, CELL, 30.0), candidate(1, OTHER_CELL, 31.0)))
                .setSearch(search(0))
                .setGenotype(CELL)
                .setHash(hash(CELL))
                .setReason("lowest validation error")
                .build();
    }

    public static GenotypeEvaluated evaluated(String run, Origin origin, String genotype) {
        return GenotypeEvaluated.newBuilder()
                .setRun(run)
                .setStage(Stage.FULL)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setSeeds(List.of(0L, 1L))
                .setErrorsPercent(origin == Origin.RANDOM ? List.of(36.0, 37.0) : List.of(30.0, 31.0))
                .setMeanErrorPercent(origin == Origin.RANDOM ? 36.5 : 30.5)
                .setSdErrorPercent(0.7)
                .setParameters(123_456)
                .setMultiplyAdds(21_300_000)
                .setDeviceSeconds(8.0)
                .build();
    }

    public static GenotypeTransferred transferred(String run) {
        return GenotypeTransferred.newBuilder()
                .setJob(transfer())
                .setRun(run)
                .setDataset("scenes")
                .setDatasetVersion("v1")
                .setGenotype(CELL)
                .setHash(hash(CELL))
                .setSeed(0)
                .setAttempt(1)
                .setTop1ErrorPercent(40.0)
                .setTop5ErrorPercent(10.0)
                .setCurve(List.of())
                .setParameters(1500)
                .setMultiplyAdds(3000)
                .setWeights(artifact("transfers/" + transfer() + "/weights.safetensors"))
                .setDeviceSeconds(6.0)
                .setDevice("cpu")
                .build();
    }

    public static ChampionDecided decided(String run, Verdict verdict) {
        var standing = new Standing(run, CELL, "hash", 30.5, 0.7, 2, Measure.ERROR_PERCENT, 0.0, 0.0);
        return ChampionDecided.newBuilder()
                .setDataset("shapes")
                .setDatasetVersion("v1")
                .setRun(run)
                .setVerdict(verdict)
                .setReasons(List.of("better than the random cell"))
                .setChallenger(standing)
                .setRandomCell(standing)
                .setChampion(standing)
                .build();
    }

    public static JobProgressed progressed(String job, String run, String stage, int attempt, double fraction) {
        return JobProgressed.newBuilder()
                .setJob(job)
                .setRun(run)
                .setStage(stage)
                .setAttempt(attempt)
                .setFraction(fraction)
                .setEtaSeconds(12)
                .setImagesPerSecond(100)
                .setDevice("cpu")
                .build();
    }

    public static JobFailed failed(String job, String run, int attempt, boolean retryable) {
        return JobFailed.newBuilder()
                .setJob(job)
                .setRun(run)
                .setStage("search")
                .setAttempt(attempt)
                .setCause("out of memory")
                .setRetryable(retryable)
                .build();
    }

    private static String hash(String genotype) {
        return "%08x".formatted(genotype.hashCode());
    }

    private static Candidate candidate(long seed, String genotype, double error) {
        return new Candidate(
                search(seed), seed, genotype, hash(genotype), error, 123_456L, 21_300_000L, Measure.ERROR_PERCENT, 0.0);
    }

    private static ArtifactRef artifact(String key) {
        return new ArtifactRef("s3://nas/" + key, "00ff", 1_234_567L);
    }

    private static SearchSettings searchSettings() {
        return SearchSettings.newBuilder()
                .setSpace("darts-cnn")
                .setMethod("darts-first-order")
                .setCells(4)
                .setChannels(4)
                .setEpochs(3)
                .setBatchSize(16)
                .setTrainPortion(0.5)
                .setLearningRate(0.025)
                .setLearningRateMin(0.001)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAlphaLearningRate(3e-4)
                .setAlphaBeta1(0.5)
                .setAlphaBeta2(0.999)
                .setAlphaWeightDecay(1e-3)
                .build();
    }

    private static RetrainSettings retrain(int epochs) {
        return RetrainSettings.newBuilder()
                .setCells(5)
                .setChannels(8)
                .setEpochs(epochs)
                .setBatchSize(16)
                .setLearningRate(0.025)
                .setLearningRateMin(0)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAuxiliaryWeight(0.4)
                .setDropPath(0.2)
                .build();
    }

    private static TransferSettings transferSettings() {
        return TransferSettings.newBuilder()
                .setDataset("scenes")
                .setCells(5)
                .setChannels(8)
                .setEpochs(2)
                .setBatchSize(16)
                .setResolution(64)
                .setLearningRate(0.1)
                .setLearningRateDecay(0.97)
                .setMomentum(0.9)
                .setWeightDecay(3e-5)
                .setGradientClip(5)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0.1)
                .build();
    }
}
