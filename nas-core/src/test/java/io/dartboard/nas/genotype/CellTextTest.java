package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    @Test
    void shouldDrawTheSecondOrderCellsOfDarts() {
        assertThat(CellText.draw(PublishedGenotypes.DARTS_V2)).isEqualTo("""
                        normal cell                                  reduction cell

                        c_{k-2} ─ sep_conv_3x3 ─┬─▶ 0 ──┐            c_{k-2} ─ max_pool_3x3 ─┬─▶ 0 ──┐
                        c_{k-1} ─ sep_conv_3x3 ─┘       │            c_{k-1} ─ max_pool_3x3 ─┘       │
                        c_{k-2} ─ sep_conv_3x3 ─┬─▶ 1 ──┤                  0 ─ skip_connect ─┬─▶ 1 ──┤
                        c_{k-1} ─ sep_conv_3x3 ─┘       │            c_{k-1} ─ max_pool_3x3 ─┘       │
                        c_{k-1} ─ sep_conv_3x3 ─┬─▶ 2 ──┤            c_{k-2} ─ max_pool_3x3 ─┬─▶ 2 ──┤
                        c_{k-2} ─ skip_connect ─┘       │                  0 ─ skip_connect ─┘       │
                        c_{k-2} ─ skip_connect ─┬─▶ 3 ──┴─▶ c_{k}          0 ─ skip_connect ─┬─▶ 3 ──┴─▶ c_{k}
                              0 ─ dil_conv_3x3 ─┘                    c_{k-1} ─ max_pool_3x3 ─┘
                        """);
    }

    @Test
    void shouldLeaveNodesOutOfTheOutputThatAreNotConcatenated() {
        CellGenotype reduce = PublishedGenotypes.AMOEBANET_A.reduce();
        assertThat(CellText.draw(new Genotype(reduce, reduce)).lines().map(line -> line.substring(
                                0, Math.min(45, line.length()))
                        .stripTrailing()))
                .containsExactly(
                        "normal cell",
                        "",
                        "c_{k-2} ─ avg_pool_3x3 ─┬─▶ 0",
                        "c_{k-1} ─ sep_conv_3x3 ─┘",
                        "c_{k-2} ─ max_pool_3x3 ─┬─▶ 1 ──┐",
                        "      0 ─ sep_conv_7x7 ─┘       │",
                        "c_{k-2} ─ sep_conv_7x7 ─┬─▶ 2 ──┤",
                        "c_{k-1} ─ avg_pool_3x3 ─┘       │",
                        "c_{k-2} ─ max_pool_3x3 ─┬─▶ 3   │",
                        "c_{k-1} ─ max_pool_3x3 ─┘       │",
                        "c_{k-2} ─ conv_7x1_1x7 ─┬─▶ 4 ──┴─▶ c_{k}",
                        "      3 ─ sep_conv_3x3 ─┘");
    }

    @Test
    void shouldDrawNodesOfAnyNumberOfOperandsAndLeaveOutThoseOfNone() {
        Genotype genotype = Genotype.parse(
                "Genotype(normal=[('skip_connect', 3, 0), ('max_pool_3x3', 4, 0), ('sep_conv_3x3', 4, 1), "
                        + "('sep_conv_5x5', 4, 3)], normal_concat=range(2, 6), "
                        + "reduce=[('max_pool_3x3', 2, 1)], reduce_concat=range(2, 6))");

        assertThat(CellText.draw(genotype)).isEqualTo("""
                        normal cell                                  reduction cell

                        c_{k-2} ─ skip_connect ───▶ 1 ──┐            c_{k-1} ─ max_pool_3x3 ───▶ 0 ────▶ c_{k}
                        c_{k-2} ─ max_pool_3x3 ─┬─▶ 2 ──┴─▶ c_{k}
                        c_{k-1} ─ sep_conv_3x3 ─┤
                              1 ─ sep_conv_5x5 ─┘
                        """);
    }

    @Test
    void shouldDrawARecurrentCellAsATree() {
        assertThat(CellText.draw(PublishedRecurrentGenotypes.DARTS_V2)).isEqualTo("""
                        recurrent cell

                        x_t, h_{t-1} ─▶ 0
                                        └─ sigmoid ─▶ 1 ──────────┐
                                           ├─ relu ─▶ 2 ──────────┤
                                           │  └─ tanh ─▶ 5 ───────┤
                                           │     ├─ sigmoid ─▶ 6 ─┤
                                           │     └─ relu ─▶ 8 ────┤
                                           ├─ relu ─▶ 3 ──────────┤
                                           │  └─ tanh ─▶ 7 ───────┤
                                           └─ identity ─▶ 4 ──────┴─▶ h_t
                        """);
    }

    @Test
    void shouldJoinOnlyTheNodesOfARecurrentCellsOutput() {
        assertThat(CellText.draw(PublishedRecurrentGenotypes.ENAS)).isEqualTo("""
                        recurrent cell

                        x_t, h_{t-1} ─▶ 0
                                        └─ tanh ─▶ 1
                                           ├─ tanh ─▶ 2 ──────────────┐
                                           └─ relu ─▶ 3               │
                                              ├─ tanh ─▶ 4            │
                                              │  └─ relu ─▶ 7         │
                                              │     └─ relu ─▶ 8      │
                                              │        ├─ relu ─▶ 9 ──┤
                                              │        ├─ relu ─▶ 10 ─┤
                                              │        └─ relu ─▶ 11 ─┤
                                              ├─ tanh ─▶ 5 ───────────┤
                                              └─ relu ─▶ 6 ───────────┴─▶ h_t
                        """);
        assertThat(CellText.draw(RecurrentGenotype.parse("Genotype(recurrent=[('tanh', 0), ('relu', 0)], concat=[1])")))
                .isEqualTo("""
                        recurrent cell

                        x_t, h_{t-1} ─▶ 0
                                        ├─ tanh ─▶ 1 ───▶ h_t
                                        └─ relu ─▶ 2
                        """);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFitATerminalOfOneHundredColumns(long seed) {
        Genotype genotype = RandomGenotype.draw(CnnSpace.DARTS, new RandomStreams(seed).stream("text"));
        assertThat(CellText.draw(genotype).lines()).hasSize(10).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(100)
                .isEqualTo(line.stripTrailing()));
    }
}
