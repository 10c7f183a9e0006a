package io.dartboard.nas.image.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.cost.ImageSize;
import io.dartboard.nas.image.cost.NetworkCost;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.ops.Pass;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Handles;
import io.dartboard.nas.tensor.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionalNetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"DARTS_V1", "DARTS_V2", "NASNet", "AmoebaNet"})
    void shouldHaveExactlyTheParametersThatAreCounted(String name) {
        Genotype genotype = PublishedGenotypes.of(name);
        NetworkShape cifar = new NetworkShape(36, 20, 10);
        NetworkShape imageNet = new NetworkShape(48, 14, 1000);

        assertThat(parameters(Stem.CIFAR, genotype, cifar, 32, false))
                .isEqualTo(NetworkCost.of(Stem.CIFAR, genotype, cifar, ImageSize.square(32))
                        .parameters());
        assertThat(parameters(Stem.IMAGENET, genotype, imageNet, 224, false))
                .isEqualTo(NetworkCost.of(Stem.IMAGENET, genotype, imageNet, ImageSize.square(224))
                        .parameters());
    }

    @Test
    void shouldHaveThePublishedNumberOfParameters() {
        Genotype genotype = PublishedGenotypes.DARTS_V2;

        assertThat(parameters(Stem.CIFAR, genotype, new NetworkShape(36, 20, 10), 32, false))
                .isEqualTo(3_349_342);
        assertThat(parameters(Stem.CIFAR, genotype, new NetworkShape(36, 20, 10), 32, true))
                .isEqualTo(3_825_768);
        assertThat(parameters(Stem.IMAGENET, genotype, new NetworkShape(48, 14, 1000), 224, true))
                .isEqualTo(5_979_528);
    }

    @Test
    void shouldRefuseAResolutionThatItCannotBeBuiltFor() {
        assertThatThrownBy(() ->
                        parameters(Stem.IMAGENET, PublishedGenotypes.DARTS_V2, new NetworkShape(4, 3, 5), 96, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("auxiliaryWeight must be 0 at a resolution of 96");
    }

    @ParameterizedTest
    @CsvSource({
        "CIFAR, DARTS_V1, 32, true",
        "CIFAR, DARTS_V2, 20, false",
        "CIFAR, DARTS_V1, 48, true",
        "CIFAR, NASNet, 32, true",
        "CIFAR, AmoebaNet, 32, true",
        "IMAGENET, DARTS_V2, 224, true",
        "IMAGENET, AmoebaNet, 32, false"
    })
    void shouldLeaveNothingOpenButItsResult(Stem stem, String name, int side, boolean head) {
        DiscreteNetwork network =
                ConvolutionalNetwork.of(stem, PublishedGenotypes.of(name), new NetworkShape(2, 4, 5), side, head);
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            GoldenNetwork filled = new GoldenNetwork(scope, network);
            Pass training = filled.training(scope, filled.weights.leaves(scope));
            Pass evaluation = filled.evaluation(scope);
            NDArray images = scope.ones(new Shape(2, 3, side, side));
            DropPath dropPath =
                    DropPath.draw(scope, new RandomStreams(1).stream("drop-path"), 0.3, network.operands(), 2);
            network.train(images, training, DropPath.off()); // makes the constants that passes share
            int before = Handles.heldBy(scope);

            network.train(images, training, dropPath);
            int trained = Handles.heldBy(scope);
            network.evaluate(images, evaluation);

            assertThat(trained - before).isEqualTo(head ? 2 : 1);
            assertThat(Handles.heldBy(scope) - trained).isEqualTo(1);
        }
    }

    private static long parameters(Stem stem, Genotype genotype, NetworkShape shape, int side, boolean auxiliaryHead) {
        return ConvolutionalNetwork.of(stem, genotype, shape, side, auxiliaryHead)
                .weights()
                .size();
    }
}
