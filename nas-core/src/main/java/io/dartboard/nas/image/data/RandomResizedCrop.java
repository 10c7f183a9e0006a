package io.dartboard.nas.image.data;

import io.dartboard.nas.image.data.RgbImage.Box;
import java.util.random.RandomGenerator;

/**
 * The crop that ImageNet networks are trained with (Szegedy et al., 2015): a box of 8 % to 100 % of the area with an
 * aspect ratio of 3/4 to 4/3, log-uniform. After ten boxes that do not fit, the largest centred box of an allowed ratio.
 */
final class RandomResizedCrop {

    private static final int TRIES = 10;
    private static final double MIN_AREA = 0.08;
    private static final double MIN_RATIO = 3.0 / 4;
    private static final double MAX_RATIO = 4.0 / 3;

    private RandomResizedCrop() {}

    static Box draw(int height, int width, RandomGenerator random) {
        double area = (double) height * width;
        for (int i = 0; i < TRIES; i++) {
            double target = area * random.nextDouble(MIN_AREA, 1);
            double ratio = StrictMath.exp(random.nextDouble(StrictMath.log(MIN_RATIO), StrictMath.log(MAX_RATIO)));
            int w = (int) Math.round(StrictMath.sqrt(target * ratio));
            int h = (int) Math.round(StrictMath.sqrt(target / ratio));
            if (w > 0 && h > 0 && w <= width && h <= height) {
                return new Box(random.nextInt(height - h + 1), random.nextInt(width - w + 1), h, w);
            }
        }
        double ratio = (double) width / height;
        int w = ratio > MAX_RATIO ? (int) Math.max(1, Math.round(height * MAX_RATIO)) : width;
        int h = ratio < MIN_RATIO ? (int) Math.max(1, Math.round(width / MIN_RATIO)) : height;
        return centred(height, width, h, w);
    }

    /** The box of the given size in the middle. */
    static Box centred(int height, int width, int boxHeight, int boxWidth) {
        return new Box((height - boxHeight) / 2, (width - boxWidth) / 2, boxHeight, boxWidth);
    }
}
