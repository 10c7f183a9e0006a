package io.dartboard.eval;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Layout;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.training.Datasets;
import io.dartboard.training.TextTraining;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Facts for tests. */
final class Facts {
    static final String DARTS_V1 = PublishedGenotypes.of("DARTS_V1").toString();
    static final String DARTS_V2 = PublishedGenotypes.of("DARTS_V2").toString();

    private Facts() {}

    static DatasetPublished dataset() {
        return DatasetPublished.newBuilder()
                .setDataset("shapes")
                .setVersion("1")
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.CIFAR_BINARY)
                .setDigest("d1")
                .setArchive(new ArtifactRef("s3://nas/datasets/shapes/1/archive", "00", 1L))
                .setClasses(10)
                .setHeight(32)
                .setWidth(32)
                .setTrainExamples(64)
                .setTestExamples(32)
                .build();
    }

    static EvalJobRunner runner(ArtifactStore store, Path work, FakeJobContext context) {
        var archives = new ArchiveCache(store, work);
        return new EvalJobRunner(
                new ImageRunner(Datasets.images(archives)),
                new TextRunner(new TextTraining(Datasets.texts(archives))),
                store,
                context.meters(),
                Clock.systemUTC(),
                1);
    }

    static SearchSettings search() {
        return SearchSettings.newBuilder()
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
                .setGradientClip(5)
                .setAlphaLearningRate(3e-4)
                .setAlphaBeta1(0.5)
                .setAlphaBeta2(0.999)
                .setAlphaWeightDecay(1e-3)
                .build();
    }

    static RetrainSettings retrain(int epochs) {
        return RetrainSettings.newBuilder()
                .setCells(3)
                .setChannels(4)
                .setEpochs(epochs)
                .setBatchSize(8)
                .setLearningRate(0.025)
                .setLearningRateMin(0.0)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAuxiliaryWeight(0.4)
                .setDropPath(0.2)
                .build();
    }

    static RunRequested run(String run, long... searchSeeds) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset("shapes")
                .setDatasetVersion("1")
                .setSearch(search())
                .setSearchSeeds(java.util.Arrays.stream(searchSeeds).boxed().toList())
                .setSelection(retrain(1))
                .setEvaluation(retrain(3))
                .setEvaluationSeeds(List.of(7L, 8L, 9L))
                .setRandomCellSeed(5)
                .build();
    }

    static GenotypeDerived derived(long seed, String genotype, boolean last, int attempt) {
        return GenotypeDerived.newBuilder()
                .setSearch(searchId(seed))
                .setRun("someone")
                .setSpace("darts-cnn")
                .setSeed(seed)
                .setEpoch(2)
                .setEpochs(2)
                .setAttempt(attempt)
                .setGenotype(genotype)
                .setHash(Genotype.parse(genotype).hash())
                .setFinalEpoch(last)
                .setSupernetAccuracy(0.4)
                .setNormalSkips(0)
                .setNormalParameterFree(0)
                .build();
    }

    static String searchId(long seed) {
        return JobId.search(dataset(), search(), seed);
    }

    static GenotypeRetrained retrained(EvaluationJob job, double errorPercent, long parameters, int attempt) {
        return GenotypeRetrained.newBuilder()
                .setJob(job.getJob())
                .setRun(job.getRun())
                .setStage(job.getStage())
                .setOrigin(job.getOrigin())
                .setSearch(job.getSearch())
                .setGenotype(job.getGenotype())
                .setHash(Genotype.parse(job.getGenotype()).hash())
                .setSeed(job.getSeed())
                .setAttempt(attempt)
                .setErrorPercent(errorPercent)
                .setCurve(List.of())
                .setParameters(parameters)
                .setMultiplyAdds(1000)
                .setWeights(new ArtifactRef("s3://nas/x", "00", 1L))
                .setDeviceSeconds(10)
                .setDevice("cpu")
                .build();
    }
}
