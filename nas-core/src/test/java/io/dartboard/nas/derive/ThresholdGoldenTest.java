package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ThresholdGoldenTest {
    /** The file holds what the sigmoid has made of the alphas. */
    private static final Relaxation RELAXED = new Relaxation() {
        @Override
        public String id() {
            return "relaxed";
        }

        @Override
        public double[] weights(float[] alphas) {
            double[] weights = new double[alphas.length];
            for (int i = 0; i < alphas.length; i++) {
                weights[i] = alphas[i];
            }
            return weights;
        }
    };

    private final JsonNode golden = GoldenJson.read("fairdarts_genotypes.json");

    @Test
    void shouldReadAlphasInTheColumnsOfTheFile() {
        assertThat(golden.get("primitives"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(CnnSpace.FAIR_DARTS.candidates().stream()
                        .map(Primitive::publishedName)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> shouldKeepWhatTheAuthorsKeep() {
        return StreamSupport.stream(golden.get("cases").spliterator(), false)
                .map(given -> DynamicTest.dynamicTest(given.get("method").asText(), () -> check(given)));
    }

    private static void check(JsonNode given) {
        AlphaMatrix weights = matrix(given.get("sigmoid_normal"));
        CnnSpace space = space(weights.edges());
        double threshold = given.get("threshold").asDouble();
        switch (given.get("method").asText()) {
            case "threshold_sparse" -> assertGenes(new ThresholdSparse(threshold).rule(space, RELAXED), weights, given);
            case "threshold_edge" -> assertGenes(new ThresholdEdge(threshold).rule(space, RELAXED), weights, given);
            case "darts" ->
                assertThat(new TopTwo(space, RELAXED).cell(weights).genes())
                        .containsExactlyElementsOf(
                                StreamSupport.stream(given.get("genes").spliterator(), false)
                                        .map(gene -> new Gene(
                                                Primitive.of(gene.get(0).asText()),
                                                gene.get(1).asInt()))
                                        .toList());
            default -> throw new AssertionError("a method of a known name: " + given.get("method"));
        }
    }

    private static void assertGenes(DerivationRule rule, AlphaMatrix weights, JsonNode given) {
        ThresholdRule threshold = (ThresholdRule) rule;
        List<List<Gene>> expected = GoldenJson.triples(given.get("genes"));
        List<List<Gene>> genes = threshold.genes(weights);

        assertThat(genes.subList(0, expected.size())).isEqualTo(expected);
        assertThat(genes.subList(expected.size(), genes.size())).allMatch(List::isEmpty);
        assertThat(threshold.cell(weights).concat())
                .allMatch(state -> !genes.get(state - CellGenotype.INPUTS).isEmpty());
    }

    private static CnnSpace space(int edges) {
        int nodes = 1;
        while (new CellShape(CnnSpace.INPUTS, nodes).edgeCount() < edges) {
            nodes++;
        }
        return new CnnSpace("golden", CnnSpace.FAIR_DARTS.candidates(), new CellShape(CnnSpace.INPUTS, nodes));
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
