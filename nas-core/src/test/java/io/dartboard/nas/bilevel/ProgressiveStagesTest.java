package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.search.TextSearch;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressiveStagesTest {
    private static final Stages STAGES = SearchMethods.P_DARTS.stages();

    @Test
    void shouldGoAsTheAuthorsDo() {
        assertThat(IntStream.range(0, 3).mapToObj(stage -> STAGES.stage(stage, 75)))
                .containsExactly(new Stage(0, 0, 25), new Stage(1, 25, 25), new Stage(2, 50, 25));
        assertThat(IntStream.range(0, 3).map(stage -> STAGES.cells(stage, 5))).containsExactly(5, 11, 17);
        AlphaGate gate = SearchMethods.P_DARTS.alphaGate();
        assertThat(IntStream.range(0, 25)
                        .filter(epoch -> gate.opens(epoch, 25, 0))
                        .min())
                .hasValue(10);
        assertThat(SearchMethods.P_DARTS.discretization().mostNormalSkips()).hasValue(2);
    }

    @Test
    void shouldDivideItsEpochsAndGiveWhatIsLeftToTheLaterStages() {
        assertThat(IntStream.range(0, 3).map(stage -> STAGES.stage(stage, 10).epochs()))
                .containsExactly(3, 3, 4);
        for (int epochs = 3; epochs < 12; epochs++) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                assertThat(STAGES.at(epoch, epochs).has(epoch)).isTrue();
            }
            assertThat(STAGES.at(epochs, epochs)).isEqualTo(STAGES.stage(2, epochs));
        }
        assertThat(Stages.ONE.at(49, 50)).isEqualTo(new Stage(0, 0, 50));
    }

    /** {@code train_search.py} of the authors: linear while the alphas are frozen, then exponential. */
    @Test
    void shouldFadeDropoutAsTheAuthorsDo() {
        assertThat(STAGES.skipDropout(1, 0, 25, 10)).isEqualTo(0.4 * 24 / 25, within(1e-12));
        assertThat(STAGES.skipDropout(1, 9, 25, 10)).isEqualTo(0.4 * 15 / 25, within(1e-12));
        assertThat(STAGES.skipDropout(2, 10, 25, 10)).isEqualTo(0.7, within(1e-12));
        assertThat(STAGES.skipDropout(2, 11, 25, 10)).isEqualTo(0.7 * 0.818730753, within(1e-9));
        assertThat(STAGES.skipDropout(2, 24, 25, 10)).isEqualTo(0.7 * 0.060810063, within(1e-9));
        assertThat(STAGES.skipDropout(0, 3, 25, 10)).isZero();
    }

    @Test
    void shouldRefuseFewerEpochsThanStagesAndCellsThatAreNoNetwork() {
        assertThatThrownBy(() -> SearchMethods.P_DARTS.require(CnnSpace.DARTS, 2))
                .hasMessage("epochs must be at least 3, one for each stage (was 2)");
        SearchMethods.P_DARTS.require(CnnSpace.DARTS, 3);
        SearchMethod gated = Composition.of("p-darts", Map.of("gate", "warm-up-epochs"), ImageSearch.METHODS)
                .among(ImageSearch.METHODS);
        assertThatThrownBy(() -> gated.require(CnnSpace.DARTS, 15))
                .hasMessageContaining("alphaWarmupEpochs, 5, after which the alphas move (was 5)");
        Stages byTwo = SearchMethods.P_DARTS.with(Map.of("stageCells", 2.0)).stages();
        SearchConfig config = SearchConfig.pDartsCifar10();
        config.requireCells(CnnSpace.DARTS, byTwo);
        config.requireCells(NasBench201Space.PUBLISHED, STAGES);
        assertThatThrownBy(() -> config.requireCells(NasBench201Space.PUBLISHED, byTwo))
                .hasMessageStartingWith("the supernet of stage 2 would have 7 cells: cells must be 3N + 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    thirdCandidates  | 1   | thirdCandidates must be at least 2 so that an edge has more than none (was 1)
                    secondCandidates | 2   | secondCandidates must be at least 3 which the third stage keeps of them (was 2)
                    stageCells            | -1  | stageCells must be at least 0 (0 leaves the depth as it is) (was -1)
                    thirdSkipDropout      | 1   | thirdSkipDropout must be at least 0 and below 1 (was 1.0)
                    stageWarmup           | 1.5 | stageWarmup must be at least 0 and below 1 (was 1.5)""")
    void shouldRefuseParametersThatMeanNothing(String name, double value, String line) {
        assertThatThrownBy(() -> SearchMethods.P_DARTS.with(Map.of(name, value)))
                .hasMessage(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    alphas        | by-cell          | cannot leave out skip connections of the normal cell
                    relaxation    | hard-gumbel      | cannot search in stages: HardGumbel draws mixing weights
                    relaxation    | dirichlet        | cannot search in stages: DirichletRelaxation draws mixing weights
                    perturbation  | uniform          | cannot search in stages: mixing weights that are perturbed
                    edges         | auxiliary-skip   | cannot search in stages: edges of form AuxiliarySkip pass on more
                    weightPenalty | layer-alignment  | cannot search in stages: LayerAlignment compares cells
                    initial       | known-network    | cannot search in stages: it begins with a known network
                    derivation    | perturbation     | cannot search in stages: what is decided by perturbation holds for one""")
    void shouldRefuseWhatCannotBeDoneInStages(String choice, String part, String reason) {
        assertThatThrownBy(() -> Composition.of("p-darts", Map.of(choice, part), ImageSearch.METHODS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("method p-darts " + reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseCellsOfTheirOwnAndRecurrentOnes() {
        assertThatThrownBy(() -> Composition.of(
                        "p-darts", Map.of("derivation", "strongest", "alphas", "by-cell"), ImageSearch.METHODS))
                .hasMessage("method p-darts cannot search in stages: the cells of a deeper supernet have other alphas");
        assertThatThrownBy(() -> SearchMethods.of("p-darts", TextSearch.METHODS))
                .hasMessage(
                        "search method 'p-darts' cannot search for recurrent cells: its supernet grows deeper from stage to stage, and theirs is one cell");
        assertThatThrownBy(() -> SearchMethods.DARTS_FIRST_ORDER
                        .composed(Map.of("derivation", "restricted-skips"))
                        .require(RecurrentSpace.DARTS))
                .hasMessageContaining("has no skip connections to be counted");
    }

    @Test
    void shouldCombineWithWhatChangesNeitherEdgesNorDraws() {
        List<Map<String, String>> fitting = List.of(
                Map.of("penalty", "beta-decay"),
                Map.of("gradient", "unrolled"),
                Map.of("relaxation", "sigmoid"),
                Map.of("gate", "inner-steps"),
                Map.of("derivation", "strongest"));

        fitting.forEach(parts -> assertThat(Composition.of("p-darts", parts, ImageSearch.METHODS)
                        .among(ImageSearch.METHODS)
                        .stages())
                .isEqualTo(STAGES));
        assertThat(SearchMethods.P_DARTS.unfitToEndEarly())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("it searches in stages"));
        assertThat(SearchMethods.DARTS_FIRST_ORDER.unfitToEndEarly()).isEmpty();
    }
}
