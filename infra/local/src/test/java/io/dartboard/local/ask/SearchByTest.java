package io.dartboard.local.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.search.TextSearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchByTest {
    private final ObjectNode runFile = read("/demo-run.json");

    private static ObjectNode read(String file) {
        try (var in = Objects.requireNonNull(SearchByTest.class.getResourceAsStream(file))) {
            return (ObjectNode) new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> textMethods() {
        return SearchBy.ids(TextSearch.METHODS).stream();
    }

    @ParameterizedTest
    @MethodSource("textMethods")
    void shouldGiveTheDemoOnTextWhatAMethodNeeds(String method) {
        var onText = read("/demo-text-run.json");

        SearchBy.method(method, TextSearch.METHODS, RecurrentSpace.DARTS, onText);

        assertThat(new TakenRuns().take(onText).getSearch().getMethod()).isEqualTo(method);
    }

    static Stream<String> methods() {
        return SearchBy.ids(ImageSearch.METHODS).stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldGiveTheDemoWhatAMethodNeeds(String method) {
        SearchBy.method(method, ImageSearch.METHODS, CnnSpace.DARTS, runFile);

        assertThat(new TakenRuns().take(runFile).getSearch().getMethod()).isEqualTo(method);
    }

    @Test
    void shouldDrawAFewCellsInThePlaceOfASearch() {
        SearchBy.method("random", ImageSearch.METHODS, CnnSpace.DARTS, runFile);

        assertThat(runFile.path("method").asText()).isEqualTo("random");
        assertThat(runFile.path("search")).hasToString("{\"parameters\":{\"draws\":4}}");
        assertThat(runFile.has("seeds")).isFalse();
        assertThat(runFile.path("selection").path("images").asInt()).isEqualTo(800);
    }

    @Test
    void shouldGiveEveryStageTheCellsOfTheNetworkThatASearchBeginsWith() {
        SearchBy.method("dartopti", ImageSearch.METHODS, CnnSpace.DARTS, runFile);

        assertThat(runFile.has("space")).isFalse();
        assertThat(runFile.path("search").path("start").asText()).isEqualTo("ResNet18");
        for (var stage : List.of("search", "selection", "evaluation", "transfer")) {
            assertThat(runFile.path(stage).path("cells").asInt()).isEqualTo(4);
        }
        assertThat(runFile.path("search").path("epochs").asInt())
                .as("alphas move after the warm-up")
                .isGreaterThan(
                        runFile.at("/search/parameters/alphaWarmupEpochs").asInt());
    }

    /** Two epochs, and sixteen between the seventeen decisions. */
    @Test
    void shouldTuneForAnEpochBetweenTwoDecisions() {
        SearchBy.method("darts-pt", ImageSearch.METHODS, CnnSpace.DARTS, runFile);

        assertThat(runFile.at("/search/epochs").asInt()).isEqualTo(18);
        assertThat(runFile.at("/search/parameters/tuneEpochs").asInt()).isEqualTo(1);
    }

    @Test
    void shouldGoInThreeStagesOfTwoEpochsEach() {
        SearchBy.method("p-darts", ImageSearch.METHODS, CnnSpace.DARTS, runFile);

        assertThat(runFile.path("method").asText()).isEqualTo("p-darts");
        assertThat(runFile.at("/search/epochs").asInt()).isEqualTo(6);
        assertThat(runFile.at("/search/parameters/stageCells").asInt()).isEqualTo(1);
    }

    @Test
    void shouldNameAMethodAndLeaveTheRestAsItIs() {
        var before = runFile.deepCopy();

        SearchBy.method("gdas", ImageSearch.METHODS, CnnSpace.DARTS, runFile);

        assertThat(runFile).isEqualTo(before.put("method", "gdas"));
        assertThatThrownBy(() -> SearchBy.method("gdass", ImageSearch.METHODS, CnnSpace.DARTS, runFile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gdas");
    }
}
