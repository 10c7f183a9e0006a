package io.dartboard.nas.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptCandidatesTest {
    private static final Softmax SOFTMAX = new Softmax();

    private static Alphas alphas(float... values) {
        return new Alphas(Map.of("normal", AlphaMatrix.of(2, 4, values)));
    }

    @Test
    void shouldKeepWhatWeighsMostAndOfEqualOnesTheLater() {
        KeptCandidates kept =
                KeptCandidates.strongest(alphas(0.1f, 0.4f, 0.3f, 0.2f, 0.5f, 0.5f, 0.5f, 0.9f), SOFTMAX, 2);

        assertThat(kept.over(alphas(1, 2, 3, 4, 5, 6, 7, 8)))
                .isEqualTo(alphas(
                        KeptCandidates.DROPPED,
                        2,
                        3,
                        KeptCandidates.DROPPED,
                        KeptCandidates.DROPPED,
                        KeptCandidates.DROPPED,
                        7,
                        8));
        assertThat(kept.keeps("normal", 0, 1)).isTrue();
        assertThat(kept.keeps("normal", 0, 3)).isFalse();
        assertThat(kept.most(4)).isEqualTo(2);
    }

    /** The alphas of a stage say what the stages before have dropped, however strong the rest. */
    @Test
    void shouldDropNothingAgainAndGiveItNoWeight() {
        Alphas second = KeptCandidates.strongest(alphas(1, 2, 3, 4, 4, 3, 2, 1), SOFTMAX, 3)
                .over(alphas(0, -40, -50, 0, -3, -2, -1, 0));

        KeptCandidates third = KeptCandidates.strongest(second, SOFTMAX, 2);

        assertThat(third).isEqualTo(KeptCandidates.of(third.over(second)));
        assertThat(third.keeps("normal", 0, 0)).isFalse();
        assertThat(third.keeps("normal", 0, 1)).isTrue();
        assertThat(third.keeps("normal", 1, 3)).isFalse();
        for (Relaxation relaxation : new Relaxation[] {SOFTMAX, new Sigmoid()}) {
            assertThat(relaxation.weights(second.of("normal").row(0))[0]).isZero();
            assertThat(relaxation.weights(second.of("normal").row(0))[1]).isPositive();
        }
        assertThat(KeptCandidates.strongest(second, SOFTMAX, 9)).isEqualTo(KeptCandidates.of(second));
    }

    @Test
    void shouldKeepAllWhereNothingIsDropped() {
        Alphas any = alphas(1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(KeptCandidates.ALL.over(any)).isEqualTo(any);
        assertThat(KeptCandidates.ALL.keeps("reduce", 13, 7)).isTrue();
        assertThat(KeptCandidates.ALL.most(4)).isEqualTo(4);
    }
}
