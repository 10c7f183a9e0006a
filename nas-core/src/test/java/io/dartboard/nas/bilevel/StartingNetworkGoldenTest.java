package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Sigmoid;
import io.dartboard.nas.derive.Derivation;
import io.dartboard.nas.derive.ThresholdEdge;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StartingNetworkGoldenTest {
    private static final double PUBLISHED = 10;

    private final JsonNode baselines = GoldenJson.read("ddarts.json").get("baselines");

    /** Alphas of one group for each cell that differs, 10 where the network has an operation and 0 elsewhere. */
    @TestFactory
    Stream<DynamicTest> shouldStartAsTheAuthorsDo() {
        return baselines.properties().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> check(KnownNetwork.of(entry.getKey()), entry.getValue())));
    }

    private static void check(KnownNetwork network, JsonNode expected) {
        Alphas start = start(network, PUBLISHED);
        JsonNode shape = expected.get("alphas_shape");
        List<AlphaMatrix> groups = List.copyOf(start.groups().values());
        assertThat(groups).hasSize(shape.get(0).asInt());
        float[][][] hot = new float[shape.get(0).asInt()][shape.get(1).asInt()]
                [shape.get(2).asInt()];
        expected.get("nonzero")
                .forEach(place -> hot[place.get(0).asInt()][place.get(1).asInt()][
                        place.get(2).asInt()] = (float) PUBLISHED);
        for (int cell = 0; cell < hot.length; cell++) {
            assertThat(groups.get(cell).edges()).isEqualTo(hot[cell].length);
            for (int edge = 0; edge < hot[cell].length; edge++) {
                assertThat(groups.get(cell).row(edge)).containsExactly(hot[cell][edge]);
            }
        }
    }

    /** Each group is called by the first place that holds its cell. */
    @TestFactory
    Stream<DynamicTest> shouldShareTheAlphasOfTheFirstCellOfAnIndex() {
        return baselines.properties().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    KnownNetwork network = KnownNetwork.of(entry.getKey());
                    JsonNode sequence = entry.getValue().get("seq");
                    AlphaLayout layout = layout(network);
                    for (int place = 0; place < sequence.size(); place++) {
                        int first = 0;
                        while (sequence.get(first).asInt()
                                != sequence.get(place).asInt()) {
                            first++;
                        }
                        String group = AlphaSharing.BY_CELL.group(
                                network.space(),
                                network.space().shape(2, sequence.size(), 2).kindOf(place),
                                place);
                        assertThat(group).isEqualTo("cell" + first);
                        assertThat(layout.groups()
                                        .get(sequence.get(place).asInt())
                                        .name())
                                .isEqualTo(group);
                    }
                }));
    }

    /** Where every edge may keep two operations, what is read off the start is the network, place by place. */
    @TestFactory
    Stream<DynamicTest> shouldReadTheNetworkOffItsOwnStart() {
        return KnownNetwork.all().stream()
                .map(network -> DynamicTest.dynamicTest(network.name(), () -> {
                    Derivation derivation = new ThresholdEdge(0.85)
                            .rule(network.space(), new Sigmoid())
                            .derive(start(network, PUBLISHED));
                    DistributedGenotype read = (DistributedGenotype) derivation.architecture();
                    assertThat(read.hash()).isEqualTo(network.architecture().hash());
                    assertThat(read.reductions())
                            .isEqualTo(network.architecture().reductions());
                }));
    }

    @Test
    void shouldStartAsSurelyAsItIsTold() {
        float[] alphas = start(KnownNetwork.RESNET18, 2).toArray();

        assertThat(alphas).containsOnly(0, 2);
    }

    @Test
    void shouldRefuseASpaceAroundNoNetwork() {
        assertThat(new StartingNetwork(PUBLISHED).unfit(CnnSpace.DARTOPTI_RESNET18))
                .isEmpty();
        assertThat(new StartingNetwork(PUBLISHED).unfit(CnnSpace.DARTS))
                .hasValue(
                        "it begins with a known network, around which a space must lie: name one as start in the search, ResNet18, ResNet50, Xception, InceptionV4");
        assertThatThrownBy(() -> new StartingNetwork(0)).hasMessageContaining("startAlpha");
    }

    private static Alphas start(KnownNetwork network, double alpha) {
        return new StartingNetwork(alpha).draw(network.space(), layout(network), new RandomStreams(1).stream("alphas"));
    }

    private static AlphaLayout layout(KnownNetwork network) {
        return AlphaSharing.BY_CELL.layout(
                network.space(), network.architecture().cells().size());
    }
}
