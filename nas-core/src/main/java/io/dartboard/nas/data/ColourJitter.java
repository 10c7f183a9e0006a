package io.dartboard.nas.data;

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

    /** Changes an image (3, plane) in place. */
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
        for (int i = 0; i < plane; i++) {
            float grey = grey(image, plane, i);
            for (int at = i; at < 3 * plane; at += plane) {
                image[at] = clamp(grey + (image[at] - grey) * factor);
            }
        }
    }

    /** Turns the hue of each pixel with value and saturation, in the sense of HSV, unchanged. */
    static void turnHue(float[] image, int plane, float turn) {
        for (int i = 0; i < plane; i++) {
            float r = image[i];
            float g = image[plane + i];
            float b = image[2 * plane + i];
            float max = Math.max(r, Math.max(g, b));
            float chroma = max - Math.min(r, Math.min(g, b));
            if (chroma <= 0) {
                continue;
            }
            float sector;
            if (max == r) {
                sector = (g - b) / chroma;
            } else if (max == g) {
                sector = 2 + (b - r) / chroma;
            } else {
                sector = 4 + (r - g) / chroma;
            }
            float turned = sector + 6 * turn;
            image[i] = fromHue(turned + 5, max, chroma);
            image[plane + i] = fromHue(turned + 3, max, chroma);
            image[2 * plane + i] = fromHue(turned + 1, max, chroma);
        }
    }

    /** One channel of a colour: {@code value - chroma * clamp(min(k, 4 - k), 0, 1)} with k the sector modulo 6. */
    private static float fromHue(float sector, float value, float chroma) {
        float k = sector - 6 * (float) Math.floor(sector / 6);
        return value - chroma * clamp(Math.min(k, 4 - k));
    }

    private static float grey(float[] image, int plane, int i) {
        return 0.299f * image[i] + 0.587f * image[plane + i] + 0.114f * image[2 * plane + i];
    }

    private static float clamp(float value) {
        return Math.max(0f, Math.min(1f, value));
    }
}
