package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.EdgeDecided;
import io.dartboard.events.Measure;
import io.dartboard.events.NodeDecided;
import io.dartboard.events.StopSettings;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.bilevel.Fit;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.bilevel.Stage;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SearchEventsTest {
    @Test
    void shouldTellByWhatAMethodEndsItsOwnSearches() {
        assertThat(stop(SearchMethods.DARTOPTI, CnnSpace.DARTOPTI_RESNET18)).isEqualTo(new StopSettings(1e-3, 4, 5));
        assertThat(stop(SearchMethods.DARTOPTI.with(Map.of("settledEpochs", 7.0)), CnnSpace.DARTOPTI_RESNET18)
                        .getSettledEpochs())
                .isEqualTo(7);
        assertThat(stop(SearchMethods.DARTS_FIRST_ORDER, CnnSpace.DARTS)).isNull();
    }

    @Test
    void shouldTellWhatIsDecidedByPerturbation() {
        var decided = new Projection(
                List.of(new Projection.EdgeDecided("normal", 3, 2, List.of(1.5, 2.5), List.of(0.25, 0.5))),
                List.of(new Projection.NodeDecided("reduce", 1, List.of(2, 4), List.of(1.0, 2.0, 3.0), List.of())));

        var told = SearchEvents.seen(
                report(SearchMethods.DARTS_PT, CnnSpace.DARTS, decided), SearchMethods.DARTS_PT, Measure.ERROR_PERCENT);

        assertThat(told.getDerivation()).isEqualTo("perturbation");
        assertThat(told.getProjection())
                .isEqualTo(new io.dartboard.events.Projection(
                        List.of(new EdgeDecided("normal", 3, 2, List.of(1.5, 2.5), List.of(0.25, 0.5))),
                        List.of(new NodeDecided("reduce", 1, List.of(2, 4), List.of(1.0, 2.0, 3.0), List.of()))));
        assertThat(SearchEvents.seen(
                                report(SearchMethods.DARTS_PT, CnnSpace.DARTS, Projection.NONE),
                                SearchMethods.DARTS_PT,
                                Measure.ERROR_PERCENT)
                        .getProjection())
                .isNull();
    }

    @Test
    void shouldTellHowManyOperationsAreFrozen() {
        assertThat(SearchEvents.seen(
                                report(SearchMethods.OLES, CnnSpace.DARTS, Projection.NONE),
                                SearchMethods.OLES,
                                Measure.ERROR_PERCENT)
                        .getIndicators())
                .containsEntry("frozenOperations", 5.0)
                .containsEntry("freezableOperations", 56.0);
    }

    @Test
    void shouldTellOfAStageWithWhichEpochItBeganAndWhatItHasDropped() {
        var first = report(SearchMethods.P_DARTS, CnnSpace.DARTS, Projection.NONE);
        var kept = KeptCandidates.strongest(first.alphas(), SearchMethods.P_DARTS.relaxation(), 5);
        var second = new SearchReport(
                3,
                0.1,
                4,
                first.train(),
                first.valid(),
                kept.over(first.alphas()),
                Map.of(),
                first.signs(),
                Optional.empty(),
                Projection.NONE,
                new Stage(1, 2, 2));

        var told = SearchEvents.seen(second, SearchMethods.P_DARTS, Measure.ERROR_PERCENT);

        assertThat(told.getStageFrom()).isEqualTo(3);
        assertThat(told.getDerivation()).isEqualTo("restricted-skips");
        assertThat(told.getMostSkips()).isEqualTo(2);
        assertThat(told.getAlphas()).allSatisfy(matrix -> assertThat(matrix.getValues())
                .filteredOn(value -> value == KeptCandidates.DROPPED)
                .hasSize(3 * CnnSpace.DARTS.edgeCount()));
        assertThat(SearchEvents.seen(first, SearchMethods.DARTS_FIRST_ORDER, Measure.ERROR_PERCENT)
                        .getMostSkips())
                .isZero();
    }

    private static StopSettings stop(SearchMethod method, CnnSpace space) {
        return SearchEvents.seen(report(method, space, Projection.NONE), method, Measure.ERROR_PERCENT)
                .getStop();
    }

    private static SearchReport report(SearchMethod method, CnnSpace space, Projection decided) {
        var layout = method.alphas(space, 4);
        var fit = new Fit(1, OptionalDouble.empty());
        return new SearchReport(
                0,
                0.1,
                1,
                fit,
                fit,
                Alphas.of(layout, new float[layout.size()]),
                Map.of(),
                new SearchReport.Signs(OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()),
                Optional.of(new SearchReport.Frozen(5, 56)),
                decided,
                new Stage(0, 0, 1));
    }
}
