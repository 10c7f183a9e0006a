package io.dartboard.training.text;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RecurrentTrainSettings;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.cost.BoundedRecurrentNetwork;
import io.dartboard.nas.text.network.OnnxLanguageModel;
import io.dartboard.nas.text.network.RecurrentNetwork;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.training.NetworkCeiling;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The language models that are trained on texts: what they may cost, and what is needed to build them again. */
public final class TextNetworks {
    private TextNetworks() {}

    /** What the network of an evaluation may cost. */
    public static NetworkCeiling ceiling(RetrainSettings evaluation, DatasetPublished dataset, CostCeiling ceiling) {
        return ceiling("the evaluation network", evaluation.getRecurrent(), dataset, ceiling);
    }

    /** What the network of a transfer may cost. */
    public static NetworkCeiling ceiling(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling) {
        return ceiling("the transfer network", transfer.getRecurrent(), target, ceiling);
    }

    private static NetworkCeiling ceiling(
            String name, @Nullable RecurrentTrainSettings settings, DatasetPublished text, CostCeiling ceiling) {
        var width = Objects.requireNonNull(settings, "settings of a text").getWidth();
        var network = new BoundedRecurrentNetwork(name, text.getClasses(), width, ceiling);
        return genotype -> network.refusal(RecurrentGenotype.parse(genotype));
    }

    /** A language model: facts that travel with its weights. The corpus numbers the words. */
    public static Map<String, String> facts(RecurrentTrainConfig config, DatasetPublished dataset) {
        return Map.of(
                "network", "recurrent",
                "width", Integer.toString(config.width()),
                "vocabulary", Integer.toString(dataset.getClasses()));
    }

    /**
     * A trained language model as an ONNX model.
     *
     * @param weights with their facts
     * @throws IllegalArgumentException with one line, if they are not those of such a model
     */
    public static byte[] onnx(Safetensors weights) {
        var network = new RecurrentNetwork(
                RecurrentGenotype.parse(weights.fact("genotype")),
                Integer.parseInt(weights.fact("vocabulary")),
                Integer.parseInt(weights.fact("width")));
        return OnnxLanguageModel.of(network, weights.tensors(), weights.facts());
    }
}
