package io.dartboard.pipeline.identity;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.Ceiling;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.pipeline.testkit.Samples;
import java.util.List;

/** Requests and settings whose ids are known, for images and for text. */
final class Requests {
    static final DatasetPublished SHAPES = DatasetPublished.newBuilder()
            .setDataset("shapes")
            .setVersion("v1")
            .setTask(Task.IMAGE_CLASSIFICATION)
            .setLayout(Layout.CIFAR_BINARY)
            .setDigest("d".repeat(64))
            .setArchive(new ArtifactRef("s3://nas/x", "00", 1L))
            .setClasses(10)
            .setTrainExamples(1)
            .setTestExamples(1)
            .build();

    private Requests() {}

    static SearchSettings.Builder searchOnImages() {
        return SearchSettings.newBuilder(Samples.settings()).setEpochs(2).setBatchSize(8);
    }

    static SearchSettings.Builder searchOnText() {
        return searchOnImages()
                .setSpace("darts-rnn")
                .setRecurrent(RecurrentSearchSettings.newBuilder()
                        .setWidth(16)
                        .setBptt(35)
                        .setDropoutHidden(0.25)
                        .setTemporalPenalty(1e-3)
                        .build());
    }

    static RetrainSettings.Builder retrainOnImages() {
        return RetrainSettings.newBuilder()
                .setCells(20)
                .setChannels(36)
                .setEpochs(600)
                .setBatchSize(96)
                .setLearningRate(0.025)
                .setLearningRateMin(0)
                .setMomentum(0.9)
                .setWeightDecay(3e-4)
                .setGradientClip(5)
                .setAuxiliaryWeight(0.4)
                .setDropPath(0.2)
                .setCutout(16);
    }

    static RetrainSettings.Builder retrainOnText() {
        return retrainOnImages().setRecurrent(recurrentTraining());
    }

    static TransferSettings.Builder transferToImages() {
        return TransferSettings.newBuilder()
                .setDataset("scenes")
                .setCells(14)
                .setChannels(48)
                .setEpochs(250)
                .setBatchSize(128)
                .setResolution(224)
                .setLearningRate(0.1)
                .setLearningRateDecay(0.97)
                .setMomentum(0.9)
                .setWeightDecay(3e-5)
                .setGradientClip(5)
                .setAuxiliaryWeight(0.4)
                .setDropPath(0)
                .setLabelSmoothing(0.1);
    }

    static TransferSettings.Builder transferToText() {
        return transferToImages().setDataset("wiki").setRecurrent(recurrentTraining());
    }

    static RunRequested.Builder runOnImages() {
        return RunRequested.newBuilder()
                .setRun("")
                .setDataset("shapes")
                .setDatasetVersion("v1")
                .setSearch(searchOnImages().build())
                .setSearchSeeds(List.of(0L, 1L))
                .setSelection(retrainOnImages().setEpochs(100).build())
                .setEvaluation(retrainOnImages().build())
                .setEvaluationSeeds(List.of(0L, 1L, 2L))
                .setRandomCellSeed(7)
                .setTransfer(transferToImages().build())
                .setEvaluationCeiling(new Ceiling(5_000_000L, 0L));
    }

    static RunRequested.Builder runOnText() {
        return runOnImages()
                .setDataset("ptb")
                .setSearch(searchOnText().build())
                .setSelection(retrainOnText().setEpochs(300).build())
                .setEvaluation(retrainOnText().build())
                .setTransfer(transferToText().build())
                .setEvaluationCeiling(null);
    }

    /** A run that searches for nothing: the cell is given. */
    static RunRequested.Builder runOfAGivenCell() {
        return runOnImages()
                .setSearchSeeds(List.of())
                .setGenotype("Genotype(normal=[('skip_connect', 0)])")
                .setTransfer(null);
    }

    private static RecurrentTrainSettings recurrentTraining() {
        return RecurrentTrainSettings.newBuilder()
                .setWidth(850)
                .setBptt(35)
                .setDropoutOutputs(0.75)
                .setPatience(5)
                .build();
    }
}
