package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedGenotypesGoldenTest {
    @Test
    void shouldHoldTheCellsThatTheAuthorsPublish() {
        JsonNode published = GoldenJson.read("cnn_genotypes.json").get("published");
        assertThat(PublishedGenotypes.names()).containsExactlyInAnyOrderElementsOf(published::fieldNames);
        for (Map.Entry<String, JsonNode> entry : published.properties()) {
            assertThat(PublishedGenotypes.of(entry.getKey()))
                    .as(entry.getKey())
                    .isEqualTo(GoldenJson.genotype(entry.getValue()));
        }
    }

    @Test
    void shouldReadAndPrintTheTextOfEveryPublishedCell() {
        for (String file : new String[] {"cnn_genotypes.json", "fairdarts_genotypes.json"}) {
            for (JsonNode published : GoldenJson.read(file).get("published")) {
                Genotype genotype = GoldenJson.genotype(published);
                assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
            }
        }
    }

    @Test
    void shouldHoldTheCellsOfFairDarts() {
        JsonNode published = GoldenJson.read("fairdarts_genotypes.json").get("published");
        for (Map.Entry<String, Genotype> entry : FairDartsGenotypes.byName().entrySet()) {
            if (published.has(entry.getKey())) {
                assertThat(entry.getValue())
                        .as(entry.getKey())
                        .isEqualTo(GoldenJson.genotype(published.get(entry.getKey())));
            }
        }
        assertThat(FairDartsGenotypes.byName()).hasSize(7);
    }

    @Test
    void shouldNameTheKnownGenotypesWhenAskedForAnUnknownOne() {
        assertThatThrownBy(() -> PublishedGenotypes.of("DARTS_V3"))
                .hasMessage("unknown published genotype 'DARTS_V3'; known: DARTS_V1, DARTS_V2, NASNet, AmoebaNet");
    }
}
