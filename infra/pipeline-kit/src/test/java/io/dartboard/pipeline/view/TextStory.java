package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.Candidate;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.CurvePoint;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
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

/** The events of one small run on text, as {@link RunStory} has them of one on images: one search, two evaluation seeds. */
public final class TextStory {
    /** The authors' second-order cell. */
    public static final String CELL =
            "Genotype(recurrent=[('sigmoid', 0), ('relu', 1), ('relu', 1), ('identity', 1), ('tanh', 2), ('sigmoid', 5), "
                    + "('tanh', 3), ('relu', 5)], concat=range(1, 9))";

    private static final String RANDOM_CELL = CELL.replace("('tanh', 3)", "('tanh', 2)");
    private static final ArtifactRef ARTIFACT = new ArtifactRef("s3://nas/searches/x/y", "00ff", 1_234L);

    private TextStory() {}

    /** Every event of a run that ended well, in an order in which they may be told. */
    public static List<SpecificRecord> wholeRun(String run) {
        var events = new ArrayList<SpecificRecord>(
                List.of(corpus("words", 150.0), corpus("more-words", 170.0), request(run)));
        for (int epoch = 1; epoch <= 2; epoch++) {
            events.add(checkpoint(run, epoch));
            events.add(derived(run, epoch));
        }
        events.add(retrained(run, Stage.SELECTION, Origin.SEARCHED, CELL, 0, 82.5));
        events.add(selected(run));
        for (long seed = 0; seed < 2; seed++) {
            events.add(retrained(run, Stage.FULL, Origin.SEARCHED, CELL, seed, 80.0 + seed));
            events.add(retrained(run, Stage.FULL, Origin.RANDOM, RANDOM_CELL, seed, 90.0 + seed));
        }
        events.add(evaluated(run, Origin.SEARCHED, CELL, 80.0));
        events.add(evaluated(run, Origin.RANDOM, RANDOM_CELL, 90.0));
        events.add(transferred(run));
        events.add(decided(run));
        events.add(new RunFinished(run, RunOutcome.SUCCEEDED, ""));
        return events;
    }

    public static DatasetPublished corpus(String name, double unigramPerplexity) {
        return DatasetPublished.newBuilder()
                .setDataset(name)
                .setVersion("v1")
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setDigest("digest of " + name)
                .setArchive(ARTIFACT)
                .setClasses(200)
                .setChannels(0)
                .setTrainExamples(20_000)
                .setValidExamples(2000)
                .setTestExamples(2100)
                .setUnigramPerplexity(unigramPerplexity)
                .build();
    }

    public static RunRequested request(String run) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset("words")
                .setDatasetVersion("v1")
                .setSearch(searchSettings())
                .setSearchSeeds(List.of(0L))
                .setSelection(retrain(2))
                .setEvaluation(retrain(4))
                .setEvaluationSeeds(List.of(0L, 1L))
                .setRandomCellSeed(7)
                .setTransfer(transferSettings())
                .build();
    }

    public static JobProgressed progressed(String run) {
        return JobProgressed.newBuilder()
                .setJob(search())
                .setRun(run)
                .setStage("search")
                .setAttempt(1)
                .setFraction(0.4)
                .setEtaSeconds(12)
                .setImagesPerSecond(0)
                .setTokensPerSecond(4321)
                .setDevice("cpu")
                .build();
    }

    public static AlphaCheckpointed checkpoint(String run, int epoch) {
        return AlphaCheckpointed.newBuilder()
                .setSearch(search())
                .setRun(run)
                .setSpace("darts-rnn")
                .setSeed(0)
                .setEpoch(epoch)
                .setEpochs(2)
                .setStep(epoch * 10L)
                .setAttempt(1)
                .setAlphas(List.of())
                .setTrainLoss(Math.log(110))
                .setTrainAccuracy(0)
                .setValidLoss(Math.log(105))
                .setValidAccuracy(0)
                .setIndicators(Map.of("entropy.recurrent", 1.5))
                .setCheckpoint(ARTIFACT)
                .setFinalEpoch(epoch == 2)
                .setDeviceSeconds(epoch * 5.0)
                .setDevice("cpu")
                .setMeasure(Measure.PERPLEXITY)
                .build();
    }

    private static String search() {
        return JobId.search(corpus("words", 150.0), searchSettings(), 0);
    }

    private static GenotypeDerived derived(String run, int epoch) {
        return new GenotypeDerived(
                search(),
                run,
                "darts-rnn",
                0L,
                epoch,
                2,
                1,
                CELL,
                hash(CELL),
                epoch == 2,
                0.0,
                0,
                0.0,
                epoch == 1 ? -1 : 3,
                Measure.PERPLEXITY,
                105.0);
    }

    private static GenotypeRetrained retrained(
            String run, Stage stage, Origin origin, String genotype, long seed, double perplexity) {
        return GenotypeRetrained.newBuilder()
                .setJob("%s of %s, seed %d".formatted(stage, hash(genotype), seed))
                .setRun(run)
                .setStage(stage)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setSeed(seed)
                .setAttempt(1)
                .setErrorPercent(0)
                .setCurve(List.of(new CurvePoint(1, Math.log(100), 0.0, Math.log(95), 0.0)))
                .setParameters(123_456)
                .setMultiplyAdds(98_700)
                .setWeights(ARTIFACT)
                .setDeviceSeconds(4.0)
                .setDevice("cpu")
                .setMeasure(Measure.PERPLEXITY)
                .setPerplexity(perplexity)
                .setValidPerplexity(perplexity + 1)
                .build();
    }

    private static CellSelected selected(String run) {
        return CellSelected.newBuilder()
                .setRun(run)
                .setCandidates(List.of(new Candidate(
                        search(), 0L, CELL, hash(CELL), 0.0, 123_456L, 98_700L, Measure.PERPLEXITY, 82.5)))
                .setSearch(search())
                .setGenotype(CELL)
                .setHash(hash(CELL))
                .setReason("lowest validation perplexity")
                .build();
    }

    private static GenotypeEvaluated evaluated(String run, Origin origin, String genotype, double perplexity) {
        return GenotypeEvaluated.newBuilder()
                .setRun(run)
                .setStage(Stage.FULL)
                .setOrigin(origin)
                .setGenotype(genotype)
                .setHash(hash(genotype))
                .setSeeds(List.of(0L, 1L))
                .setErrorsPercent(List.of())
                .setMeanErrorPercent(0)
                .setSdErrorPercent(0)
                .setParameters(123_456)
                .setMultiplyAdds(98_700)
                .setDeviceSeconds(8.0)
                .setMeasure(Measure.PERPLEXITY)
                .setPerplexities(List.of(perplexity, perplexity + 1))
                .setMeanPerplexity(perplexity + 0.5)
                .setSdPerplexity(0.71)
                .build();
    }

    private static GenotypeTransferred transferred(String run) {
        return GenotypeTransferred.newBuilder()
                .setJob("transfer")
                .setRun(run)
                .setDataset("more-words")
                .setDatasetVersion("v1")
                .setGenotype(CELL)
                .setHash(hash(CELL))
                .setSeed(0)
                .setAttempt(1)
                .setTop1ErrorPercent(0)
                .setTop5ErrorPercent(0)
                .setCurve(List.of())
                .setParameters(1500)
                .setMultiplyAdds(3000)
                .setWeights(ARTIFACT)
                .setDeviceSeconds(6.0)
                .setDevice("cpu")
                .setMeasure(Measure.PERPLEXITY)
                .setPerplexity(88.8)
                .setValidPerplexity(87.7)
                .build();
    }

    private static ChampionDecided decided(String run) {
        var standing = new Standing(run, CELL, hash(CELL), 0.0, 0.0, 2, Measure.PERPLEXITY, 80.5, 0.71);
        return ChampionDecided.newBuilder()
                .setDataset("words")
                .setDatasetVersion("v1")
                .setRun(run)
                .setVerdict(Verdict.PROMOTED)
                .setReasons(List.of("better than the random cell"))
                .setChallenger(standing)
                .setRandomCell(standing)
                .setChampion(standing)
                .build();
    }

    private static String hash(String genotype) {
        return "%08x".formatted(genotype.hashCode());
    }

    private static SearchSettings searchSettings() {
        return SearchSettings.newBuilder()
                .setSpace("darts-rnn")
                .setMethod("darts-first-order")
                .setCells(0)
                .setChannels(0)
                .setEpochs(2)
                .setBatchSize(16)
                .setTrainPortion(0)
                .setLearningRate(20)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setWeightDecay(5e-7)
                .setGradientClip(0.25)
                .setAlphaLearningRate(3e-3)
                .setAlphaBeta1(0.9)
                .setAlphaBeta2(0.999)
                .setAlphaWeightDecay(1e-3)
                .setRecurrent(RecurrentSearchSettings.newBuilder()
                        .setWidth(32)
                        .setBptt(20)
                        .build())
                .build();
    }

    private static RetrainSettings retrain(int epochs) {
        return RetrainSettings.newBuilder()
                .setCells(0)
                .setChannels(0)
                .setEpochs(epochs)
                .setBatchSize(16)
                .setLearningRate(20)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setWeightDecay(8e-7)
                .setGradientClip(0.25)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setRecurrent(recurrent())
                .build();
    }

    private static TransferSettings transferSettings() {
        return TransferSettings.newBuilder()
                .setDataset("more-words")
                .setCells(0)
                .setChannels(0)
                .setEpochs(3)
                .setBatchSize(16)
                .setResolution(0)
                .setLearningRate(20)
                .setLearningRateDecay(0)
                .setMomentum(0)
                .setWeightDecay(5e-7)
                .setGradientClip(0.25)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setLabelSmoothing(0)
                .setRecurrent(recurrent())
                .build();
    }

    private static RecurrentTrainSettings recurrent() {
        return RecurrentTrainSettings.newBuilder()
                .setWidth(48)
                .setBptt(20)
                .setPatience(5)
                .build();
    }
}
