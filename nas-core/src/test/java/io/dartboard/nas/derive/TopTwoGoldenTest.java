package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.CnnAlphas;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TopTwoGoldenTest {
    private final JsonNode golden = GoldenJson.read("cnn_genotypes.json");

    @Test
    void shouldReadAlphasInTheColumnsOfTheFile() {
        assertThat(golden.get("primitives"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(CnnSpace.DARTS.candidates().stream()
                        .map(Primitive::publishedName)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> shouldDeriveWhatTheAuthorsDerive() {
        JsonNode cases = golden.get("cases");
        assertThat(cases).isNotEmpty();
        return cases.valueStream()
                .map(given -> DynamicTest.dynamicTest(given.get("name").asText(), () -> {
                    Alphas alphas =
                            CnnAlphas.of(matrix(given.get("alphas_normal")), matrix(given.get("alphas_reduce")));
                    CnnSpace space = space(given.get("alphas_normal").size());
                    assertThat(new TopTwo(space).genotype(alphas))
                            .isEqualTo(GoldenJson.genotype(given.get("genotype")));
                }));
    }

    /** That of DARTS, with as many nodes as have so many edges. */
    private static CnnSpace space(int edges) {
        CellShape cell = IntStream.rangeClosed(1, edges)
                .mapToObj(nodes -> new CellShape(CnnSpace.INPUTS, nodes))
                .filter(shape -> shape.edgeCount() == edges)
                .findFirst()
                .orElseThrow();
        return new CnnSpace("golden", CnnSpace.DARTS.candidates(), cell);
    }

    private static AlphaMatrix matrix(JsonNode rows) {
        float[] values = new float[rows.size() * rows.get(0).size()];
        int i = 0;
        for (JsonNode row : rows) {
            for (JsonNode value : row) {
                values[i++] = value.floatValue();
            }
        }
        return AlphaMatrix.of(rows.size(), rows.get(0).size(), values);
    }
}
