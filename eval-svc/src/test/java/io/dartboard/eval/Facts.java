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
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.testkit.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Facts for tests, by what is trained on. */
enum Facts {
    /** Images and convolutional cells. */
    IMAGES("shapes", "darts-cnn", PublishedGenotypes.DARTS_V1.toString(), PublishedGenotypes.DARTS_V2.toString()) {
        @Override
        DatasetPublished dataset(DatasetPublished.Builder named) {
            return named.setTask(Task.IMAGE_CLASSIFICATION)
                    .setLayout(Layout.CIFAR_BINARY)
                    .setClasses(10)
                    .setHeight(32)
                    .setWidth(32)
                    .setTrainExamples(64)
                    .setTestExamples(32)
                    .build();
        }

        @Override
        SearchSettings search() {
            return SearchSettings.newBuilder(Samples.settings())
                    .setEpochs(2)
                    .setBatchSize(8)
                    .build();
        }

        @Override
        RetrainSettings retrain(int epochs) {
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

        @Override
        GenotypeDerived derived(GenotypeDerived.Builder named) {
            return named.setSupernetAccuracy(0.4).build();
        }

        @Override
        GenotypeRetrained retrained(GenotypeRetrained.Builder done, double score) {
            return done.setErrorPercent(score).build();
        }
    },

    /** A text and recurrent cells. */
    TEXT(
            "tales",
            "darts-rnn",
            PublishedRecurrentGenotypes.DARTS_V1.toString(),
            PublishedRecurrentGenotypes.DARTS_V2.toString()) {
        @Override
        DatasetPublished dataset(DatasetPublished.Builder named) {
            return named.setTask(Task.LANGUAGE_MODEL)
                    .setLayout(Layout.TOKEN_CORPUS)
                    .setClasses(100)
                    .setChannels(0)
                    .setTrainExamples(640)
                    .setValidExamples(64)
                    .setTestExamples(64)
                    .setUnigramPerplexity(80)
                    .build();
        }

        @Override
        SearchSettings search() {
            return SearchSettings.newBuilder(IMAGES.search())
                    .setSpace("darts-rnn")
                    .setCells(0)
                    .setChannels(0)
                    .setTrainPortion(0)
                    .setLearningRateMin(0)
                    .setMomentum(0)
                    .setRecurrent(RecurrentSearchSettings.newBuilder()
                            .setWidth(12)
                            .setBptt(5)
                            .build())
                    .build();
        }

        @Override
        RetrainSettings retrain(int epochs) {
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

        @Override
        GenotypeDerived derived(GenotypeDerived.Builder named) {
            return named.setSupernetAccuracy(0)
                    .setMeasure(Measure.PERPLEXITY)
                    .setSupernetPerplexity(70)
                    .build();
        }

        @Override
        GenotypeRetrained retrained(GenotypeRetrained.Builder done, double score) {
            return done.setErrorPercent(0)
                    .setMeasure(Measure.PERPLEXITY)
                    .setPerplexity(score)
                    .setValidPerplexity(score + 1)
                    .build();
        }
    };

    private final String name;
    private final String space;
    private final String dartsV1;
    private final String dartsV2;

    Facts(String name, String space, String dartsV1, String dartsV2) {
        this.name = name;
        this.space = space;
        this.dartsV1 = dartsV1;
        this.dartsV2 = dartsV2;
    }

    abstract DatasetPublished dataset(DatasetPublished.Builder named);

    abstract SearchSettings search();

    abstract RetrainSettings retrain(int epochs);

    abstract GenotypeDerived derived(GenotypeDerived.Builder named);

    abstract GenotypeRetrained retrained(GenotypeRetrained.Builder done, double score);

    /** The authors' cell of the first order. */
    String dartsV1() {
        return dartsV1;
    }

    /** The authors' cell of the second order. */
    String dartsV2() {
        return dartsV2;
    }

    DatasetPublished dataset() {
        return dataset(DatasetPublished.newBuilder()
                .setDataset(name)
                .setVersion("1")
                .setDigest("d-" + name)
                .setArchive(new ArtifactRef("s3://nas/datasets/" + name + "/1/archive", "00", 1L)));
    }

    RunRequested run(String run, long... searchSeeds) {
        return RunRequested.newBuilder()
                .setRun(run)
                .setDataset(name)
                .setDatasetVersion("1")
                .setSearch(search())
                .setSearchSeeds(Arrays.stream(searchSeeds).boxed().toList())
                .setSelection(retrain(1))
                .setEvaluation(retrain(3))
                .setEvaluationSeeds(List.of(7L, 8L, 9L))
                .setRandomCellSeed(5)
                .build();
    }

    /** A run that was given its genotype. */
    RunRequested given(String run, String genotype) {
        return RunRequested.newBuilder(run(run)).setGenotype(genotype).build();
    }

    /** A run that was given several cells to choose among, by name; empty for none. */
    RunRequested given(String run, Map<String, String> cells) {
        return RunRequested.newBuilder(run(run))
                .setGenotypes(List.copyOf(cells.values()))
                .setGenotypeNames(List.copyOf(cells.keySet()))
                .build();
    }

    String searchId(long seed) {
        return JobId.search(dataset(), search(), seed);
    }

    GenotypeDerived derived(long seed, String genotype, boolean last, int attempt) {
        return derived(GenotypeDerived.newBuilder()
                .setSearch(searchId(seed))
                .setRun("someone")
                .setSpace(space)
                .setSeed(seed)
                .setEpoch(2)
                .setEpochs(2)
                .setAttempt(attempt)
                .setGenotype(genotype)
                .setHash(Architecture.parse(genotype).hash())
                .setFinalEpoch(last)
                .setNormalSkips(0)
                .setNormalParameterFree(0));
    }

    /** @param score error in percent, or perplexity */
    GenotypeRetrained retrained(EvaluationJob job, double score, long parameters, int attempt) {
        return retrained(
                GenotypeRetrained.newBuilder()
                        .setJob(job.getJob())
                        .setRun(job.getRun())
                        .setStage(job.getStage())
                        .setOrigin(job.getOrigin())
                        .setSearch(job.getSearch())
                        .setGenotype(job.getGenotype())
                        .setHash(Architecture.parse(job.getGenotype()).hash())
                        .setSeed(job.getSeed())
                        .setAttempt(attempt)
                        .setCurve(List.of())
                        .setParameters(parameters)
                        .setMultiplyAdds(1000)
                        .setWeights(new ArtifactRef("s3://nas/x", "00", 1L))
                        .setDeviceSeconds(10)
                        .setDevice("cpu"),
                score);
    }
}
