package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NasBench201GenotypeTest {
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;
    private static final String TEXT =
            "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TEXT,
                "  " + TEXT + "\n",
                "'" + TEXT + "'",
                "\"" + TEXT + "\",",
                "Structure(4 nodes with " + TEXT + ")",
                "| nor_conv_3x3~0 | + | none ~ 0 | skip_connect~1| +|avg_pool_3x3~0|nor_conv_1x1~1|none~2|"
            })
    void shouldBeReadAsPeoplePasteItAndPrintedAsTheAuthorsDo(String written) {
        assertThat(Architecture.parse(written))
                .isInstanceOf(NasBench201Genotype.class)
                .hasToString(TEXT);
        assertThat(NamedGenotype.of(written, SPACE).genotype()).isEqualTo(NasBench201Genotype.parse(TEXT));
    }

    @Test
    void shouldSayWhereATextIsWrong() {
        assertRefused(
                "|sep_conv_3x3~0|+|none~0|none~1|",
                1,
                "unknown operation 'sep_conv_3x3' on edge 1<-0; NAS-Bench-201 has none, skip_connect, nor_conv_1x1,");
        assertRefused("|none~0|+|none~1|none~0|", 15, "expected ~0, for operations stand in the order");
        assertRefused("|none~0|", 8, "expected '+' and node 2 of 3 but found the end of the text");
        assertRefused("|none~0|+|none~0|+|none~0|", 17, "expected an operation on edge 2<-1 but found '+|none~0|'");
        assertRefused("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|+|none~0|", 47, "it has three nodes");
        assertRefused("cell |none~0|", 0, "expected '|' and an operation on edge 1<-0 but found 'cell |none~0…'");
        assertThatThrownBy(() -> NamedGenotype.of(TEXT, CnnSpace.DARTS))
                .hasMessageStartingWith("this is no cell of space darts-cnn");
        assertThatThrownBy(() -> NamedGenotype.of(TEXT, RecurrentSpace.DARTS))
                .hasMessageStartingWith("this is no cell of space darts-rnn");
        assertThatThrownBy(() -> NamedGenotype.of(PublishedGenotypes.DARTS_V2.toString(), SPACE))
                .hasMessageStartingWith("this is no cell of space nas-bench-201");
        assertThatThrownBy(() -> NamedGenotype.of("ResNet", SPACE))
                .hasMessage("unknown genotype 'ResNet'; known are random, random:SEED, and a text that holds"
                        + " |op~0|+|op~0|op~1|+|op~0|op~1|op~2|");
    }

    @Test
    void shouldHoldOperationsOfItsSpaceOnEveryEdge() {
        assertThatThrownBy(() -> new NasBench201Genotype(List.of(Primitive.NONE)))
                .hasMessage("a cell of NAS-Bench-201 has an operation on each of its 6 edges (had 1)");
        List<Primitive> foreign =
                IntStream.range(0, 6).mapToObj(edge -> Primitive.SEP_CONV_3X3).toList();
        assertThatThrownBy(() -> new NasBench201Genotype(foreign))
                .hasMessageStartingWith("operation 'sep_conv_3x3' is none of NAS-Bench-201, which has [none");
    }

    @Test
    void shouldDrawEveryOperationOnEveryEdgeEquallyOften() {
        Map<String, Integer> counts = new HashMap<>();
        var random = new RandomStreams(1).stream("cells");
        for (int i = 0; i < 2_000; i++) {
            NasBench201Genotype cell = NasBench201Genotype.draw(random);
            SPACE.cell().edges().forEach(edge -> counts.merge(edge.index() + " " + cell.on(edge), 1, Integer::sum));
        }
        assertThat(counts).hasSize(30).allSatisfy((of, count) -> assertThat(count)
                .isBetween(320, 480));
        assertThat(NasBench201Genotype.ofSeed(3)).isEqualTo(Architecture.random(SPACE, 3));
        assertThat(NamedGenotype.of("random:3", SPACE).genotype()).isEqualTo(NasBench201Genotype.ofSeed(3));
    }

    @Test
    void shouldBeOneCellWhicheverOfTwoNodesComesFirst() {
        NasBench201Genotype cell = NasBench201Genotype.parse(
                "|nor_conv_3x3~0|+|skip_connect~0|none~1|+|none~0|nor_conv_1x1~1|avg_pool_3x3~2|");
        NasBench201Genotype exchanged = NasBench201Genotype.parse(
                "|skip_connect~0|+|nor_conv_3x3~0|none~1|+|none~0|avg_pool_3x3~1|nor_conv_1x1~2|");

        assertThat(exchanged.canonical()).isEqualTo(cell.canonical());
        assertThat(exchanged.hash()).isEqualTo(cell.hash()).matches("[0-9a-f]{64}");
        assertThat(exchanged.distance(cell)).isZero();
        // With an edge between them it is another cell.
        assertThat(NasBench201Genotype.parse(exchanged.toString().replace("none~1", "skip_connect~1"))
                        .hash())
                .isNotEqualTo(NasBench201Genotype.parse(cell.toString().replace("none~1", "skip_connect~1"))
                        .hash());
    }

    /** 5^6 cells; of those without an edge between the first two nodes, 5^5, all but the 5^3 symmetric ones are pairs. */
    @Test
    void shouldHaveAsManyCanonicalFormsAsThereAreCells() {
        Set<String> hashes = new HashSet<>();
        for (int index = 0; index < 15_625; index++) {
            hashes.add(cell(index).canonical().toString());
        }
        assertThat(hashes).hasSize(15_625 - (3_125 - 125) / 2);
    }

    /** A step changes one operation, or exchanges two nodes at no cost where that changes nothing. */
    @Test
    void shouldBeAsFarAsTheShortestWayOfEdits() {
        var random = new RandomStreams(2).stream("cells");
        NasBench201Genotype from = NasBench201Genotype.parse(
                "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|none~0|nor_conv_1x1~1|avg_pool_3x3~2|");
        Map<NasBench201Genotype, Integer> far = ways(from);
        assertThat(far).hasSize(15_625);
        for (int i = 0; i < 500; i++) {
            NasBench201Genotype to = NasBench201Genotype.draw(random);
            assertThat(from.distance(to)).as(to.toString()).isEqualTo(far.get(to));
            assertThat(to.distance(from)).isEqualTo(far.get(to));
        }
        assertThatThrownBy(() -> from.distance(PublishedGenotypes.DARTS_V1))
                .hasMessageStartingWith("a cell of NAS-Bench-201 has no distance to Genotype");
    }

    @Test
    void shouldBeDrawn() throws Exception {
        NasBench201Genotype cell = NasBench201Genotype.parse(TEXT);
        assertThat(cell.text()).isEqualTo("""
                        cell of NAS-Bench-201, from state 0 to state 3

                        0 ─ nor_conv_3x3 ───▶ 1
                        0 ─ none ─────────┬─▶ 2
                        1 ─ skip_connect ─┘
                        0 ─ avg_pool_3x3 ─┬─▶ 3
                        1 ─ nor_conv_1x1 ─┤
                        2 ─ none ─────────┘
                        """);
        String svg = cell.svg("A cell", "of NAS-Bench-201");
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("svg")
                        .getLength())
                .isOne();
        assertThat(svg).contains(">nor_conv_3x3<", ">none<", ">3<");
    }

    @Test
    void shouldMakeNetworksOfThreeStages() {
        NasBench201Genotype cell = NasBench201Genotype.parse(TEXT);
        assertThat(cell.stacked(new NetworkShape(16, 17, 10)).reductions()).containsExactly(5, 11);
        assertThat(cell.stacked(new NetworkShape(16, 5, 10)).reductions()).containsExactly(1, 3);
        for (int cells : new int[] {3, 4, 6, 7, 9, 16}) {
            assertThatThrownBy(() -> cell.stacked(new NetworkShape(16, cells, 10)))
                    .hasMessageStartingWith("cells must be 3N + 2 in space nas-bench-201")
                    .hasMessageEndingWith("(was %d)".formatted(cells));
        }
    }

    private static void assertRefused(String text, int position, String complaint) {
        assertThat(NasBench201Genotype.hasForm(text)).isTrue();
        assertThatThrownBy(() -> Architecture.parse(text))
                .isInstanceOfSatisfying(GenotypeSyntaxException.class, e -> assertThat(e.position())
                        .isEqualTo(position))
                .hasMessageContaining(complaint);
    }

    private static NasBench201Genotype cell(int index) {
        List<Primitive> operations = new ArrayList<>();
        for (int edge = 0, rest = index; edge < 6; edge++, rest /= 5) {
            operations.add(SPACE.candidates().get(rest % 5));
        }
        return new NasBench201Genotype(operations);
    }

    /** The least number of changes to each cell, by a search of all. */
    private static Map<NasBench201Genotype, Integer> ways(NasBench201Genotype from) {
        Map<NasBench201Genotype, Integer> far = new HashMap<>();
        Queue<NasBench201Genotype> next = new ArrayDeque<>();
        reach(from, 0, far, next);
        while (!next.isEmpty()) {
            NasBench201Genotype cell = next.remove();
            int steps = Objects.requireNonNull(far.get(cell)) + 1;
            for (int edge = 0; edge < 6; edge++) {
                for (Primitive operation : SPACE.candidates()) {
                    List<Primitive> operations = new ArrayList<>(cell.operations());
                    operations.set(edge, operation);
                    reach(new NasBench201Genotype(operations), steps, far, next);
                }
            }
        }
        return far;
    }

    private static void reach(
            NasBench201Genotype cell,
            int steps,
            Map<NasBench201Genotype, Integer> far,
            Queue<NasBench201Genotype> next) {
        if (far.putIfAbsent(cell, steps) == null) {
            next.add(cell);
            List<Primitive> of = cell.operations();
            if (of.get(2).equals(Primitive.NONE)) {
                reach(
                        new NasBench201Genotype(
                                List.of(of.get(1), of.get(0), of.get(2), of.get(3), of.get(5), of.get(4))),
                        steps,
                        far,
                        next);
            }
        }
    }
}
