package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.Layout;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RecurrentSearchSettings;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.Stage;
import io.dartboard.events.Task;
import io.dartboard.events.TransferSettings;
import java.util.List;
import java.util.Map;

/** A text: one search of two epochs. */
record TextSubject() implements RunSubject {
    private static final String CELL =
            "Genotype(recurrent=[('sigmoid', 0), ('relu', 1), ('relu', 1), ('identity', 1), ('tanh', 2), ('sigmoid', 5), "
                    + "('tanh', 3), ('relu', 5)], concat=range(1, 9))";

    @Override
    public String dataset() {
        return "words";
    }

    @Override
    public Measure measure() {
        return Measure.PERPLEXITY;
    }

    @Override
    public List<Long> searchSeeds() {
        return List.of(0L);
    }

    @Override
    public String cell() {
        return CELL;
    }

    @Override
    public String found(long seed) {
        return CELL;
    }

    @Override
    public String randomCell() {
        return CELL.replace("('tanh', 3)", "('tanh', 2)");
    }

    @Override
    public double score(Stage stage, Origin origin) {
        if (stage == Stage.SELECTION) {
            return 82.5;
        }
        return origin == Origin.RANDOM ? 90 : 80;
    }

    @Override
    public DatasetPublished.Builder published(DatasetPublished.Builder named) {
        return named.setTask(Task.LANGUAGE_MODEL)
                .setLayout(Layout.TOKEN_CORPUS)
                .setClasses(200)
                .setChannels(0)
                .setTrainExamples(20_000)
                .setValidExamples(2000)
                .setTestExamples(2100)
                .setUnigramPerplexity(named.getDataset().equals("words") ? 150 : 170);
    }

    @Override
    public AlphaCheckpointed.Builder seen(AlphaCheckpointed.Builder checkpoint) {
        return checkpoint
                .setTrainLoss(Math.log(110))
                .setTrainAccuracy(0)
                .setValidLoss(Math.log(105))
                .setValidAccuracy(0)
                .setIndicators(Map.of("entropy.recurrent", 1.5));
    }

    @Override
    public GenotypeDerived.Builder derived(GenotypeDerived.Builder cell) {
        return cell.setSupernetAccuracy(0)
                .setNormalSkips(0)
                .setNormalParameterFree(0)
                .setChangedGenes(cell.getEpoch() == 1 ? -1 : 3)
                .setSupernetPerplexity(105);
    }

    @Override
    public SearchSettings searchSettings() {
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

    @Override
    public RetrainSettings retrain(int epochs) {
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

    @Override
    public TransferSettings transferSettings() {
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
