package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.transfer.TransferConfig;
import java.util.Map;

/** What is needed to build a network again, beside its genotype: facts that travel with its weights. */
public final class NetworkFacts {
    private NetworkFacts() {}

    /** A network for images. */
    public static Map<String, String> of(RetrainConfig config, DatasetPublished dataset) {
        return Map.of(
                "network", "cifar",
                "cells", Integer.toString(config.cells()),
                "channels", Integer.toString(config.channels()),
                "classes", Integer.toString(dataset.getClasses()));
    }

    /** A network for photographs. */
    public static Map<String, String> of(TransferConfig config, DatasetPublished dataset) {
        return Map.of(
                "network", "imagenet",
                "cells", Integer.toString(config.cells()),
                "channels", Integer.toString(config.channels()),
                "classes", Integer.toString(dataset.getClasses()),
                "resolution", Integer.toString(config.resolution()));
    }

    /** A language model; the corpus numbers the words. */
    public static Map<String, String> of(RecurrentTrainConfig config, DatasetPublished dataset) {
        return Map.of(
                "network", "recurrent",
                "width", Integer.toString(config.width()),
                "vocabulary", Integer.toString(dataset.getClasses()));
    }
}
