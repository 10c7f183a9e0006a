package io.dartboard.nas.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcatChannelsTest {
    /** A cell may have one node, or concatenate one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLeadGradientsBackToHoweverFewImages(int count) {
        try (NDManager scope = Torch.open(Device.cpu());
                Autograd.Mode recording = Autograd.recording()) {
            NDArray leaf = Autograd.leaf(scope, scope.ones(new Shape(1, 2, 2, 2)));

            NDArray joined = Functional.concatChannels(Collections.nCopies(count, leaf));

            assertThat(joined.getShape()).isEqualTo(new Shape(1, 2L * count, 2, 2));
            assertThat(Copy.toHost(Autograd.gradient(joined.sum(), leaf))).containsOnly(count);
        }
    }
}
