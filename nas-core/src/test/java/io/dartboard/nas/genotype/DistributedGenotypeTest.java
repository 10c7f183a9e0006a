package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributedGenotypeTest {
    private static final String TWO = "Genotype(genes=[[('skip_connect', 2, 0), ('sep_conv_3x3', 3, 2)], "
            + "[('max_pool_3x3', 2, 1)]], concat=[2, 3], reductions=[1])";

    @Test
    void shouldReadWhatItPrints() {
        DistributedGenotype two = DistributedGenotype.parse(TWO);

        assertThat(two).hasToString(TWO);
        assertThat(two.cells().get(1).concat()).containsExactly(2);
        assertThat(two.reductions()).containsExactly(1);
        assertThat(Architecture.parse("found: " + TWO + "\n")).isEqualTo(two);
        String published = TWO.replace("])", "], deepening='published')");
        assertThat(DistributedGenotype.parse(published)).hasToString(published).isNotEqualTo(two);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    reductions=[1]           | reductions=[2]        | reductions must be ascending places from 0 to 1
                    , concat=[2, 3]          | ``                    | 'concat' is missing
                    , reductions=[1]         | ``                    | 'reductions' is missing
                    ('max_pool_3x3', 2, 1)   | ``                    | cell 1: a cell needs a node
                    ('max_pool_3x3', 2, 1)   | ('max_pool', 2, 1)    | unknown operation 'max_pool'
                    ('max_pool_3x3', 2, 1)   | ('max_pool_3x3', 2)   | expected ','
                    ('max_pool_3x3', 2, 1)   | ('max_pool_3x3', 2, 2) | cell 1: operand 0 of node 0 can read states 0 to 1 (was 2)
                    ('max_pool_3x3', 2, 1)   | ('max_pool_3x3', 11, 1) | a gene leads to states 2 to 9 (was 11)
                    reductions=[1]           | reductions=[1], deepening='mine' | unknown deepening 'mine'; known: corrected, published
                    """)
    void shouldSayWhatIsWrong(String good, String bad, String complaint) {
        assertThatThrownBy(() -> DistributedGenotype.parse(TWO.replace(good, bad)))
                .isInstanceOf(GenotypeSyntaxException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRepeatTheCellsOfEachThirdWithinIt() {
        DistributedGenotype eight = random(8, List.of(2, 5), Deepening.CORRECTED);
        NetworkShape deep = eight.stacked(new NetworkShape(4, 14, 10));

        assertThat(deep.reductions()).containsExactly(4, 9);
        assertThat(IntStream.range(0, 14).mapToObj(place -> eight.cells().indexOf(eight.cell(deep, place))))
                .containsExactly(0, 1, 0, 1, 2, 4, 3, 4, 3, 5, 6, 7, 6, 7);
    }

    @Test
    void shouldKeepTheReductionsThatAreToldWhereThePublishedDeepeningIsAskedFor() {
        DistributedGenotype eight = random(8, List.of(2, 6), Deepening.PUBLISHED);
        NetworkShape deep = eight.stacked(new NetworkShape(4, 14, 10));

        assertThat(deep.reductions()).containsExactly(2, 6);
        assertThat(IntStream.range(0, 14).mapToObj(place -> eight.cells().indexOf(eight.cell(deep, place))))
                .containsExactly(0, 0, 0, 1, 2, 4, 3, 4, 3, 5, 6, 7, 6, 7);
    }

    @Test
    void shouldNeverPlaceACellOutsideItsThird() {
        for (int cells = 6; cells < 20; cells++) {
            for (int depth = cells; depth < 30; depth++) {
                for (int place = 0; place < depth; place++) {
                    int cell = Deepening.CORRECTED.cellAt(place, cells, depth);
                    assertThat(new NetworkShape(2, cells, 2).kindOf(cell))
                            .isEqualTo(new NetworkShape(2, depth, 2).kindOf(place));
                    assertThat(cell < cells / 3).isEqualTo(place < depth / 3);
                }
            }
        }
    }

    @Test
    void shouldRefuseADepthThatItsCellsCannotMake() {
        ConvolutionalArchitecture resnet = KnownNetwork.RESNET18.architecture();
        assertThat(resnet.stacked(new NetworkShape(4, 4, 10)).reductions()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> resnet.stacked(new NetworkShape(4, 20, 10)))
                .hasMessage(
                        "an architecture of 4 cells of its own that reduces at [1, 2, 3] makes no network of 20 cells:"
                                + " set cells to 4");
        assertThatThrownBy(() -> random(8, List.of(2, 5), Deepening.CORRECTED).stacked(new NetworkShape(4, 6, 10)))
                .hasMessageEndingWith("set cells to 8 or more");
    }

    @Test
    void shouldForgetNamesAndKeepPlaces() {
        DistributedGenotype some = random(4, List.of(1, 2), Deepening.CORRECTED);
        List<CellGenotype> turned = new ArrayList<>(some.cells());
        Collections.swap(turned, 0, 3);
        DistributedGenotype other = new DistributedGenotype(turned, some.reductions());

        assertThat(some.canonical().canonical()).isEqualTo(some.canonical());
        assertThat(some.canonical().hash()).isEqualTo(some.hash()).isNotEqualTo(other.hash());
        assertThat(some.distance(some.canonical())).isZero();
        assertThat(some.distance(other)).isPositive().isEqualTo(other.distance(some));
    }

    @Test
    void shouldDrawEveryCell() {
        assertThat(DistributedGenotype.parse(TWO).text()).isEqualTo("""
                        cell 0                                       cell 1, a reduction

                        c_{k-2} ─ skip_connect ───▶ 0 ──┐            c_{k-1} ─ max_pool_3x3 ───▶ 0 ────▶ c_{k}
                              0 ─ sep_conv_3x3 ───▶ 1 ──┴─▶ c_{k}
                        """);
        assertThat(DistributedGenotype.parse(TWO).svg("t", "c")).contains("Cell 0", "Cell 1", "max_pool_3x3");
    }

    private static DistributedGenotype random(int cells, List<Integer> reductions, Deepening deepening) {
        RandomGenerator random = new RandomStreams(cells).stream("cells");
        return new DistributedGenotype(
                Stream.generate(() ->
                                RandomGenotype.draw(CnnSpace.DARTS, random).normal())
                        .limit(cells)
                        .toList(),
                reductions,
                deepening);
    }
}
