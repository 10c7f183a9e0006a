package io.dartboard.eval;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.pipeline.identity.JobId;
import java.util.Arrays;
import java.util.List;

/** Facts of texts and recurrent cells for tests. */
final class TextFacts {
    static final String DARTS_V1 = PublishedRecurrentGenotypes.DARTS_V1.toString();
    static final String DARTS_V2 = PublishedRecurrentGenotypes.DARTS_V2.toString();
    static final String ENAS = PublishedRecurrentGenotypes.ENAS.toString();

    private TextFacts() {}

    static DatasetPublished dataset() {
        return DatasetPublished.newBuilder()
                .setDataset("tales")
                .setVersion("1")
                .setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setDigest("d-tales")
                .setArchive(new ArtifactRef("s3://nas/datasets/tales/1/archive", "00", 1L))
                .setClasses(100)
                .setChannels(0)
                .setTrainExamples(640)
                .setValidExamples(64)
                .setTestExamples(64)
                .setUnigramPerplexity(80)
                .build();
    }

    static SearchSettings search() {
        return SearchSettings.newBuilder(Facts.search())
                .setSpace("darts-rnn")
                .setCells(0)
                .setChannels(0)
                .setTrainPortion(0)
                .setMomentum(0)
                .setRecurrent(RecurrentSearchSettings.newBuilder()
                        .setWidth(12)
                        .setBptt(5)
                        .build())
                .build();
    }

    static RetrainSettings retrain(int epochs) {
        return RetrainSettings.newBuilder()
                .setCells(0)
                .setChannels(0)
                .setEpochs(epochs)
                .setBatchSize(4)
                // So fast that the validation loss rises now and then, which makes averaging begin.
                .setLearningRate(60)
                .setLearningRateMin(0)
                .setMomentum(0)
                .setWeightDecay(1e-6)
                .setGradientClip(0.25)
                .setAuxiliaryWeight(0)
                .setDropPath(0)
                .setRecurrent(RecurrentTrainSettings.newBuilder()
                        .setWidth(12)
                        .setBptt(12)
                        .setDropoutWords(0.1)
                        .setDropoutInputs(0.1)
                        .setDropoutCellInputs(0.2)
                        .setDropoutHidden(0.1)
                        .setDropoutOutputs(0.2)
                        .setActivationPenalty(0.1)
                        .setTemporalPenalty(1e-3)
                        .setPatience(1)
                        .build())
                .build();
    }

    static RunRequested run(String run, long... searchSeeds) {
        return RunRequested.newBuilder(Facts.run(run))
                .setDataset("tales")
                .setSearch(search())
                .setSearchSeeds(Arrays.stream(searchSeeds).boxed().toList())
                .setSelection(retrain(1))
                .setEvaluation(retrain(3))
                .build();
    }

    static String searchId(long seed) {
        return JobId.search(dataset(), search(), seed);
    }

    static GenotypeDerived derived(long seed, String genotype) {
        return GenotypeDerived.newBuilder()
                .setSearch(searchId(seed))
                .setRun("someone")
                .setSpace("darts-rnn")
                .setSeed(seed)
                .setEpoch(2)
                .setEpochs(2)
                .setAttempt(1)
                .setGenotype(genotype)
                .setHash(RecurrentGenotype.parse(genotype).hash())
                .setFinalEpoch(true)
                .setSupernetAccuracy(0)
                .setNormalSkips(0)
                .setNormalParameterFree(0)
                .setMeasure(Measure.PERPLEXITY)
                .setSupernetPerplexity(70)
                .build();
    }

    static GenotypeRetrained retrained(EvaluationJob job, double perplexity, long parameters) {
        return GenotypeRetrained.newBuilder()
                .setJob(job.getJob())
                .setRun(job.getRun())
                .setStage(job.getStage())
                .setOrigin(job.getOrigin())
                .setSearch(job.getSearch())
                .setGenotype(job.getGenotype())
                .setHash(RecurrentGenotype.parse(job.getGenotype()).hash())
                .setSeed(job.getSeed())
                .setAttempt(1)
                .setErrorPercent(0)
                .setMeasure(Measure.PERPLEXITY)
                .setPerplexity(perplexity)
                .setValidPerplexity(perplexity + 1)
                .setCurve(List.of())
                .setParameters(parameters)
                .setMultiplyAdds(1000)
                .setWeights(new ArtifactRef("s3://nas/x", "00", 1L))
                .setDeviceSeconds(10)
                .setDevice("cpu")
                .build();
    }
}
