package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.provenance.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChannelStatisticsTest {

    @Test
    void shouldGiveTheMeanAndDeviationOfAllPixelsWhateverTheSizesOfImages() {
        byte[] large = noise(16, 1);
        byte[] small = noise(8, 2);
        var statistics = new ChannelStatistics();
        statistics.add(large);
        statistics.add(small);

        var normalisation = statistics.normalisation();

        for (int c = 0; c < 3; c++) {
            double[] values = values(c, large, small);
            double mean = Arrays.stream(values).average().orElseThrow();
            double variance = Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            assertThat(normalisation.mean().get(c)).isCloseTo((float) mean, within(1e-6f));
            assertThat(normalisation.deviation().get(c)).isCloseTo((float) Math.sqrt(variance), within(1e-6f));
        }
    }

    @Test
    void shouldNotDependOnWhoAddsWhat() {
        var whole = new ChannelStatistics();
        var first = new ChannelStatistics();
        var second = new ChannelStatistics();
        for (int i = 0; i < 10; i++) {
            whole.add(noise(8, i));
            (i % 3 == 0 ? first : second).add(noise(8, i));
        }
        second.merge(first);

        assertThat(second.normalisation()).isEqualTo(whole.normalisation());
    }

    @Test
    void shouldKeepTheDeviationOfAPlainChannelAboveZero() {
        var plain = new ChannelStatistics();
        byte[] grey = new byte[3 * 8 * 8];
        Arrays.fill(grey, (byte) 51);
        plain.add(grey);

        assertThat(plain.normalisation().mean()).containsOnly(0.2f);
        assertThat(plain.normalisation().deviation()).containsOnly(1f / 255);
    }

    @Test
    void shouldKeepTheAuthorsFiguresOfCifar10() {
        assertThat(ofThreeGreys(0).normalisation()).isEqualTo(Normalisation.CIFAR10);
        assertThat(ofThreeGreys(1e-4).normalisation()).isNotEqualTo(Normalisation.CIFAR10);
    }

    /** Statistics whose means and deviations are CIFAR-10's, up to rounding; the means lie off by so much. */
    private static ChannelStatistics ofThreeGreys(double off) {
        int count = 1_000_000;
        double middle = 128;
        byte[] planes = new byte[3 * count];
        for (int c = 0; c < 3; c++) {
            double mean = 255 * (Normalisation.CIFAR10.mean().get(c) + off);
            double deviation = 255 * Normalisation.CIFAR10.deviation().get(c);
            double square = deviation * deviation + mean * mean;
            // black + grey + white = 1, with the mean and the mean square that are wanted
            double white = (square - middle * mean) / (255 * (255 - middle));
            double grey = (mean - 255 * white) / middle;
            int whites = (int) Math.round(white * count);
            int greys = (int) Math.round(grey * count);
            Arrays.fill(planes, c * count, c * count + whites, (byte) 255);
            Arrays.fill(planes, c * count + whites, c * count + whites + greys, (byte) middle);
        }
        var statistics = new ChannelStatistics();
        statistics.add(planes);
        return statistics;
    }

    @Test
    void shouldRefuseToSpeakOfNothing() {
        assertThatThrownBy(() -> new ChannelStatistics().normalisation())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no image has been added");
    }

    private static double[] values(int channel, byte[]... images) {
        return Arrays.stream(images)
                .flatMapToDouble(planes -> {
                    int plane = planes.length / 3;
                    double[] values = new double[plane];
                    Arrays.setAll(values, i -> (planes[channel * plane + i] & 0xff) / 255.0);
                    return Arrays.stream(values);
                })
                .toArray();
    }

    private static byte[] noise(int side, int seed) {
        var random = new RandomStreams(seed).stream("noise");
        byte[] planes = new byte[3 * side * side];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) random.nextInt(20 + 70 * (i / (side * side)));
        }
        return planes;
    }
}
