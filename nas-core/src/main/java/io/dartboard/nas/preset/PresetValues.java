package io.dartboard.nas.preset;

import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.ops.recurrent.Dropouts;
import io.dartboard.nas.ops.recurrent.LanguageLoss;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.transfer.TransferConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes settings out under the names that a run's file has for them. */
final class PresetValues {
    private PresetValues() {}

    static Map<String, Object> of(String space, String method, SearchConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("space", space);
        values.put("method", method);
        values.put("cells", config.cells());
        values.put("channels", config.channels());
        values.put("epochs", config.epochs());
        values.put("batchSize", config.batchSize());
        values.put("trainPortion", config.trainPortion());
        values.put("learningRate", config.learningRate());
        values.put("learningRateMin", config.learningRateMin());
        values.put("momentum", config.momentum());
        values.put("weightDecay", config.weightDecay());
        values.put("gradientClip", config.gradientClip());
        put(values, config.alphas());
        values.put("cutout", config.cutout());
        return values;
    }

    static Map<String, Object> of(RetrainConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("cells", config.cells());
        values.put("channels", config.channels());
        values.put("epochs", config.epochs());
        values.put("batchSize", config.batchSize());
        values.put("learningRate", config.learningRate());
        values.put("learningRateMin", config.learningRateMin());
        values.put("momentum", config.momentum());
        values.put("weightDecay", config.weightDecay());
        values.put("gradientClip", config.clip());
        values.put("auxiliaryWeight", config.auxiliaryWeight());
        values.put("dropPath", config.dropPathProbability());
        values.put("cutout", config.cutoutLength());
        values.put("labelSmoothing", config.labelSmoothing());
        return values;
    }

    static Map<String, Object> of(TransferConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("cells", config.cells());
        values.put("channels", config.channels());
        values.put("epochs", config.epochs());
        values.put("batchSize", config.batchSize());
        values.put("resolution", config.resolution());
        values.put("learningRate", config.learningRate());
        values.put("learningRateDecay", config.learningRateDecay());
        values.put("momentum", config.momentum());
        values.put("weightDecay", config.weightDecay());
        values.put("gradientClip", config.clip());
        values.put("auxiliaryWeight", config.auxiliaryWeight());
        values.put("dropPath", config.dropPathProbability());
        values.put("labelSmoothing", config.labelSmoothing());
        return values;
    }

    static Map<String, Object> of(String space, String method, RecurrentSearchConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("space", space);
        values.put("method", method);
        values.put("width", config.width());
        values.put("epochs", config.epochs());
        values.put("batchSize", config.batchSize());
        values.put("bptt", config.bptt());
        values.put("learningRate", config.learningRate());
        values.put("weightDecay", config.weightDecay());
        values.put("gradientClip", config.gradientClip());
        put(values, config.dropouts());
        put(values, config.penalties());
        put(values, config.alphas());
        return values;
    }

    static Map<String, Object> of(RecurrentTrainConfig config) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("width", config.width());
        values.put("epochs", config.epochs());
        values.put("batchSize", config.batchSize());
        values.put("bptt", config.bptt());
        values.put("learningRate", config.learningRate());
        values.put("weightDecay", config.weightDecay());
        values.put("gradientClip", config.gradientClip());
        put(values, config.dropouts());
        put(values, config.penalties());
        values.put("patience", config.patience());
        return values;
    }

    private static void put(Map<String, Object> values, AdamSettings alphas) {
        values.put("alphaLearningRate", alphas.learningRate());
        values.put("alphaBeta1", alphas.beta1());
        values.put("alphaBeta2", alphas.beta2());
        values.put("alphaWeightDecay", alphas.weightDecay());
    }

    private static void put(Map<String, Object> values, Dropouts dropouts) {
        values.put("dropoutWords", dropouts.words());
        values.put("dropoutInputs", dropouts.inputs());
        values.put("dropoutCellInputs", dropouts.cellInputs());
        values.put("dropoutHidden", dropouts.hidden());
        values.put("dropoutOutputs", dropouts.outputs());
    }

    private static void put(Map<String, Object> values, LanguageLoss penalties) {
        values.put("activationPenalty", penalties.activation());
        values.put("temporalPenalty", penalties.temporal());
    }
}
