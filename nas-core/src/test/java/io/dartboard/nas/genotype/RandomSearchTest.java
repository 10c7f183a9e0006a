package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomSearchTest {
    static Stream<SearchSpace> spaces() {
        return Stream.of(CnnSpace.DARTS, CnnSpace.FAIR_DARTS, NasBench201Space.PUBLISHED, RecurrentSpace.DARTS);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void shouldDrawDifferentCellsAnewForEverySeedAndTheSameForTheSame(SearchSpace space) {
        var cells = new RandomSearch(40).cells(space, List.of(3L));
        assertThat(cells).extracting(cell -> cell.genotype().hash()).hasSize(40).doesNotHaveDuplicates();
        assertThat(new RandomSearch(40).cells(space, List.of(3L))).isEqualTo(cells);
        assertThat(new RandomSearch(40).cells(space, List.of(4L))).doesNotContainAnyElementsOf(cells);
        assertThat(new RandomSearch(5).cells(space, List.of(3L)))
                .as("more draws begin with the same")
                .isEqualTo(cells.subList(0, 5));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void shouldNameEachCellByADrawThatGivesIt(SearchSpace space) {
        for (var cell : new RandomSearch(3).cells(space, List.of(1L, 2L))) {
            assertThat(NamedGenotype.of(cell.name(), space).genotype()).isEqualTo(cell.genotype());
        }
    }

    @Test
    void shouldDrawWithEachSeedAndNoCellTwice() {
        var seeds = LongStream.range(0, 50).boxed().toList();
        var cells = new RandomSearch(2).cells(NasBench201Space.PUBLISHED, seeds);
        assertThat(cells)
                .extracting(cell -> cell.genotype().hash())
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTakeItsParameterAndNoOther() {
        assertThat(RandomSearch.of(Map.of())).isEqualTo(RandomSearch.USUAL);
        assertThat(RandomSearch.of(Map.of("draws", 7.0)).draws()).isEqualTo(7);
        assertThat(RandomSearch.of(new RandomSearch(7).parameters())).isEqualTo(new RandomSearch(7));
        assertThatThrownBy(() -> RandomSearch.of(Map.of("cells", 7.0)))
                .hasMessage("parameters.cells is none of method random, which has draws");
        assertThatThrownBy(() -> RandomSearch.of(Map.of("draws", 1.5)))
                .hasMessage("parameters.draws must be a whole number (was 1.5)");
        assertThatThrownBy(() -> RandomSearch.of(Map.of("draws", 0.0)))
                .hasMessage("parameters.draws must be from 1 to 100 (was 0)");
    }

    @Test
    void shouldRefuseMoreCellsThanOneRunCanTell() {
        assertThatThrownBy(() -> new RandomSearch(60).cells(CnnSpace.DARTS, List.of(0L, 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameters.draws: 60 cells for each of 2 seeds are more than 100; ask for several runs");
    }
}
