package io.dartboard.nas.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** How a leaf starts: PyTorch's defaults, drawn from a stream of our own. */
public sealed interface Initialization {
    /** Fills {@code target[from, to)}. */
    void fill(float[] target, int from, int to, RandomGenerator random);

    /** Every value the same: 1 for the gain of a batch normalisation, 0 for its bias. */
    record Constant(float value) implements Initialization {
        @Override
        public void fill(float[] target, int from, int to, RandomGenerator random) {
            Arrays.fill(target, from, to, value);
        }
    }

    /** Uniform on {@code [-1/sqrt(fanIn), 1/sqrt(fanIn)]}: for kernels, linear weights and linear biases. */
    record FanIn(int fanIn) implements Initialization {
        public FanIn {
            if (fanIn < 1) {
                throw new IllegalArgumentException("fanIn must be at least 1 (was %d)".formatted(fanIn));
            }
        }

        @Override
        public void fill(float[] target, int from, int to, RandomGenerator random) {
            double bound = 1 / StrictMath.sqrt(fanIn);
            for (int i = from; i < to; i++) {
                target[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
    }

    /** Uniform on {@code [-bound, bound]}: for all weights of a recurrent language model. */
    record Uniform(double bound) implements Initialization {
        public Uniform {
            if (!(bound > 0)) {
                throw new IllegalArgumentException("bound must be positive (was %s)".formatted(bound));
            }
        }

        @Override
        public void fill(float[] target, int from, int to, RandomGenerator random) {
            for (int i = from; i < to; i++) {
                target[i] = (float) (bound * (2 * random.nextDouble() - 1));
            }
        }
    }
}
