package io.dartboard.nas.image.data;

import java.util.List;

/**
 * Per-channel mean and standard deviation, of pixel values in [0, 1], that a pixel is normalised with.
 *
 * @param mean one mean per channel
 * @param deviation one standard deviation per channel, positive
 */
public record Normalisation(List<Float> mean, List<Float> deviation) {

    /** The statistics of the CIFAR-10 training set that the DARTS authors use. */
    public static final Normalisation CIFAR10 = new Normalisation(
            List.of(0.49139968f, 0.48215827f, 0.44653124f), List.of(0.24703233f, 0.24348505f, 0.26158768f));

    /** The statistics customary for ImageNet. */
    public static final Normalisation IMAGENET =
            new Normalisation(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size()) {
            throw new IllegalArgumentException("normalisation needs one deviation per mean (was " + mean.size()
                    + " means and " + deviation.size() + " deviations)");
        }
        if (deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("normalisation deviations must be positive (was " + deviation + ")");
        }
    }

    /** Whether no figure of another differs by more than this. */
    boolean isWithin(double tolerance, Normalisation other) {
        return isWithin(tolerance, mean, other.mean) && isWithin(tolerance, deviation, other.deviation);
    }

    private static boolean isWithin(double tolerance, List<Float> these, List<Float> those) {
        if (these.size() != those.size()) {
            return false;
        }
        for (int c = 0; c < these.size(); c++) {
            if (Math.abs(these.get(c) - those.get(c)) > tolerance) {
                return false;
            }
        }
        return true;
    }

    /** The normalised value of an intensity in [0, 1]. */
    float of(int channel, float intensity) {
        return (intensity - mean.get(channel)) / deviation.get(channel);
    }

    /**
     * Normalises a whole image.
     *
     * @param intensities (channels, height, width) in [0, 1]
     * @param target where the normalised values go from {@code offset} on
     */
    void normalise(float[] intensities, float[] target, int offset) {
        int plane = intensities.length / mean.size();
        for (int c = 0; c < mean.size(); c++) {
            // Out of the lists, which would be asked for each pixel.
            float centre = mean.get(c);
            float spread = deviation.get(c);
            int from = c * plane;
            for (int i = 0; i < plane; i++) {
                target[offset + from + i] = (intensities[from + i] - centre) / spread;
            }
        }
    }

    /** For each channel the normalised value of each of the 256 pixel values, so that loading is a table look-up. */
    float[][] table() {
        float[][] table = new float[mean.size()][256];
        for (int c = 0; c < table.length; c++) {
            for (int v = 0; v < 256; v++) {
                table[c][v] = of(c, v / 255f);
            }
        }
        return table;
    }
}
