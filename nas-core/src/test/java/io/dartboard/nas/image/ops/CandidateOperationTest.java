package io.dartboard.nas.image.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.image.cost.FeatureMap;
import io.dartboard.nas.image.cost.Layers;
import io.dartboard.nas.searchspace.OperationCatalogue;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an entry of the catalogue says of itself in several ways must be one thing. */
class CandidateOperationTest {
    private static final int CHANNELS = 6;

    @Test
    void shouldHaveAnOperationForEveryPublishedPrimitiveAndThoseOfEverySource() {
        assertThat(OperationCatalogue.installed().primitives())
                .containsAll(Primitive.PUBLISHED)
                .contains(AddedOperations.CONV_1X1, AddedOperations.SCALED_SKIP);
    }

    @TestFactory
    Stream<DynamicTest> shouldCountTheWeightsItRegisters() {
        return everywhere((primitive, stride) -> {
            for (Form form : Form.values()) {
                Assembly assembly = new Assembly(form);
                CandidateOperation.of(primitive).assemble(assembly, "op.", CHANNELS, stride);

                assertThat(CandidateOperation.of(primitive)
                                .cost(new FeatureMap(CHANNELS, 8, 8), stride, new Layers(form == Form.DISCRETE))
                                .parameters())
                        .isEqualTo(assembly.weights().size());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveNoWeightsExactlyWhereItsPrimitiveSaysSo() {
        return everywhere((primitive, stride) -> {
            Assembly assembly = new Assembly(Form.SEARCH);
            CandidateOperation.of(primitive).assemble(assembly, "op.", CHANNELS, stride);

            assertThat(assembly.weights().size() == 0).isEqualTo(primitive.weightless(stride));
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldHaveTheSameWeightsInItsFastForm() {
        return everywhere((primitive, stride) -> {
            CandidateOperation operation = CandidateOperation.of(primitive);
            Assembly fast = new Assembly(Form.SEARCH);
            if (primitive.weightless(stride)
                    || operation
                            .bundle(new BundleKernels(stride, CHANNELS, List.of("a.", "b."), fast))
                            .isEmpty()) {
                return;
            }
            Assembly plain = new Assembly(Form.SEARCH);
            operation.assemble(plain, "a.", CHANNELS, stride);
            operation.assemble(plain, "b.", CHANNELS, stride);

            assertThat(names(fast)).containsExactlyInAnyOrderElementsOf(names(plain));
        });
    }

    @Test
    void shouldRefuseAPrimitiveThatNoSourceHas() {
        assertThatThrownBy(() -> CandidateOperation.of(new Primitive("sep_conv_9x9", Set.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("operation 'sep_conv_9x9' is not in the catalogue; known: [")
                .hasMessageContaining("none, max_pool_3x3");
    }

    private interface Check {
        void of(Primitive primitive, int stride);
    }

    private static Stream<DynamicTest> everywhere(Check check) {
        return OperationCatalogue.installed().primitives().stream().flatMap(primitive -> IntStream.of(1, 2)
                .mapToObj(stride -> DynamicTest.dynamicTest(
                        "%s at stride %d".formatted(primitive, stride), () -> check.of(primitive, stride))));
    }

    private static List<String> names(Assembly assembly) {
        return assembly.weights().named("", new float[assembly.weights().size()]).keySet().stream()
                .toList();
    }
}
