package io.dartboard.search;

record SearchConfig(
        int channels,
        int cells,
        int epochs,
        int batchSize,
        double trainPortion,
        double learningRate,
        double learningRateMin,
        double momentum,
        double weightDecay,
        double clip,
        double alphaLearningRate,
        double alphaBeta1,
        double alphaBeta2,
        double alphaWeightDecay,
        int cutout) {
    static SearchConfig paperCifar10() {
        return new SearchConfig(16, 8, 50, 64, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, 3e-4, 0.5, 0.999, 1e-3, 0);
    }
}
