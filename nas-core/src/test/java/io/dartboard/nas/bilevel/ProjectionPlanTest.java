package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.optim.Schedule;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionPlanTest {
    private static final SearchMethod DARTS_PT = SearchMethods.DARTS_PT;

    /** In the authors' spaces the edges of a cell, and its nodes with more than two edges; five epochs between decisions. */
    @ParameterizedTest
    @CsvSource({"darts-cnn, 17, 80", "nas-bench-201, 6, 25", "darts-rnn, 43, 210", "robust-darts-s3, 17, 80"})
    void shouldDecideEdgeAfterEdgeAndThenTheNodesThatAreCut(String id, int rounds, int tuning) {
        SearchSpace space = SearchSpace.of(id);
        ProjectionPlan plan = DARTS_PT.projection(space, 300);

        assertThat(plan.rounds()).isEqualTo(rounds);
        assertThat(plan.tuning()).isEqualTo(tuning);
        assertThat(plan.searching()).isEqualTo(300 - tuning);
        int first = plan.searching() - 1;
        List<Integer> after = IntStream.range(0, 300)
                .filter(epoch -> plan.roundAfter(epoch).isPresent())
                .boxed()
                .toList();
        assertThat(after)
                .isEqualTo(IntStream.range(0, rounds)
                        .mapToObj(round -> first + 5 * round)
                        .toList())
                .endsWith(299);
        assertThat(after.stream().map(epoch -> plan.roundAfter(epoch).getAsInt()))
                .isEqualTo(IntStream.range(0, rounds).boxed().toList());
    }

    @Test
    void shouldDecideNothingByOtherMethods() {
        ProjectionPlan plan = SearchMethods.DARTS_FIRST_ORDER.projection(CnnSpace.DARTS, 3);

        assertThat(plan.searching()).isEqualTo(3);
        assertThat(IntStream.range(0, 3))
                .allMatch(epoch -> plan.roundAfter(epoch).isEmpty());
    }

    @Test
    void shouldRefuseASearchOfTooFewEpochs() {
        DARTS_PT.require(CnnSpace.DARTS, 81);
        DARTS_PT.with(Map.of("tuneEpochs", 1.0)).require(NasBench201Space.PUBLISHED, 6);
        assertThatThrownBy(() -> DARTS_PT.require(CnnSpace.DARTS, 80))
                .hasMessage(
                        "epochs must be more than 80, for which the supernet is tuned between 17 decisions, tuneEpochs 5 after each but the last; give more epochs, or fewer tuneEpochs (was 80)");
        // A gate counts the epochs before the tuning.
        SearchMethod gated = Composition.of("darts-pt", Map.of("gate", "warm-up-epochs"), ImageSearch.METHODS)
                .among(ImageSearch.METHODS);
        gated.require(CnnSpace.DARTS, 86);
        assertThatThrownBy(() -> gated.require(CnnSpace.DARTS, 85))
                .hasMessageStartingWith("epochs must be more than alpha");
        assertThatThrownBy(() -> DARTS_PT.with(Map.of("tuneEpochs", 0.0))).hasMessageStartingWith("tuneEpochs must be");
    }

    @Test
    void shouldSearchWithTheRatesOfDartsAndTuneFromATenthOn() {
        Schedule rates = SearchConfig.dartsPtCifar10().schedule(DARTS_PT.projection(CnnSpace.DARTS, 130));
        Schedule darts =
                SearchConfig.paperCifar10().schedule(SearchMethods.DARTS_FIRST_ORDER.projection(CnnSpace.DARTS, 50));

        assertThat(IntStream.range(0, 50)).allMatch(epoch -> rates.at(epoch) == darts.at(epoch));
        assertThat(rates.at(50)).isEqualTo(0.0025);
        assertThat(rates.at(90)).isEqualTo((0.0025 + 0.001) / 2);
        assertThat(rates.at(129)).isBetween(0.001, 0.00101);
    }

    @Test
    void shouldRefuseWhatADecisionByPerturbationCannotBeCombinedWith() {
        assertThatThrownBy(() -> Composition.of("darts-pt", Map.of("edges", "auxiliary-skip"), ImageSearch.METHODS))
                .hasMessage(
                        "method darts-pt cannot decide by perturbation on edges of form AuxiliarySkip: these pass on more than their candidates, so that what is left out of them is not missed");
        assertThatThrownBy(() -> Composition.of("darts-pt", Map.of("edges", "partial-channels"), ImageSearch.METHODS))
                .hasMessageContaining("the parameters of its edges would not be read");
        assertThatThrownBy(
                        () -> Composition.of("lambda-darts", Map.of("derivation", "perturbation"), ImageSearch.METHODS))
                .hasMessageContaining("its weights learn to agree on alphas, by which nothing is decided");
        DARTS_PT.require(RecurrentSpace.DARTS);
    }
}
