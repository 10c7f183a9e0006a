package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Twelve channels, normalised as sixteen, against the same ones normalised in two parts of which each needs no filling. */
class FilledChannelsTest {
    private static final int IMAGES = 4;
    private static final int SIDE = 16;
    private static final int CHANNELS = 12;

    private final NDManager scope = Torch.open(Device.cpu());

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void shouldFillUpToEights() {
        assertThat(FilledChannels.missing(images(CHANNELS))).isEqualTo(4);
        assertThat(FilledChannels.missing(images(16))).isZero();
        assertThat(FilledChannels.missing(scope.zeros(new Shape(1, CHANNELS, SIDE, SIDE))))
                .as("a small batch")
                .isZero();
        assertThat(FilledChannels.missing(scope.zeros(new Shape(2000, CHANNELS))))
                .as("the states of a recurrent cell")
                .isZero();
    }

    /** By the definition, in double precision. */
    @Test
    void shouldNormaliseEachChannelByItself() {
        NDArray x = images(CHANNELS);
        NDArray gain = values(CHANNELS, 1);
        NDArray bias = values(CHANNELS, 2);
        // As a network has them: parts of one vector.
        NDArray statistics = scope.zeros(new Shape(2 * CHANNELS));
        statistics.split(2).get(1).addi(1);

        NDArray y = BatchNorm.train(
                x, gain, bias, statistics.split(2).get(0), statistics.split(2).get(1));

        assertThat(y.getShape()).isEqualTo(x.getShape());
        float[] out = y.toFloatArray();
        float[] in = x.toFloatArray();
        float[] kept = statistics.toFloatArray();
        int count = IMAGES * SIDE * SIDE;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double sum = 0;
            double squares = 0;
            for (int at : places(channel)) {
                sum += in[at];
                squares += (double) in[at] * in[at];
            }
            double average = sum / count;
            double biased = squares / count - average * average;
            for (int at : places(channel)) {
                assertThat((double) out[at])
                        .isCloseTo(
                                gain.toFloatArray()[channel] * (in[at] - average) / Math.sqrt(biased + 1e-5)
                                        + bias.toFloatArray()[channel],
                                within(1e-4));
            }
            assertThat((double) kept[channel]).isCloseTo(0.1 * average, within(1e-5));
            assertThat((double) kept[CHANNELS + channel])
                    .isCloseTo(0.9 + 0.1 * biased * count / (count - 1), within(1e-5));
        }
    }

    /** Of eight channels, which are not filled up, together with four others, as the engine has it. */
    @Test
    void shouldPassOnTheSameGradients() {
        NDArray all = images(CHANNELS);
        NDArray gains = values(CHANNELS, 1);
        NDArray pull = images(CHANNELS);
        List<NDArray> together = gradients(all, gains, pull);
        NDList parts = all.split(new long[] {8}, 1);
        NDList pulls = pull.split(new long[] {8}, 1);
        List<NDArray> eight = gradients(
                parts.get(0).duplicate(),
                gains.get("0:8").duplicate(),
                pulls.get(0).duplicate());

        assertThat(together.get(0).split(new long[] {8}, 1).get(0).toFloatArray())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(eight.get(0).toFloatArray());
        assertThat(together.get(1).get("0:8").toFloatArray())
                .usingComparatorWithPrecision(1e-3f)
                .containsExactly(eight.get(1).toFloatArray());
    }

    /** Layers that are filled up and others have their statistics in one vector, and those keep theirs until the gradient is taken. */
    @Test
    void shouldChangeNothingThatAnotherLayerKeepsForItsGradient() {
        NDArray statistics = scope.zeros(new Shape(2 * (16 + CHANNELS)));
        NDList kept = statistics.split(new long[] {16, 32, 32 + CHANNELS});
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(scope, images(16));
            NDArray whole = BatchNorm.train(leaf, values(16, 1), values(16, 2), kept.get(0), kept.get(1));
            NDArray filled = BatchNorm.train(
                    ChannelsLast.images(ChannelsLast.rows(whole).get(":, :, :, 0:" + CHANNELS)),
                    values(CHANNELS, 1),
                    values(CHANNELS, 2),
                    kept.get(2),
                    kept.get(3));

            NDArray gradient = Autograd.gradients(filled.square().sum(), leaf).get(0);

            assertThat(gradient.getShape()).isEqualTo(leaf.getShape());
        }
        assertThat(kept.get(3).gt(0).all().getBoolean()).isTrue();
    }

    private List<NDArray> gradients(NDArray x, NDArray gain, NDArray pull) {
        try (Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(scope, x);
            NDArray gains = Autograd.leaf(scope, gain);
            int channels = (int) gain.size();
            NDArray y = BatchNorm.train(
                    leaf,
                    gains,
                    scope.zeros(new Shape(channels)),
                    scope.zeros(new Shape(channels)),
                    scope.ones(new Shape(channels)));
            return Autograd.gradients(y.mul(pull).sum(), leaf, gains);
        }
    }

    private static int[] places(int channel) {
        int pixels = SIDE * SIDE;
        int[] places = new int[IMAGES * pixels];
        for (int i = 0; i < places.length; i++) {
            places[i] = (i / pixels * CHANNELS + channel) * pixels + i % pixels;
        }
        return places;
    }

    private NDArray images(int channels) {
        float[] values = new float[IMAGES * channels * SIDE * SIDE];
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() + i % 3;
        }
        return ChannelsLast.toDevice(scope, values, IMAGES, channels, SIDE, SIDE);
    }

    private NDArray values(int count, double first) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) first + 0.1f * i;
        }
        return Copy.toDevice(scope, values, new Shape(count));
    }
}
