package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.image.search.ImageSearch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {
    @ParameterizedTest
    @CsvSource({
        "beta-decay,   darts-first-order,  BETA_DECAY",
        "beta-decay,   darts-second-order, BETA_DECAY",
        "beta-decay,   beta-darts,         WEIGHT_DECAY",
        "beta-decay,   pc-darts,           WEIGHT_DECAY",
        "weight-decay, darts-first-order,  WEIGHT_DECAY"
    })
    void shouldTakeTheOtherWhereAMethodCannotHaveIt(String asked, String method, Remedy taken) {
        assertThat(Remedy.of(asked).forMethod(method, ImageSearch.METHODS)).isEqualTo(taken);
    }

    @Test
    void shouldTakeTheOtherWhereTheSpaceHasNoBetaDarts() {
        assertThat(Remedy.BETA_DECAY.forMethod("darts-first-order", List.of(SearchMethods.DARTS_FIRST_ORDER)))
                .isEqualTo(Remedy.WEIGHT_DECAY);
    }

    @Test
    void shouldChangeOneThing() {
        assertThat(Remedy.BETA_DECAY.method("darts-first-order")).isEqualTo("beta-darts");
        assertThat(Remedy.BETA_DECAY.weightDecay(1e-3)).isEqualTo(1e-3);
        assertThat(Remedy.WEIGHT_DECAY.method("pc-darts")).isEqualTo("pc-darts");
        assertThat(Remedy.WEIGHT_DECAY.weightDecay(3e-4)).isCloseTo(9e-4, within(1e-12));
        assertThat(Remedy.WEIGHT_DECAY.weightDecay(0))
                .as("where there was none")
                .isEqualTo(3e-4);
    }

    @Test
    void shouldRefuseWhatIsNone() {
        assertThatThrownBy(() -> Remedy.of("prayer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("remedy must be beta-decay or weight-decay (was 'prayer')");
    }
}
