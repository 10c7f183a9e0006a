package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import io.dartboard.pipeline.testkit.Samples;
import java.util.List;
import java.util.Map;

/** Images: two searches of three epochs. */
record ImageSubject() implements RunSubject {
    private static final String CELL =
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), "
                    + "('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], "
                    + "normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), "
                    + "('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), "
                    + "('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";

    @Override
    public String dataset() {
        return "shapes";
    }

    @Override
    public Measure measure() {
        return Measure.ERROR_PERCENT;
    }

    @Override
    public List<Long> searchSeeds() {
        return List.of(0L, 1L);
    }

    @Override
    public String cell() {
        return CELL;
    }

    @Override
    public String found(long seed) {
        return seed == 0 ? CELL : CELL.replace("dil_conv_3x3", "dil_conv_5x5");
    }

    @Override
    public String randomCell() {
        return CELL.replace("('skip_connect', 0)", "('avg_pool_3x3', 0)");
    }

    @Override
    public double score(Stage stage, Origin origin) {
        return origin == Origin.RANDOM ? 36 : 30;
    }

    @Override
    public DatasetPublished.Builder published(DatasetPublished.Builder named) {
        return named.setTask(Task.IMAGE_CLASSIFICATION)
                .setLayout(Layout.CIFAR_BINARY)
                .setClasses(10)
                .setTrainExamples(1000)
                .setTestExamples(200);
    }

    @Override
    public AlphaCheckpointed.Builder seen(AlphaCheckpointed.Builder checkpoint) {
        return checkpoint
                .setTrainLoss(2.0)
                .setTrainAccuracy(0.3)
                .setValidLoss(2.1)
                .setValidAccuracy(0.25)
                .setIndicators(Map.of("entropy.normal", 2.0));
    }

    @Override
    public GenotypeDerived.Builder derived(GenotypeDerived.Builder cell) {
        return cell.setSupernetAccuracy(0.25).setNormalSkips(1).setNormalParameterFree(0.2);
    }

    @Override
    public SearchSettings searchSettings() {
        return SearchSettings.newBuilder(Samples.settings())
                .setCells(4)
                .setEpochs(3)
                .setBatchSize(16)
                .build();
    }

    @Override
    public RetrainSettings retrain(int epochs) {
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

    @Override
    public TransferSettings transferSettings() {
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
