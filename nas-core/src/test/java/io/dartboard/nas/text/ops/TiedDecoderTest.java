package io.dartboard.nas.text.ops;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Scalars;
import io.dartboard.nas.tensor.Torch;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiedDecoderTest {
    private static final double TOLERANCE = 1e-7;
    private static final int WORDS = 11;
    private static final int WIDTH = 3;
    private static final long[] FOLLOWING = {4, 0, 10, 4, 7};

    private record Result(float[] likelihood, List<float[]> gradients) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2 * WORDS, 3 * WORDS + 1, 1000})
    void shouldAgreeWithTheSoftmaxOfAllLogitsHoweverItIsParted(long part) {
        Result actual = result((table, bias) -> new TiedDecoder(table, bias, true, part), true);
        Result expected = result(PlainDecoder::new, true);

        assertAgree(actual, expected);
    }

    @Test
    void shouldDifferentiateRowsAloneIfTheWeightsAreConstant() {
        Result actual = result((table, bias) -> new TiedDecoder(table, bias, false, WORDS), false);
        Result expected = result(PlainDecoder::new, false);

        assertThat(actual.gradients()).hasSize(1);
        assertAgree(actual, expected);
    }

    @Test
    void shouldLeaveNoGraphWhereNothingIsRecorded() {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode paused = Autograd.paused()) {
            NDArray table = array(scope, "table", WORDS, WIDTH);
            NDArray bias = array(scope, "bias", WORDS);
            NDArray rows = array(scope, "rows", FOLLOWING.length, WIDTH);
            NDArray words = Copy.toDevice(scope, FOLLOWING);

            NDArray actual = new TiedDecoder(table, bias, false, WORDS).likelihood(rows, words);

            assertThat(actual.hasGradient()).isFalse();
            NDArray expected = new PlainDecoder(table, bias).likelihood(rows, words);
            assertClose("likelihood", Copy.toHost(actual), Copy.toHost(expected), TOLERANCE, TOLERANCE);
        }
    }

    private static Result result(BiFunction<NDArray, NDArray, Decoder> decoder, boolean weights) {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            NDArray rows = Autograd.leaf(scope, array(scope, "rows", FOLLOWING.length, WIDTH));
            NDArray table = array(scope, "table", WORDS, WIDTH);
            NDArray bias = array(scope, "bias", WORDS);
            if (weights) {
                table = Autograd.leaf(scope, table);
                bias = Autograd.leaf(scope, bias);
            }
            // What a pass hands over is derived from its leaves.
            NDArray likelihood = decoder.apply(table.square(), bias.square())
                    .likelihood(rows.square(), Copy.toDevice(scope, FOLLOWING));
            NDArray[] leaves = weights ? new NDArray[] {rows, table, bias} : new NDArray[] {rows};
            // An upstream gradient of its own, as a penalty beside it would leave.
            List<NDArray> gradients = Autograd.gradients(Scalars.times(likelihood, 3), leaves);
            return new Result(
                    Copy.toHost(likelihood),
                    gradients.stream().map(Copy::toHost).toList());
        }
    }

    private static void assertAgree(Result actual, Result expected) {
        assertClose("likelihood", actual.likelihood(), expected.likelihood(), TOLERANCE, TOLERANCE);
        for (int i = 0; i < expected.gradients().size(); i++) {
            assertClose(
                    "gradient " + i,
                    actual.gradients().get(i),
                    expected.gradients().get(i),
                    TOLERANCE,
                    TOLERANCE);
        }
    }

    private static NDArray array(NDManager scope, String name, long... shape) {
        Shape extents = new Shape(shape);
        float[] narrow = RandomWindow.gaussians(name, Math.toIntExact(extents.size()), 1);
        double[] values = new double[narrow.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = narrow[i];
        }
        return Copy.toDevice(scope, values, extents);
    }
}
