package io.dartboard.nas.image.cost;

import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.Optional;

/**
 * A network that genotypes are built into, and what it may cost.
 *
 * @param name what people call it, such as the evaluation network
 * @param stem how it takes its images
 * @param shape cells, channels and classes
 * @param image its images
 * @param ceiling what it may cost
 */
public record BoundedNetwork(String name, Stem stem, NetworkShape shape, ImageSize image, CostCeiling ceiling) {

    /**
     * Why a genotype must not be built into this network, in one line with the counts; empty where it may.
     *
     * @throws IllegalArgumentException if the image does not halve evenly as often as the network needs
     */
    public Optional<String> refusal(ConvolutionalArchitecture genotype) {
        if (ceiling.equals(CostCeiling.NONE)) {
            return Optional.empty();
        }
        return ceiling.exceededBy(NetworkCost.of(stem, genotype, shape, image))
                .map(over -> "%s (%d cells, %d channels, %d classes, %d x %d pixels) has %s"
                        .formatted(
                                name,
                                shape.cells(),
                                shape.channels(),
                                shape.classes(),
                                image.height(),
                                image.width(),
                                over));
    }
}
