package io.dartboard.pipeline.testkit;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Task;
import java.util.List;
import java.util.Map;

/** Small records that say nothing but are complete. */
public final class Samples {
    private Samples() {}

    public static DatasetPublished dataset() {
        return DatasetPublished.newBuilder()
                .setDataset("tiny")
                .setVersion("v1")
                .setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.CIFAR_BINARY)
                .setDigest("0".repeat(64))
                .setArchive(new ArtifactRef("s3://memory/datasets/tiny/v1/archive", "0".repeat(64), 1L))
                .setClasses(10)
                .setTrainExamples(8)
                .setTestExamples(4)
                .build();
    }

    public static SearchJob job(String id, String run) {
        return new SearchJob(id, run, dataset(), settings(), 1L, 0);
    }

    public static SearchSettings settings() {
        return SearchSettings.newBuilder()
                .setSpace("darts-cnn")
                .setMethod("darts-first-order")
                .setCells(3)
                .setChannels(4)
                .setEpochs(1)
                .setBatchSize(4)
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

    public static AlphaCheckpointed fact(SearchJob job, int attempt) {
        return AlphaCheckpointed.newBuilder()
                .setSearch(job.getJob())
                .setRun(job.getRun())
                .setSpace("darts-cnn")
                .setSeed(1)
                .setEpoch(1)
                .setEpochs(1)
                .setStep(2)
                .setAttempt(attempt)
                .setAlphas(List.of())
                .setTrainLoss(2.3)
                .setTrainAccuracy(0.1)
                .setValidLoss(2.3)
                .setValidAccuracy(0.1)
                .setIndicators(Map.of())
                .setCheckpoint(new ArtifactRef("s3://memory/c", "0".repeat(64), 1L))
                .setFinalEpoch(true)
                .setDeviceSeconds(1)
                .setDevice("cpu")
                .build();
    }
}
