package io.dartboard.eval;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Families of learning curves that are made up, of as many kinds as there may be in earnest. */
enum MadeCurves {
    /** All come down at one pace, so that who leads early leads at the end but for the noise. */
    PARALLEL {
        @Override
        IntToDoubleFunction shape(Lab lab, SplittableRandom random) {
            var end = lab.base + lab.spread * random.nextGaussian();
            return epoch ->
                    end + (START - end) * Math.exp(-epoch / lab.pace) + 0.2 * lab.spread * random.nextGaussian();
        }
    },

    /** The better a cell is in the end, the longer it takes. */
    CROSSING {
        @Override
        IntToDoubleFunction shape(Lab lab, SplittableRandom random) {
            var quality = random.nextGaussian();
            var end = lab.base - lab.spread * quality;
            var pace = lab.pace * Math.exp(0.4 * quality + 0.2 * random.nextGaussian());
            return epoch -> end + (START - end) * Math.exp(-epoch / pace) + 0.2 * lab.spread * random.nextGaussian();
        }
    },

    /** All are down soon, and then there is noise as large as what tells cells apart. */
    NOISY_PLATEAU {
        @Override
        IntToDoubleFunction shape(Lab lab, SplittableRandom random) {
            var end = lab.base + lab.spread * random.nextGaussian();
            return epoch -> end + (START - end) * Math.exp(-2.0 * epoch) + lab.spread * random.nextGaussian();
        }
    },

    /** A third of them stands high above the others for a while, comes down all at once, and is the better for it. */
    LATE_BLOOMERS {
        @Override
        IntToDoubleFunction shape(Lab lab, SplittableRandom random) {
            var end = lab.base + lab.spread * random.nextGaussian();
            if (random.nextDouble() > 1.0 / 3) {
                return epoch ->
                        end + (START - end) * Math.exp(-epoch / lab.pace) + 0.2 * lab.spread * random.nextGaussian();
            }
            var bloom = lab.epochs * (0.3 + 0.5 * random.nextDouble());
            var best = end - lab.spread;
            return epoch -> epoch < bloom
                    ? START - 0.3 * (START - best) + lab.spread * random.nextGaussian()
                    : best
                            + (START - best) * Math.exp(-2.0 * (epoch - bloom) - 1)
                            + 0.2 * lab.spread * random.nextGaussian();
        }
    },

    /** Cells and epochs scatter by Student's t of three degrees of freedom. */
    HEAVY_TAILS {
        @Override
        IntToDoubleFunction shape(Lab lab, SplittableRandom random) {
            var end = lab.base + lab.spread * heavy(random);
            return epoch -> end + (START - end) * Math.exp(-epoch / lab.pace) + 0.3 * lab.spread * heavy(random);
        }
    },

    /** What was gained in an epoch stays or is lost: a walk, so that early scores tell ever less of late ones. */
    WANDERING {
        @Override
        IntToDoubleFunction shape(Lab lab, SplittableRandom random) {
            var end = lab.base + lab.spread * random.nextGaussian();
            var drift = new double[] {0};
            return epoch -> {
                drift[0] += 0.4 * lab.spread * random.nextGaussian();
                return end + (START - end) * Math.exp(-epoch / lab.pace) + drift[0];
            };
        }
    };

    /** Before the first epoch. */
    private static final double START = 90;

    /** What a curve has after each epoch, asked for in their order, from 1. */
    abstract IntToDoubleFunction shape(Lab lab, SplittableRandom random);

    /** A cell's curve, from its beginning to its end. */
    LearningCurve draw(Lab lab, SplittableRandom random) {
        var shape = shape(lab, random);
        var scores =
                IntStream.rangeClosed(1, lab.epochs).mapToDouble(shape).boxed().toList();
        return new LearningCurve(scores, scores.get(scores.size() - 1));
    }

    private static double heavy(SplittableRandom random) {
        var squares = 0.0;
        for (var i = 0; i < 3; i++) {
            var normal = random.nextGaussian();
            squares += normal * normal;
        }
        return random.nextGaussian() / Math.sqrt(squares / 3);
    }

    /**
     * What all cells of one dataset under the same settings share.
     *
     * @param base where they end in the middle
     * @param spread how far apart they end
     * @param pace epochs in which they come down by two thirds
     */
    record Lab(int epochs, double base, double spread, double pace) {
        static Lab drawn(int epochs, SplittableRandom random) {
            return new Lab(
                    epochs,
                    5 + 35 * random.nextDouble(),
                    0.5 + 3.5 * random.nextDouble(),
                    epochs * (0.1 + 0.4 * random.nextDouble()));
        }
    }
}
