package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecurrentGenotypesGoldenTest {
    private final JsonNode golden = GoldenJson.read("rnn_genotypes.json");

    @Test
    void shouldReadAlphasInTheColumnsOfTheFile() {
        assertThat(golden.get("primitives"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(RecurrentSpace.DARTS.candidates().stream()
                        .map(RecurrentPrimitive::publishedName)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> shouldDeriveWhatTheAuthorsDerive() {
        JsonNode cases = golden.get("cases");
        assertThat(cases).isNotEmpty();
        return cases.valueStream()
                .map(given -> DynamicTest.dynamicTest(given.get("name").asText(), () -> {
                    RecurrentGenotype expected = GoldenJson.recurrent(given.get("genotype"));
                    RecurrentSpace space = new RecurrentSpace(
                            "golden", RecurrentSpace.DARTS.candidates(), new CellShape(1, expected.nodes()));
                    assertThat(new StrongestPredecessor(space).genotype(alphas(space, given.get("alpha"))))
                            .isEqualTo(expected);
                }));
    }

    @Test
    void shouldHoldTheCellsThatTheAuthorsPublish() {
        JsonNode published = golden.get("published");
        assertThat(PublishedRecurrentGenotypes.names()).containsExactlyInAnyOrderElementsOf(published::fieldNames);
        published.properties().forEach(entry -> {
            RecurrentGenotype expected = GoldenJson.recurrent(entry.getValue());
            assertThat(PublishedRecurrentGenotypes.of(entry.getKey())).isEqualTo(expected);
            assertThat(RecurrentGenotype.parse(expected.toString())).isEqualTo(expected);
        });
        assertThatThrownBy(() -> PublishedRecurrentGenotypes.of("DARTS_V3"))
                .hasMessage("unknown published recurrent genotype 'DARTS_V3'; known: ENAS, DARTS_V1, DARTS_V2");
    }

    @Test
    void shouldRefuseAlphasOfAnotherShape() {
        Alphas small = new Alphas(Map.of("recurrent", AlphaMatrix.of(2, 2, new float[4])));
        assertThatThrownBy(() -> new StrongestPredecessor(RecurrentSpace.DARTS).genotype(small))
                .hasMessage("the alphas must be recurrent (36, 5) (were recurrent (2, 2))");
    }

    @Test
    void shouldStartNearUniformAndDependOnTheStreamAlone() {
        Alphas first =
                Alphas.initial(AlphaLayout.sharedByKind(RecurrentSpace.DARTS), new RandomStreams(1).stream("alphas"));

        assertThat(Alphas.initial(
                        AlphaLayout.sharedByKind(RecurrentSpace.DARTS), new RandomStreams(1).stream("alphas")))
                .isEqualTo(first);
        assertThat(first.toArray()).hasSize(180);
        for (float value : first.toArray()) {
            assertThat(value).isBetween(-0.006f, 0.006f).isNotZero();
        }
    }

    private static Alphas alphas(RecurrentSpace space, JsonNode rows) {
        float[] values = new float[rows.size() * rows.get(0).size()];
        int i = 0;
        for (JsonNode row : rows) {
            for (JsonNode value : row) {
                values[i++] = value.floatValue();
            }
        }
        return Alphas.of(AlphaLayout.sharedByKind(space), values);
    }
}
