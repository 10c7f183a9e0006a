package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.Measure;
import io.dartboard.events.StopSettings;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.Fit;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchMethods;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.searchspace.CnnSpace;
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

    private static StopSettings stop(SearchMethod method, CnnSpace space) {
        var layout = method.alphas(space, 4);
        var fit = new Fit(1, OptionalDouble.empty());
        var report = new SearchReport(
                0,
                0.1,
                1,
                fit,
                fit,
                Alphas.of(layout, new float[layout.size()]),
                Map.of(),
                new SearchReport.Signs(OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()));
        return SearchEvents.seen(report, method, Measure.ERROR_PERCENT).getStop();
    }
}
