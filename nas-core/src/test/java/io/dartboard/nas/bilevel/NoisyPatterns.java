package io.dartboard.nas.bilevel;

import io.dartboard.nas.image.data.LabelledImages;
import io.dartboard.nas.provenance.RandomStreams;
import java.util.random.RandomGenerator;

/** Small images whose class is the orientation of a stripe, with augmentation noise from the stream that is passed in. */
public record NoisyPatterns(int size, long seed) implements LabelledImages {
    private static final int SIDE = 8;

    @Override
    public int classes() {
        return 3;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public int height() {
        return SIDE;
    }

    @Override
    public int width() {
        return SIDE;
    }

    @Override
    public int label(int index) {
        return new RandomStreams(seed).stream("label", 0, index).nextInt(classes());
    }

    @Override
    public void fill(int index, float[] target, int offset, RandomGenerator random) {
        int label = label(index);
        int place = new RandomStreams(seed).stream("place", 0, index).nextInt(SIDE);
        for (int i = 0; i < channels() * SIDE * SIDE; i++) {
            int y = i / SIDE % SIDE;
            int x = i % SIDE;
            boolean on = label == 0 ? x == place : label == 1 ? y == place : (x + y) % SIDE == place;
            target[offset + i] = (on ? 2 : 0) + 0.2f * (float) random.nextGaussian();
        }
    }
}
