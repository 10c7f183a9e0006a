package io.dartboard.nas.image.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.cost.Cost;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.network.ConvolutionalNetwork;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.image.supernet.Grouping;
import io.dartboard.nas.image.supernet.RelaxedNetwork;
import io.dartboard.nas.image.supernet.SupernetStage;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.cost.RecurrentCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every entry of the file is either counted here, or named here as an entry of another space. */
class CostGoldenTest {
    private static final Pattern SUPERNET = Pattern.compile("cnn_search_C(\\d+)_L(\\d+)_cls(\\d+)");
    private static final Pattern NETWORK = Pattern.compile("(cifar10|cifar100|imagenet)_eval_(.+)_C(\\d+)_L(\\d+)");
    private static final Pattern OTHER = Pattern.compile("nasbench201_.*|fairdarts_.*|_note");

    private static final Pattern RECURRENT_SEARCH = Pattern.compile("(?:PTB|WT2)_search_(\\d+)");

    private final Map<String, Genotype> published = new HashMap<>();

    CostGoldenTest() {
        for (String file : new String[] {"cnn_genotypes.json", "fairdarts_genotypes.json"}) {
            for (Map.Entry<String, JsonNode> entry :
                    GoldenJson.read(file).get("published").properties()) {
                published.put(entry.getKey(), GoldenJson.genotype(entry.getValue()));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldCountWhatTheAuthorsNetworksHold() {
        JsonNode counts = GoldenJson.read("counts.json");
        assertThat(counts).isNotEmpty();
        return counts.properties().stream()
                .filter(entry -> !entry.getKey().equals("rnn"))
                .filter(entry -> !OTHER.matcher(entry.getKey()).matches())
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> shouldCountTheNetworksOfFairDarts() {
        JsonNode counts = GoldenJson.read("counts.json");
        Pattern networks = Pattern.compile("fairdarts_cifar10_C(\\d+)_L(\\d+)");
        List<DynamicTest> tests = new ArrayList<>();
        counts.properties().forEach(entry -> {
            Matcher name = networks.matcher(entry.getKey());
            if (name.matches()) {
                NetworkShape shape = new NetworkShape(number(name, 1), number(name, 2), 10);
                entry.getValue()
                        .properties()
                        .forEach(cell -> tests.add(DynamicTest.dynamicTest(
                                cell.getKey(), () -> checkFair(cell.getKey(), shape, cell.getValue()))));
            }
        });
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    /** Networks and supernet of NAS-Bench-201; the entry of 120 classes is one of 16 pixels. */
    @TestFactory
    Stream<DynamicTest> shouldCountTheNetworksOfNasBench201() {
        Pattern networks = Pattern.compile("nasbench201_final_nets_C(\\d+)_N(\\d+)");
        Pattern supernet = Pattern.compile("search_supernet_C(\\d+)_N(\\d+)");
        List<DynamicTest> tests = new ArrayList<>();
        GoldenJson.read("counts.json").properties().forEach(entry -> {
            Matcher name = networks.matcher(entry.getKey());
            if (name.matches()) {
                entry.getValue().properties().forEach(cell -> {
                    Matcher search = supernet.matcher(cell.getKey());
                    tests.add(DynamicTest.dynamicTest(
                            cell.getKey(),
                            search.matches()
                                    ? () -> checkNasBench201Supernet(search, cell.getValue())
                                    : () -> checkNasBench201(name, cell.getKey(), cell.getValue())));
                });
            }
        });
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void checkNasBench201(Matcher size, String cell, JsonNode byClasses) {
        NasBench201Genotype genotype = NasBench201Genotype.parse(cell);
        byClasses.properties().forEach(expected -> {
            int classes = Integer.parseInt(expected.getKey());
            int side = classes == 120 ? 16 : 32;
            NetworkShape shape = new NetworkShape(number(size, 1), 3 * number(size, 2) + 2, classes);

            Cost cost = NetworkCost.of(Stem.CIFAR, genotype, shape, ImageSize.square(side));

            assertThat(cost.parameters())
                    .isEqualTo(expected.getValue().get("params").asLong());
            assertThat(cost.convolutionMultiplyAdds())
                    .isEqualTo(expected.getValue().get("macs").get("conv").asLong());
            assertThat(cost.linearMultiplyAdds())
                    .isEqualTo(expected.getValue().get("macs").get("linear").asLong());
            assertThat(DiscreteNetwork.of(Stem.CIFAR, genotype, shape, side, false)
                            .weights()
                            .size())
                    .isEqualTo(cost.parameters());
        });
    }

    private static void checkNasBench201Supernet(Matcher size, JsonNode expected) {
        NasBench201Space space = NasBench201Space.PUBLISHED;
        NetworkShape shape = new NetworkShape(number(size, 1), 3 * number(size, 2) + 2, 10);
        long parameters = expected.get("params_excluding_alpha").asLong();

        assertThat(SupernetCost.of(space, shape, ImageSize.square(32)).parameters())
                .isEqualTo(parameters);
        assertThat(RelaxedNetwork.of(
                                space,
                                shape,
                                3,
                                Grouping.unbounded(),
                                AlphaSharing.BY_KIND,
                                EdgeForm.FULL,
                                SupernetStage.WHOLE)
                        .layout()
                        .size())
                .isEqualTo(parameters);
        assertThat(AlphaLayout.sharedByKind(space).size())
                .isEqualTo(expected.get("alpha").asInt());
    }

    /** Of the architectures whose cells the file holds. */
    @TestFactory
    Stream<DynamicTest> shouldCountTheNetworksOfDistributedSearches() {
        JsonNode golden = GoldenJson.read("ddarts.json");
        JsonNode counts = golden.get("published_genotype_param_counts");
        return golden.get("genotypes").properties().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> checkDistributed(entry.getValue(), counts.get(entry.getKey()))));
    }

    private static void checkDistributed(JsonNode genotype, JsonNode expected) {
        DistributedGenotype architecture = GoldenJson.distributed(genotype);
        // The authors' head has ten classes whatever the set.
        NetworkShape shape = new NetworkShape(
                expected.get("init_channels").asInt(), expected.get("cells").asInt(), 10);
        // So large that the auxiliary head fits after any number of reductions.
        int side = 8 << architecture.reductions().size();

        Cost cost = NetworkCost.of(Stem.CIFAR, architecture, shape, ImageSize.square(side));
        Cost head = NetworkCost.auxiliaryHead(Stem.CIFAR, architecture, shape, ImageSize.square(side));

        assertThat(cost.parameters())
                .isEqualTo(expected.get("params_without_aux").asLong());
        assertThat(head.parameters()).isEqualTo(expected.get("params_aux").asLong());
        assertThat(ConvolutionalNetwork.of(Stem.CIFAR, architecture, shape, side, true)
                        .weights()
                        .size())
                .isEqualTo(cost.plus(head).parameters());
    }

    private void checkFair(String name, NetworkShape shape, JsonNode expected) {
        Genotype genotype = Objects.requireNonNull(published.get(name), name);
        ImageSize image = ImageSize.square(32);

        Cost cost = NetworkCost.of(Stem.CIFAR, genotype, shape, image);
        Cost head = NetworkCost.auxiliaryHead(Stem.CIFAR, genotype, shape, image);

        assertThat(cost.parameters())
                .isEqualTo(expected.get("params_without_aux").asLong());
        assertThat(head.parameters()).isEqualTo(expected.get("params_aux_head").asLong());
        assertThat(cost.multiplyAdds()).isEqualTo(expected.get("macs_total").asLong());
        assertThat(ConvolutionalNetwork.of(Stem.CIFAR, genotype, shape, 32, false)
                        .weights()
                        .size())
                .isEqualTo(expected.get("params_without_aux").asLong());
    }

    @TestFactory
    Stream<DynamicTest> shouldCountWhatTheAuthorsRecurrentNetworksHold() {
        JsonNode counts = GoldenJson.read("counts.json").get("rnn");
        JsonNode genotypes = GoldenJson.read("rnn_genotypes.json").get("published");
        assertThat(counts).isNotEmpty();
        return counts.properties().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    boolean penn = entry.getKey().startsWith("PTB");
                    int vocabulary = penn ? 10_000 : 33_278;
                    Matcher search = RECURRENT_SEARCH.matcher(entry.getKey());
                    Cost cost = search.matches()
                            ? RecurrentCost.supernet(RecurrentSpace.DARTS, vocabulary, number(search, 1))
                            : RecurrentCost.of(
                                    GoldenJson.recurrent(
                                            genotypes.get(entry.getKey().substring(4))),
                                    vocabulary,
                                    penn ? 850 : 700);
                    assertThat(cost.parameters()).isEqualTo(entry.getValue().asLong());
                }));
    }

    private void check(String name, JsonNode expected) {
        Matcher supernet = SUPERNET.matcher(name);
        Matcher network = NETWORK.matcher(name);
        if (supernet.matches()) {
            checkSupernet(new NetworkShape(number(supernet, 1), number(supernet, 2), number(supernet, 3)), expected);
        } else {
            assertThat(network.matches())
                    .as("an entry of a known kind: %s", name)
                    .isTrue();
            Genotype genotype = Objects.requireNonNull(
                    published.get(network.group(2)), "no published genotype " + network.group(2));
            checkNetwork(network, genotype, expected);
        }
    }

    private static void checkSupernet(NetworkShape shape, JsonNode expected) {
        CnnSpace space = CnnSpace.DARTS;
        assertThat(2 * space.edgeCount() * space.candidateCount())
                .isEqualTo(expected.get("alpha_scalars").asInt());
        Cost cost = SupernetCost.of(space, shape, ImageSize.square(32));
        JsonNode multiplyAdds = expected.get("macs_32x32");
        assertThat(cost)
                .isEqualTo(new Cost(
                        expected.get("params").asLong(),
                        multiplyAdds.get("conv").asLong(),
                        multiplyAdds.get("linear").asLong()));
    }

    private static void checkNetwork(Matcher name, Genotype genotype, JsonNode expected) {
        int classes =
                switch (name.group(1)) {
                    case "cifar10" -> 10;
                    case "cifar100" -> 100;
                    default -> 1000;
                };
        boolean large = name.group(1).equals("imagenet");
        Stem stem = large ? Stem.IMAGENET : Stem.CIFAR;
        ImageSize image = ImageSize.square(large ? 224 : 32);
        NetworkShape shape = new NetworkShape(number(name, 3), number(name, 4), classes);

        Cost cost = NetworkCost.of(stem, genotype, shape, image);
        Cost head = NetworkCost.auxiliaryHead(stem, genotype, shape, image);

        assertThat(cost.parameters())
                .isEqualTo(expected.get("params_without_aux").asLong());
        assertThat(head.parameters()).isEqualTo(expected.get("params_aux_head").asLong());
        assertThat(cost.plus(head).parameters())
                .isEqualTo(expected.get("params_with_aux").asLong());
        if (expected.has("macs_total")) {
            JsonNode multiplyAdds = expected.get("macs_without_aux");
            assertThat(cost.convolutionMultiplyAdds())
                    .isEqualTo(multiplyAdds.get("conv").asLong());
            assertThat(cost.linearMultiplyAdds())
                    .isEqualTo(multiplyAdds.get("linear").asLong());
            assertThat(cost.multiplyAdds()).isEqualTo(expected.get("macs_total").asLong());
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
