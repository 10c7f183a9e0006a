package io.dartboard.nas.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("beta-decay", "zero-one", "none");

    @Test
    void shouldNameTheWordThatWasProbablyMeant() {
        assertThat(Nearest.orKnown("beta_dekay", KNOWN))
                .isEqualTo("; did you mean beta-decay? known: beta-decay, zero-one, none");
        assertThat(Nearest.orKnown("zeroone", KNOWN)).startsWith("; did you mean zero-one? ");
        assertThat(Nearest.orKnown("BETADECAY", KNOWN)).startsWith("; did you mean beta-decay? ");
    }

    @Test
    void shouldTakeLettersInAnotherOrderForAMistake() {
        assertThat(Nearest.question("sedes", List.of("space", "seeds"))).isEqualTo("; did you mean seeds?");
        assertThat(Nearest.question("x".repeat(100_000), List.of("seeds"))).isEmpty();
    }

    @Test
    void shouldGuessNothingOfAWordThatIsLikeNone() {
        assertThat(Nearest.orKnown("dropout", KNOWN)).isEqualTo("; known: beta-decay, zero-one, none");
    }
}
