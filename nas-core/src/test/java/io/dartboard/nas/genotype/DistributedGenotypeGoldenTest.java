package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DistributedGenotypeGoldenTest {
    private final JsonNode golden = GoldenJson.read("ddarts.json");

    @Test
    void shouldNameTheOperationsOfKnownNetworksInTheOrderOfTheAuthors() {
        assertThat(golden.get("primitives"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Primitive.OF_KNOWN_NETWORKS.stream()
                        .map(Primitive::publishedName)
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> shouldWriteKnownNetworksAsTheAuthorsDo() {
        return golden.get("baselines").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
    }

    private static void check(String name, JsonNode expected) {
        KnownNetwork network = KnownNetwork.of(name);
        assertThat(network.sequence().cells()).isEqualTo(numbers(expected.get("seq")));
        assertThat(network.sequence().reductions()).isEqualTo(numbers(expected.get("reductions")));
        assertThat(network.space().cell().nodes())
                .isEqualTo(expected.get("steps").asInt());
        assertThat(network.space().edgeCount())
                .isEqualTo(expected.get("alphas_shape").get(1).asInt());
        TreeSet<String> places = new TreeSet<>();
        for (int cell = 0; cell < network.cells().size(); cell++) {
            CellGenotype genotype = network.cells().get(cell);
            for (int node = 0; node < genotype.nodes(); node++) {
                for (Gene gene : genotype.genesOf(node)) {
                    places.add(List.of(
                                    cell,
                                    network.space().cell().edgeIndex(node, gene.from()),
                                    Primitive.OF_KNOWN_NETWORKS.indexOf(gene.op()))
                            .toString());
                }
            }
        }
        TreeSet<String> hot = new TreeSet<>();
        expected.get("nonzero").forEach(place -> hot.add(numbers(place).toString()));
        assertThat(places).isEqualTo(hot);
    }

    /** Those between networks that the file holds. */
    @TestFactory
    Stream<DynamicTest> shouldBeAsFarApartAsTheAuthorsMeasure() {
        List<String> known = KnownNetwork.all().stream().map(KnownNetwork::name).toList();
        List<DynamicTest> tests = golden.get("distances").properties().stream()
                .filter(entry -> Stream.of(entry.getKey().split("-")).allMatch(known::contains))
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String[] names = entry.getKey().split("-");
                    ConvolutionalArchitecture left = KnownNetwork.of(names[0]).architecture();
                    ConvolutionalArchitecture right = KnownNetwork.of(names[1]).architecture();
                    double distance = entry.getValue().asDouble();
                    assertThat(ArchitectureDistance.between(left, right)).isCloseTo(distance, within(1e-12));
                    assertThat(ArchitectureDistance.between(right, left)).isCloseTo(distance, within(1e-12));
                }))
                .toList();
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> shouldPlaceTheCellsOfDeeperNetworksAsPublished() {
        Pattern name = Pattern.compile("genes(\\d+)_layers(\\d+)");
        return golden.get("depth_derivation_cell_index").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Matcher sizes = name.matcher(entry.getKey());
                    assertThat(sizes.matches()).isTrue();
                    int cells = Integer.parseInt(sizes.group(1));
                    int depth = Integer.parseInt(sizes.group(2));
                    assertThat(IntStream.range(0, depth)
                                    .mapToObj(place -> Deepening.PUBLISHED.cellAt(place, cells, depth)))
                            .isEqualTo(numbers(entry.getValue()));
                }));
    }

    @Test
    void shouldReadAndPrintWhatTheAuthorsPublish() {
        for (Map.Entry<String, JsonNode> entry : golden.get("genotypes").properties()) {
            DistributedGenotype genotype = GoldenJson.distributed(entry.getValue());
            assertThat(Architecture.parse(genotype.toString())).isEqualTo(genotype);
            assertThat(genotype.cells()).hasSize(entry.getValue().get("genes").size());
        }
    }

    private static List<Integer> numbers(JsonNode json) {
        List<Integer> numbers = new ArrayList<>();
        json.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }
}
