package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.EdgeForm;
import io.dartboard.nas.derive.EdgeWeighted;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.tensor.GumbelSoftmax;
import io.dartboard.nas.tensor.HardGumbel;
import io.dartboard.nas.text.search.TextSearch;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchMethodTest {
    @Test
    void shouldHaveTheParametersOfItsParts() {
        assertThat(SearchMethods.DARTS_FIRST_ORDER.parameters()).isEmpty();
        assertThat(SearchMethods.DARTS_SECOND_ORDER.parameters()).containsExactly(Map.entry("radius", 0.01));
        assertThat(SearchMethods.BETA_DARTS.parameters()).containsExactly(Map.entry("betaDecay", 50.0));
        assertThat(SearchMethods.of("darts-second-order-as-published", TextSearch.METHODS)
                        .parameters())
                .containsExactly(Map.entry("radius", 0.01));
    }

    @Test
    void shouldSearchWithTheParametersThatAreGiven() {
        assertThat(SearchMethods.BETA_DARTS.with(Map.of("betaDecay", 25.0)).penalty())
                .isEqualTo(new BetaDecay(25));
        assertThat(SearchMethods.DARTS_SECOND_ORDER.with(Map.of("radius", 0.02)).hypergradient())
                .isEqualTo(new Unrolled(0.02));
        assertThat(SearchMethods.BETA_DARTS.with(Map.of())).isEqualTo(SearchMethods.BETA_DARTS);
    }

    @Test
    void shouldTakeWholeNumbersWhereAPartCounts() {
        assertThat(SearchMethods.IDARTS.parameters())
                .containsOnly(
                        Map.entry("neumannTerms", 2.0),
                        Map.entry("innerSteps", 5.0),
                        Map.entry("radius", 0.01),
                        Map.entry("hessianRadius", 0.01));
        SearchMethod other = SearchMethods.IDARTS.with(Map.of("neumannTerms", 3.0, "innerSteps", 4.0));
        assertThat(other.hypergradient()).isEqualTo(new Implicit(3, 0.01, 0.01));
        assertThat(other.gate()).isEqualTo(new InnerSteps(4));
        assertThat(SearchMethods.GDAS.with(Map.of("temperatureTo", 1.0)).relaxation())
                .isEqualTo(new HardGumbel(new GumbelSoftmax(10, 1)));
        assertThatThrownBy(() -> SearchMethods.IDARTS.with(Map.of("innerSteps", 2.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("innerSteps must be a whole number (was 2.5)");
    }

    @Test
    void shouldRefuseEdgesWhoseParametersNobodyReadsAndPartsThatMeanNothingTogether() {
        SearchMethod first = SearchMethods.DARTS_FIRST_ORDER;

        assertThatThrownBy(() -> first.with(new EdgeForm.PartialChannels(4)))
                .hasMessage(
                        "method darts-first-order cannot combine PartialChannels with Strongest: the parameters of its"
                                + " edges would not be read");
        assertThatThrownBy(() -> first.with(new EdgeWeighted()))
                .hasMessage(
                        "method darts-first-order cannot combine Full with EdgeWeighted: its edges have no parameters to"
                                + " be read");
        assertThatThrownBy(() -> SearchMethods.PC_DARTS.with(AlphaSharing.BY_CELL))
                .hasMessageStartingWith(
                        "method pc-darts cannot weigh the edges of cells that have alphas of their own");
        assertThatThrownBy(() -> SearchMethods.SDARTS_RS.with(HardGumbel.GDAS))
                .hasMessageStartingWith("method sdarts-rs cannot perturb the mixing weights of HardGumbel");
        assertThatThrownBy(() -> SearchMethods.BETA_DARTS.with(HardGumbel.GDAS))
                .hasMessage(
                        "method beta-darts cannot combine BetaDecay with HardGumbel: it holds down the normaliser of a"
                                + " softmax");
    }

    @Test
    void shouldSayWhyAMethodCannotSearchForRecurrentCells() {
        assertThat(TextSearch.METHODS).doesNotContain(SearchMethods.PC_DARTS, SearchMethods.DARTS_MINUS);
        assertThatThrownBy(() -> SearchMethods.of("pc-darts", TextSearch.METHODS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "search method 'pc-darts' cannot search for recurrent cells: a node of theirs multiplies whole"
                                + " states by one matrix, so that no part can pass it by");
        assertThatThrownBy(() -> SearchMethods.of("nothing", TextSearch.METHODS))
                .hasMessageStartingWith("unknown search method 'nothing'; known: darts-first-order, ");
    }

    @Test
    void shouldRefuseAParameterThatNoPartHasOrThatAPartRefuses() {
        assertThatThrownBy(() -> SearchMethods.BETA_DARTS.with(Map.of("betadecay", 25.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameters.betadecay is none of method beta-darts, which has betaDecay");
        assertThatThrownBy(() -> SearchMethods.DARTS_FIRST_ORDER.with(Map.of("radius", 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameters.radius is none of method darts-first-order, which has no parameters");
        assertThatThrownBy(() -> SearchMethods.DARTS_SECOND_ORDER.with(Map.of("radius", -1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("radius must be positive (was -1.0)");
    }

    @Test
    void shouldBeKnownAgainByWhatIsGivenAloneSoThatEarlierSnapshotsAreGoneOnFrom() {
        assertThat(SearchMethods.BETA_DARTS.in(Fingerprint.EMPTY).text()).isEqualTo("method=beta-darts");
        assertThat(SearchMethods.BETA_DARTS
                        .with(Map.of("betaDecay", 25.0))
                        .in(Fingerprint.EMPTY)
                        .text())
                .isEqualTo("method=beta-darts\nmethod.betaDecay=25.0");
    }
}
