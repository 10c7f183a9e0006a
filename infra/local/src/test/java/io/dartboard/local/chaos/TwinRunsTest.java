package io.dartboard.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.ask.SearchBy;
import io.dartboard.local.ask.TakenRuns;
import io.dartboard.nas.image.search.ImageSearch;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TwinRunsTest {
    private final TakenRuns searches = new TakenRuns();

    static Stream<String> methods() {
        return SearchBy.ids(ImageSearch.METHODS).stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldAskForRunsThatAreTakenByEveryMethod(String method) {
        var twins = new TwinRuns(1, List.of(method));

        var requests = IntStream.of(0, 1)
                .mapToObj(number -> searches.take(twins.twin(0, number)))
                .toList();

        assertThat(requests)
                .allSatisfy(
                        request -> assertThat(request.getSearch().getMethod()).isEqualTo(method));
        assertThat(requests.get(0).getRun()).isNotEqualTo(requests.get(1).getRun());
    }

    @Test
    void shouldHaveAFamilyOfEveryKindWhereNoMethodIsNamed() {
        assertThat(new TwinRuns(1, List.of()).families()).isEqualTo(3);
    }
}
