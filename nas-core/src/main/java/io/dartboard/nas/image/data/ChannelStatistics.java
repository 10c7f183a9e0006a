package io.dartboard.nas.image.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Mean and standard deviation of each channel over the pixels of 8-bit RGB images, every pixel counting alike. Sums are whole
 * numbers, so that neither the order of the images nor how they are shared among threads shows in the result. Used by one
 * thread; what several have gathered is merged.
 */
public final class ChannelStatistics {

    private static final double WHITE = 255;
    /** The authors' figures of CIFAR-10 differ from ours by less, since they summed in single precision. */
    private static final double ROUNDING = 1e-5;

    private final long[] sums = new long[Pixels.CHANNELS];
    private final long[] squares = new long[Pixels.CHANNELS];
    private long pixels;

    /** Those of some images. */
    public static ChannelStatistics of(PixelImages images) {
        ChannelStatistics statistics = new ChannelStatistics();
        for (int i = 0; i < images.size(); i++) {
            statistics.add(images.pixels(i));
        }
        return statistics;
    }

    /**
     * Adds an image.
     *
     * @param planes red, green and blue, each with as many bytes
     */
    public void add(byte[] planes) {
        int plane = planes.length / Pixels.CHANNELS;
        for (int c = 0; c < Pixels.CHANNELS; c++) {
            long sum = 0;
            long square = 0;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                int value = planes[i] & 0xff;
                sum += value;
                square += (long) value * value;
            }
            sums[c] += sum;
            squares[c] += square;
        }
        pixels += plane;
    }

    /** Adds what another has gathered. */
    public void merge(ChannelStatistics other) {
        for (int c = 0; c < Pixels.CHANNELS; c++) {
            sums[c] += other.sums[c];
            squares[c] += other.squares[c];
        }
        pixels += other.pixels;
    }

    /**
     * Mean and deviation of intensities in [0, 1]. A deviation is at least one step of 8 bits: a channel that never changes
     * has none to divide by. Of CIFAR-10, however it is packed, the figures are those that the DARTS authors use.
     *
     * @throws IllegalStateException if nothing has been added
     */
    public Normalisation normalisation() {
        if (pixels == 0) {
            throw new IllegalStateException("no image has been added, so there is no mean");
        }
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (int c = 0; c < Pixels.CHANNELS; c++) {
            double mean = (double) sums[c] / pixels;
            double variance = Math.max(0, (double) squares[c] / pixels - mean * mean);
            means.add((float) (mean / WHITE));
            deviations.add((float) (Math.max(1, Math.sqrt(variance)) / WHITE));
        }
        Normalisation own = new Normalisation(means, deviations);
        return own.isWithin(ROUNDING, Normalisation.CIFAR10) ? Normalisation.CIFAR10 : own;
    }
}
