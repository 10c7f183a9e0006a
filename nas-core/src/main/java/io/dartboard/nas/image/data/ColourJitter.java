package io.dartboard.nas.image.data;

import java.util.random.RandomGenerator;

/**
 * Random changes of brightness, contrast, saturation and hue, in random order, on intensities in [0, 1].
 *
 * @param brightness the factor is drawn from {@code 1 ± brightness}
 * @param contrast the factor is drawn from {@code 1 ± contrast}
 * @param saturation the factor is drawn from {@code 1 ± saturation}
 * @param hue the shift is drawn from {@code ± hue}, in turns of the colour wheel
 */
record ColourJitter(double brightness, double contrast, double saturation, double hue) {

    /** What the DARTS authors train on ImageNet with. */
    static final ColourJitter IMAGENET = new ColourJitter(0.4, 0.4, 0.4, 0.2);

    private static final int SECTOR = 1 << 24; // a sixth of the colour wheel
    private static final int CIRCLE = 6 * SECTOR;

    /** Changes an image (3, plane) of intensities in [0, 1] in place. */
    void apply(float[] image, int plane, RandomGenerator random) {
        for (int change : order(random)) {
            switch (change) {
                case 0 -> brighten(image, (float) random.nextDouble(1 - brightness, 1 + brightness));
                case 1 -> blendWithMeanGrey(image, plane, (float) random.nextDouble(1 - contrast, 1 + contrast));
                case 2 -> blendWithGrey(image, plane, (float) random.nextDouble(1 - saturation, 1 + saturation));
                default -> turnHue(image, plane, (float) random.nextDouble(-hue, hue));
            }
        }
    }

    private static int[] order(RandomGenerator random) {
        int[] order = new int[4];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void brighten(float[] image, float factor) {
        for (int i = 0; i < image.length; i++) {
            image[i] = clamp(image[i] * factor);
        }
    }

    private static void blendWithMeanGrey(float[] image, int plane, float factor) {
        double sum = 0;
        for (int i = 0; i < plane; i++) {
            sum += grey(image, plane, i);
        }
        float mean = (float) (sum / plane);
        for (int i = 0; i < image.length; i++) {
            image[i] = clamp(mean + (image[i] - mean) * factor);
        }
    }

    private static void blendWithGrey(float[] image, int plane, float factor) {
        float[] greys = new float[plane];
        for (int i = 0; i < plane; i++) {
            greys[i] = grey(image, plane, i);
        }
        for (int c = 0; c < 3; c++) {
            blend(image, c * plane, greys, factor);
        }
    }

    /** Apart, so that the compiler sees a loop that it can vectorise. */
    private static void blend(float[] image, int from, float[] greys, float factor) {
        for (int i = 0; i < greys.length; i++) {
            image[from + i] = clamp(greys[i] + (image[from + i] - greys[i]) * factor);
        }
    }

    /**
     * Turns the hue of each pixel with value and saturation, in the sense of HSV, unchanged.
     *
     * <p>The hue is an integer in units of 2<sup>-24</sup> sectors, as fine as a float: the minima and maxima that it takes
     * to go from a hue to three channels are single instructions for integers, and mispredicted jumps for floats.
     */
    static void turnHue(float[] image, int plane, float turn) {
        int turned = Math.floorMod(Math.round(6 * turn * SECTOR), CIRCLE);
        for (int i = 0; i < plane; i++) {
            float r = image[i];
            float g = image[plane + i];
            float b = image[2 * plane + i];
            float max = largest(r, g, b);
            float chroma = max - smallest(r, g, b);
            if (chroma <= 0) {
                continue;
            }
            int hue;
            if (max == r) {
                hue = (int) ((g - b) / chroma * SECTOR);
            } else if (max == g) {
                hue = 2 * SECTOR + (int) ((b - r) / chroma * SECTOR);
            } else {
                hue = 4 * SECTOR + (int) ((r - g) / chroma * SECTOR);
            }
            hue = withinCircle(hue + SECTOR + turned); // one sector too far, so that it is not negative
            image[i] = channel(hue + 4 * SECTOR, max, chroma);
            image[plane + i] = channel(hue + 2 * SECTOR, max, chroma);
            image[2 * plane + i] = channel(hue, max, chroma);
        }
    }

    /**
     * One channel of a colour: {@code value - chroma * clamp(min(k, 4 - k), 0, 1)} with k the hue.
     *
     * @param hue in two circles
     */
    private static float channel(int hue, float value, float chroma) {
        int k = withinCircle(hue);
        int share = Math.max(0, Math.min(SECTOR, Math.min(k, 4 * SECTOR - k)));
        return value - chroma * (share * (1f / SECTOR));
    }

    /** Two circles onto one. */
    private static int withinCircle(int hue) {
        int less = hue - CIRCLE;
        return less + (CIRCLE & less >> 31);
    }

    /** The bits of floats that are not negative have the order of the floats. */
    private static float largest(float r, float g, float b) {
        return Float.intBitsToFloat(
                Math.max(Float.floatToRawIntBits(r), Math.max(Float.floatToRawIntBits(g), Float.floatToRawIntBits(b))));
    }

    private static float smallest(float r, float g, float b) {
        return Float.intBitsToFloat(
                Math.min(Float.floatToRawIntBits(r), Math.min(Float.floatToRawIntBits(g), Float.floatToRawIntBits(b))));
    }

    private static float grey(float[] image, int plane, int i) {
        return 0.299f * image[i] + 0.587f * image[plane + i] + 0.114f * image[2 * plane + i];
    }

    private static float clamp(float value) {
        return Math.max(0f, Math.min(1f, value));
    }
}
