package io.dartboard.nas.text.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceTokens;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterVector;
import java.util.random.RandomGenerator;

/** Random words for a language model to read, and random numbers for all that it reads them with, in double precision. */
public record RandomWindow(LanguageModel model, int length, int columns) {
    private static final RandomStreams STREAMS = new RandomStreams(3);
    // Small weights would make every function look like every other.
    private static final double WEIGHT = 0.7;

    public DeviceTokens tokens(NDManager scope) {
        return DeviceTokens.of(scope, words("words"), words("following"), length, columns);
    }

    public NDArray hidden(NDManager scope) {
        RandomGenerator random = STREAMS.stream("hidden");
        double[] values = random.doubles((long) columns * model.width(), -1, 1).toArray();
        return Copy.toDevice(scope, values, new Shape(columns, model.width()));
    }

    public Leaves leaves(NDManager scope) {
        float[] weights = gaussians("weights", model.layout().size(), WEIGHT);
        return new ParameterVector(scope, model.layout(), weights, DataType.FLOAT64).leaves(scope);
    }

    /** Masks that all drop one share. */
    public Masks masks(NDManager scope, double share) {
        return Masks.draw(
                scope,
                STREAMS.stream("masks"),
                new Dropouts(share, share, share, share, share),
                words("words"),
                columns,
                model.vocabulary(),
                model.width(),
                DataType.FLOAT64);
    }

    public static float[] gaussians(String purpose, int count, double scale) {
        RandomGenerator random = STREAMS.stream(purpose);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private long[] words(String purpose) {
        return STREAMS.stream(purpose)
                .longs((long) length * columns, 0, model.vocabulary())
                .toArray();
    }
}
