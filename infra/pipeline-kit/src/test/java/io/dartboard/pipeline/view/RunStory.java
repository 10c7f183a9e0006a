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
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.identity.JobId;
import java.util.List;
import java.util.Map;

/** The events of one small run: two seeds, three search epochs, two evaluation seeds, a transfer. */
final class RunStory {
    static final String CELL = "Genotype(a)";
    static final String OTHER_CELL = "Genotype(b)";
    static final String RANDOM_CELL = "Genotype(random)";

    private RunStory() {}

    static DatasetPublished dataset(String name, String version) {
        return DatasetPublished.newBuilder()
                .setDataset(name)
                .setVersion(version)
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.CIFAR_BINARY)
                .setDigest("digest of " + name + version)
                .setArchive(artifact("datasets/" + name))
                .setClasses(10)
                .setTrainExamples(1000)
                .setTestExamples(200)
                .build();
    }

    static RunRequested request(String run) {
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

    static String search(long seed) {
        return JobId.search(dataset("shapes", "v1"), searchSettings(), seed);
    }

    static String evaluation(Stage stage, String genotype, long seed) {
        return JobId.evaluation(
                dataset("shapes", "v1"), stage, genotype, retrain(stage == Stage.SELECTION ? 2 : 4), seed);
    }

    static String transfer() {
        return JobId.transfer(dataset("scenes", "v1"), CELL, transferSettings());
    }

    static AlphaCheckpointed checkpoint(String run, long seed, int epoch, int attempt) {
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
                .setCheckpoint(artifact("searches/" + seed + "/" + epoch))
                .setFinalEpoch(epoch == 3)
                .setDeviceSeconds(epoch * 5.0)
                .setDevice("cpu")
                .build();
    }

    static GenotypeDerived derived(String run, long seed, int epoch, String genotype) {
        return GenotypeDerived.newBuilder()
                .setSearch(search(seed))
                .setRun(run)
                .setSpace("darts-cnn")
                .setSeed(seed)
                .setEpoch(epoch)
                .setEpochs(3)
                .setAttempt(1)
                .setGenotype(genotype)
                .setHash("hash of " + genotype)
                .setFinalEpoch(epoch == 3)
                .setSupernetAccuracy(0.25)
                .setNormalSkips(1)
                .setNormalParameterFree(0.2)
                .build();
    }

    static GenotypeRetrained retrained(String run, Stage stage, Origin origin, String genotype, long seed) {
        return GenotypeRetrained.newBuilder()
                .setJob(evaluation(stage, genotype, seed))
                .setRun(run)
                .setStage(stage)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash("hash of " + genotype)
                .setSeed(seed)
                .setAttempt(1)
                .setErrorPercent(30.0 + seed)
                .setCurve(List.of())
                .setParameters(1000)
                .setMultiplyAdds(2000)
                .setWeights(artifact("evaluations/" + seed))
                .setDeviceSeconds(4.0)
                .setDevice("cpu")
                .build();
    }

    static CellSelected selected(String run) {
        return CellSelected.newBuilder()
                .setRun(run)
                .setCandidates(List.of(candidate(0, CELL, 30.0), candidate(1, OTHER_CELL, 31.0)))
                .setSearch(search(0))
                .setGenotype(CELL)
                .setHash("hash of " + CELL)
                .setReason("lowest validation error")
                .build();
    }

    static GenotypeEvaluated evaluated(String run, Origin origin, String genotype) {
        return GenotypeEvaluated.newBuilder()
                .setRun(run)
                .setStage(Stage.FULL)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash("hash of " + genotype)
                .setSeeds(List.of(0L, 1L))
                .setErrorsPercent(List.of(30.0, 31.0))
                .setMeanErrorPercent(30.5)
                .setSdErrorPercent(0.7)
                .setParameters(1000)
                .setMultiplyAdds(2000)
                .setDeviceSeconds(8.0)
                .build();
    }

    static GenotypeTransferred transferred(String run) {
        return GenotypeTransferred.newBuilder()
                .setJob(transfer())
                .setRun(run)
                .setDataset("scenes")
                .setDatasetVersion("v1")
                .setGenotype(CELL)
                .setHash("hash of " + CELL)
                .setSeed(0)
                .setAttempt(1)
                .setTop1ErrorPercent(40.0)
                .setTop5ErrorPercent(10.0)
                .setCurve(List.of())
                .setParameters(1500)
                .setMultiplyAdds(3000)
                .setWeights(artifact("transfers/0"))
                .setDeviceSeconds(6.0)
                .setDevice("cpu")
                .build();
    }

    static ChampionDecided decided(String run, Verdict verdict) {
        var standing = new Standing(run, CELL, "hash", 30.5, 0.7, 2);
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

    static JobProgressed progressed(String job, String run, String stage, int attempt, double fraction) {
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

    static JobFailed failed(String job, String run, int attempt, boolean retryable) {
        return JobFailed.newBuilder()
                .setJob(job)
                .setRun(run)
                .setStage("search")
                .setAttempt(attempt)
                .setCause("out of memory")
                .setRetryable(retryable)
                .build();
    }

    private static Candidate candidate(long seed, String genotype, double error) {
        return new Candidate(search(seed), seed, genotype, "hash of " + genotype, error, 1000L, 2000L);
    }

    private static ArtifactRef artifact(String key) {
        return new ArtifactRef("s3://nas/" + key, "00ff", 10L);
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
