package io.dartboard.nas.image.supernet;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.DeviceBatch;
import io.dartboard.nas.tensor.Functional;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupernetGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenSupernet golden = GoldenSupernet.read("cnn_search_step.safetensors");

    @AfterEach
    void close() {
        golden.close();
    }

    @Test
    void shouldNameTheWeightsAsPublished() {
        List<String> names = golden.supernet().layout().leaves().stream()
                .map(ParameterLayout.Leaf::name)
                .toList();

        assertThat(names).containsExactlyInAnyOrderElementsOf(golden.file().parameterOrder());
    }

    @Test
    void shouldComputeTheLogitsOfBothBatches() {
        try (Autograd.Mode paused = Autograd.paused()) {
            for (String which : List.of("train", "valid")) {
                NDArray logits = golden.logits(golden.batch(which));

                assertClose(which, Copy.toHost(logits), golden.file().floats("logits_" + which), TOLERANCE, TOLERANCE);
            }
        }
    }

    @Test
    void shouldComputeTheLossAndBothGradients() {
        DeviceBatch batch = golden.batch("train");
        try (Autograd.Mode recording = Autograd.recording()) {
            var weights = golden.weights().leaves(golden.scope());
            NDArray alphas = golden.alphas().leaf(golden.scope());
            NDArray logits = golden.supernet().logits(batch.images(), golden.mixture(alphas), golden.pass(weights));
            NDArray loss = Functional.crossEntropy(logits, batch.labels());
            List<NDArray> gradients = Autograd.gradients(loss, weights.vector(), alphas);

            assertThat(Copy.scalar(loss)).isCloseTo(golden.file().scalar("loss_train"), within(TOLERANCE));
            assertClose(
                    "weight gradient",
                    Copy.toHost(gradients.get(0)),
                    golden.gather("grad_w_train."),
                    TOLERANCE,
                    TOLERANCE);
            assertClose(
                    "alpha gradient",
                    Copy.toHost(gradients.get(1)),
                    golden.alphas("grad_alpha_train.normal", "grad_alpha_train.reduce")
                            .toArray(),
                    TOLERANCE,
                    TOLERANCE);
        }
    }
}
