package io.dartboard.search.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderState;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchSettings;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.search.work.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderRunsTest {
    private static final RandomSearch DRAWS = new RandomSearch(2);

    @Test
    void shouldSearchAmongTheSameRandomCellsOnEachVersionAndAmongOthersOnOneThatIsSearchedAgain() {
        var order = order();
        assertThat(OrderRuns.search(order, "1").getGenotypes()).isEqualTo(drawn(0));
        assertThat(OrderRuns.search(order, "2").getGenotypes()).isEqualTo(drawn(0));

        var again = OrderRuns.searchAgain(order, "2", 1);

        assertThat(again.getSearchSeeds()).containsExactly(1L);
        assertThat(again.getGenotypes()).as("those that its seeds draw").isEqualTo(drawn(1));
        assertThat(again.getGenotypeNames()).hasSize(2).allMatch(name -> name.startsWith("random:"));
    }

    @Test
    void shouldMeasureAlikeHoweverManyRandomCellsASearchIsComparedWith() {
        var order = order();
        var several = OrderPlaced.newBuilder(order)
                .setRun(RunRequested.newBuilder(order.getRun())
                        .setRandomCells(4)
                        .build())
                .build();
        assertThat(OrderRuns.measure(several, "1", "cell")).isEqualTo(OrderRuns.measure(order, "1", "cell"));
    }

    private static List<String> drawn(long seed) {
        return DRAWS.cells(CnnSpace.DARTS, List.of(seed)).stream()
                .map(cell -> cell.genotype().toString())
                .toList();
    }

    private static OrderPlaced order() {
        var request = Told.request("", 0L);
        var search = SearchSettings.newBuilder(request.getSearch())
                .setSpace("darts-cnn")
                .setMethod(RandomSearch.ID)
                .setParameters(DRAWS.parameters())
                .build();
        return OrderPlaced.newBuilder()
                .setOrder("shapes")
                .setDataset("shapes")
                .setState(OrderState.ACTIVE)
                .setRun(RunRequested.newBuilder(request)
                        .setSearch(search)
                        .setGenotypes(drawn(0))
                        .build())
                .setPolicy(OrderPolicy.newBuilder().build())
                .build();
    }
}
