package io.dartboard.training.image;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.TransferSettings;
import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.image.cost.BoundedNetwork;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.image.network.OnnxClassifier;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.PublishedPixels;
import java.util.Map;

/** The networks that are trained on images: what they may cost, and what is needed to build them again. */
public final class ImageNetworks {
    private ImageNetworks() {}

    /** What the network of an evaluation may cost. */
    public static NetworkCeiling ceiling(RetrainSettings evaluation, DatasetPublished dataset, CostCeiling ceiling) {
        var side = PublishedPixels.side(dataset, evaluation.getResolution());
        var shape = new NetworkShape(evaluation.getChannels(), evaluation.getCells(), dataset.getClasses());
        return cells(new BoundedNetwork("the evaluation network", Stem.CIFAR, shape, ImageSize.square(side), ceiling));
    }

    /** What the network of a transfer may cost. */
    public static NetworkCeiling ceiling(TransferSettings transfer, DatasetPublished target, CostCeiling ceiling) {
        var shape = new NetworkShape(transfer.getChannels(), transfer.getCells(), target.getClasses());
        return cells(new BoundedNetwork(
                "the transfer network", Stem.IMAGENET, shape, ImageSize.square(transfer.getResolution()), ceiling));
    }

    private static NetworkCeiling cells(BoundedNetwork network) {
        return genotype -> network.refusal(ConvolutionalArchitecture.parse(genotype));
    }

    /**
     * A network for images: facts that travel with its weights.
     *
     * @param side of the images in pixels
     */
    public static Map<String, String> facts(RetrainConfig config, DatasetPublished dataset, int side) {
        var normalisation = PublishedPixels.normalisation(dataset);
        return Map.of(
                "network", "cifar",
                "cells", Integer.toString(config.cells()),
                "channels", Integer.toString(config.channels()),
                "classes", Integer.toString(dataset.getClasses()),
                "resolution", Integer.toString(side),
                "mean", normalisation.mean().toString(),
                "deviation", normalisation.deviation().toString());
    }

    /** A network for photographs, likewise. */
    public static Map<String, String> facts(TransferConfig config, DatasetPublished dataset) {
        return Map.of(
                "network", "imagenet",
                "cells", Integer.toString(config.cells()),
                "channels", Integer.toString(config.channels()),
                "classes", Integer.toString(dataset.getClasses()),
                "resolution", Integer.toString(config.resolution()));
    }

    /**
     * A trained network as an ONNX model.
     *
     * @param weights with their facts
     * @throws IllegalArgumentException with one line, if they are not those of such a network
     */
    public static byte[] onnx(Safetensors weights) {
        var stem = weights.fact("network").equals("imagenet") ? Stem.IMAGENET : Stem.CIFAR;
        var shape = new NetworkShape(number(weights, "channels"), number(weights, "cells"), number(weights, "classes"));
        var side = number(weights, "resolution");
        var network =
                DiscreteNetwork.of(stem, ConvolutionalArchitecture.parse(weights.fact("genotype")), shape, side, false);
        return OnnxClassifier.of(network, side, shape.classes(), weights.tensors(), weights.facts());
    }

    private static int number(Safetensors weights, String fact) {
        return Integer.parseInt(weights.fact(fact));
    }
}
