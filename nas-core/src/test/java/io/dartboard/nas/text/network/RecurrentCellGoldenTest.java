package io.dartboard.nas.text.network;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Mask;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.nas.text.ops.Masks;
import io.dartboard.nas.text.ops.Recurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecurrentCellGoldenTest {
    private static final double TOLERANCE = 1e-5;

    private final GoldenTensors golden = GoldenTensors.read("rnn_cell.safetensors");

    @TestFactory
    Stream<DynamicTest> shouldComputeThePublishedCells() {
        assertThat(golden.facts()).isNotEmpty();
        return golden.facts().entrySet().stream()
                .filter(fact -> fact.getValue().startsWith("{"))
                .map(fact -> DynamicTest.dynamicTest(fact.getKey(), () -> check(fact.getKey())));
    }

    private void check(String name) {
        RecurrentGenotype genotype = GoldenJson.recurrent(golden.json(name));
        try (NDManager scope = Torch.open(TestDevice.get());
                Autograd.Mode recording = Autograd.recording()) {
            NDList tested = run(scope, name, genotype, Masks.none(), leaves(scope, name, genotype));
            String outputs = name + ".eval.outputs";
            assertClose(outputs, Copy.toHost(NDArrays.stack(tested)), golden.floats(outputs), TOLERANCE, TOLERANCE);
            String last = name + ".eval.last";
            assertClose(last, Copy.toHost(tested.get(tested.size() - 1)), golden.floats(last), TOLERANCE, TOLERANCE);

            Masks masks = new Masks(
                    Mask.none(),
                    Mask.none(),
                    Mask.of(golden.array(scope, "x_mask")),
                    Mask.of(golden.array(scope, "h_mask")),
                    Mask.none());
            List<NDArray> leaves = leaves(scope, name, genotype);
            NDArray trained = NDArrays.stack(run(scope, name, genotype, masks, leaves));
            String train = name + ".train.outputs";
            assertClose(train, Copy.toHost(trained), golden.floats(train), TOLERANCE, TOLERANCE);
            List<NDArray> gradients = Autograd.gradients(trained.square().sum(), leaves.toArray(new NDArray[0]));
            List<String> expected = new ArrayList<>();
            expected.add(name + ".train.grad_x_of_sum_sq");
            expected.add(name + ".train.grad_of_sum_sq._W0");
            for (int node = 0; node < genotype.nodes(); node++) {
                expected.add(name + ".train.grad_of_sum_sq._Ws." + node);
            }
            for (int i = 0; i < expected.size(); i++) {
                assertClose(
                        expected.get(i),
                        Copy.toHost(gradients.get(i)),
                        golden.floats(expected.get(i)),
                        TOLERANCE,
                        10 * TOLERANCE);
            }
        }
    }

    @Test
    void shouldHaveThePublishedNumberOfWeights() {
        assertThat(new RecurrentNetwork(PublishedRecurrentGenotypes.DARTS_V2, 10_000, 850)
                        .layout()
                        .size())
                .isEqualTo(22_960_000);
    }

    /** The input, {@code W0} and the nodes' matrices. */
    private List<NDArray> leaves(NDManager scope, String name, RecurrentGenotype genotype) {
        List<NDArray> leaves = new ArrayList<>();
        leaves.add(Autograd.leaf(scope, golden.array(scope, "x")));
        leaves.add(Autograd.leaf(scope, golden.array(scope, name + "._W0")));
        for (int node = 0; node < genotype.nodes(); node++) {
            leaves.add(Autograd.leaf(scope, golden.array(scope, name + "._Ws." + node)));
        }
        return leaves;
    }

    private NDList run(NDManager scope, String name, RecurrentGenotype genotype, Masks masks, List<NDArray> leaves) {
        DiscreteNodes nodes = new DiscreteNodes(genotype, leaves.subList(2, leaves.size()), masks.hidden());
        NDArray hidden = golden.array(scope, "h0").get(0);
        return Recurrence.unroll(leaves.get(0), hidden, leaves.get(1), masks, nodes);
    }
}
