package io.dartboard.nas.image.ops;

import static io.dartboard.nas.tensor.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.GoldenTensors;
import io.dartboard.nas.TestDevice;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.ChannelConstants;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Leaves;
import io.dartboard.nas.tensor.ParameterLayout;
import io.dartboard.nas.tensor.ParameterVector;
import io.dartboard.nas.tensor.Torch;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class OperationsGoldenTest {
    private static final double TOLERANCE = 2e-5;

    private final GoldenTensors golden = GoldenTensors.read("ops.safetensors");
    private final int channels = golden.tensor("x").shape().get(1);

    @TestFactory
    Stream<DynamicTest> shouldComputeEveryCandidateAndItsGradients() {
        return Primitive.PUBLISHED.stream().flatMap(primitive -> Stream.of(1, 2).flatMap(stride -> Stream.of(
                        Form.values())
                .map(form -> DynamicTest.dynamicTest(
                        "%s stride %d %s".formatted(primitive, stride, form), () -> check(primitive, stride, form)))));
    }

    private void check(Primitive primitive, int stride, Form form) {
        String name = "%s.s%d.%s.".formatted(primitive, stride, form == Form.SEARCH ? "search" : "eval_affine");
        run(name, "x", name + "gy", form, assembly -> CandidateOperation.of(primitive)
                .assemble(assembly, "", channels, stride));
    }

    @Test
    void shouldPreprocessAnInputOfTheSameResolution() {
        preprocess("ReLUConvBN", (assembly, from, to) -> ReluConvNorm.of(assembly, "", from, to));
    }

    @Test
    void shouldPreprocessAnInputOfTwiceTheResolution() {
        preprocess("FactorizedReduce", (assembly, from, to) -> FactorizedReduce.of(assembly, "", from, to));
    }

    private interface Preprocessing {
        Operation make(Assembly assembly, int from, int to);
    }

    private void preprocess(String operation, Preprocessing made) {
        GoldenJson.numbered(golden.names(), "preproc_%s_#to#.x".formatted(operation))
                .forEach(sizes -> {
                    int from = sizes.whole(0);
                    int to = sizes.whole(1);
                    String name = "preproc_%s_%dto%d.".formatted(operation, from, to);
                    run(name, name + "x", name + "y", Form.SEARCH, assembly -> made.make(assembly, from, to));
                });
    }

    private void run(String name, String input, String upstream, Form form, Function<Assembly, Operation> make) {
        Assembly assembly = new Assembly(form);
        Operation operation = make.apply(assembly);
        try (NDManager scope = open();
                Autograd.Mode recording = Autograd.recording()) {
            float[] weights = golden.gather(assembly.weights(), name + "w.");
            Optional<Leaves> leaves = vector(scope, assembly.weights(), weights).map(v -> v.leaves(scope));
            assertThat(assembly.weights().leaves())
                    .as("weights of " + name)
                    .hasSameSizeAs(golden.names().stream()
                            .filter(tensor -> tensor.startsWith(name + "w."))
                            .toList());
            Optional<ParameterVector> statistics = vector(scope, assembly.statistics(), initial(assembly.statistics()));
            Pass pass = Pass.training(
                    leaves.orElse(Leaves.none()),
                    statistics.map(v -> v.constants()).orElse(Leaves.none()),
                    new ChannelConstants(scope, DataType.FLOAT32));
            NDArray x = Autograd.leaf(scope, golden.array(scope, input));

            NDArray y = operation.apply(x, pass);

            assertThat(y.getShape()).isEqualTo(golden.array(scope, name + "y").getShape());
            assertClose(name + "y", Copy.toHost(y), golden.floats(name + "y"), TOLERANCE, TOLERANCE);
            if (golden.names().contains(name + "gx")) {
                Autograd.backward(y, golden.array(scope, upstream));
                assertClose(
                        name + "gx", Copy.toHost(x.getGradient()), golden.floats(name + "gx"), TOLERANCE, TOLERANCE);
                leaves.ifPresent(l -> assertClose(
                        name + "gw",
                        Copy.toHost(l.vector().getGradient()),
                        golden.gather(assembly.weights(), name + "gw."),
                        TOLERANCE,
                        TOLERANCE));
            }
            statistics.ifPresent(v -> assertClose(
                    name + "after",
                    v.toArray(),
                    golden.gather(assembly.statistics(), name + "after."),
                    TOLERANCE,
                    TOLERANCE));
        }
    }

    private static NDManager open() {
        return Torch.open(TestDevice.get());
    }

    private static float[] initial(ParameterLayout layout) {
        float[] values = new float[layout.size()];
        layout.leaves().stream()
                .filter(leaf -> leaf.name().endsWith("running_var"))
                .forEach(leaf -> Arrays.fill(values, leaf.offset(), leaf.offset() + leaf.size(), 1));
        return values;
    }

    private static Optional<ParameterVector> vector(NDManager scope, ParameterLayout layout, float[] values) {
        return layout.size() == 0 ? Optional.empty() : Optional.of(new ParameterVector(scope, layout, values));
    }
}
