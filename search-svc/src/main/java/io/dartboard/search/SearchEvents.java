package io.dartboard.search;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.evaluate.RetrainConfig;
import io.dartboard.nas.transfer.TransferConfig;

/** Between the contracts and the records that nas-core trains with. */
final class SearchEvents {
    private static final String SPACE = "darts-cnn";
    private static final String METHOD = "darts-first-order";

    private SearchEvents() {}

    /** The paper's search on CIFAR-10. */
    static SearchSettings paperSearch() {
        var paper = SearchConfig.paperCifar10();
        return new SearchSettings(
                SPACE,
                METHOD,
                paper.cells(),
                paper.channels(),
                paper.epochs(),
                paper.batchSize(),
                0,
                paper.trainPortion(),
                paper.learningRate(),
                paper.learningRateMin(),
                paper.momentum(),
                paper.weightDecay(),
                paper.clip(),
                paper.alphaLearningRate(),
                paper.alphaBeta1(),
                paper.alphaBeta2(),
                paper.alphaWeightDecay(),
                paper.cutout());
    }

    /**
     * What a search is trained with.
     *
     * @throws IllegalArgumentException with one line, if it is impossible
     */
    static SearchConfig config(SearchSettings settings) {
        return new SearchConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getTrainPortion(),
                settings.getLearningRate(),
                settings.getLearningRateMin(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAlphaLearningRate(),
                settings.getAlphaBeta1(),
                settings.getAlphaBeta2(),
                settings.getAlphaWeightDecay(),
                settings.getCutout());
    }

    /** The paper's brief retraining. */
    static RetrainSettings paperSelection() {
        return settings(RetrainConfig.paperSelection());
    }

    /** The paper's full retraining. */
    static RetrainSettings paperEvaluation() {
        return settings(RetrainConfig.paperCifar10());
    }

    /** The paper's transfer to ImageNet; the dataset is still to be named. */
    static TransferSettings paperTransfer() {
        var paper = TransferConfig.paperImageNet();
        return new TransferSettings(
                "",
                paper.cells(),
                paper.channels(),
                paper.epochs(),
                paper.batchSize(),
                0,
                paper.resolution(),
                paper.learningRate(),
                paper.learningRateDecay(),
                paper.momentum(),
                paper.weightDecay(),
                paper.clip(),
                paper.auxiliaryWeight(),
                paper.dropPathProbability(),
                paper.labelSmoothing(),
                0L);
    }

    /**
     * What a retraining is trained with.
     *
     * @throws IllegalArgumentException with one line, if it is impossible
     */
    static RetrainConfig config(RetrainSettings settings) {
        return new RetrainConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateMin(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getCutout(),
                settings.getLabelSmoothing());
    }

    /**
     * What a transfer is trained with.
     *
     * @throws IllegalArgumentException with one line, if it is impossible
     */
    static TransferConfig config(TransferSettings settings) {
        return new TransferConfig(
                settings.getChannels(),
                settings.getCells(),
                settings.getEpochs(),
                settings.getBatchSize(),
                settings.getLearningRate(),
                settings.getLearningRateDecay(),
                settings.getMomentum(),
                settings.getWeightDecay(),
                settings.getGradientClip(),
                settings.getAuxiliaryWeight(),
                settings.getDropPath(),
                settings.getLabelSmoothing(),
                settings.getResolution());
    }

    private static RetrainSettings settings(RetrainConfig config) {
        return new RetrainSettings(
                config.cells(),
                config.channels(),
                config.epochs(),
                config.batchSize(),
                0,
                config.learningRate(),
                config.learningRateMin(),
                config.momentum(),
                config.weightDecay(),
                config.clip(),
                config.auxiliaryWeight(),
                config.dropPathProbability(),
                config.cutoutLength(),
                config.labelSmoothing());
    }
}
