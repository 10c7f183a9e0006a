package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.CnnAlphas;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class CollapseIndicatorsTest {
    private static final float DECIDED = 200;

    private final DerivationRule rule = new TopTwo(CnnSpace.DARTS);

    @Test
    void shouldSeeACollapsedNormalCellBesideAHealthyReduction() {
        Alphas alphas = CnnAlphas.of(
                favouring(edge -> Primitive.SKIP_CONNECT),
                favouring(edge -> edge < 7 ? Primitive.NONE : Primitive.SEP_CONV_3X3));

        CollapseIndicators indicators = rule.derive(alphas).indicators().orElseThrow();

        assertThat(indicators.normalSkips()).isEqualTo(8);
        assertThat(indicators.normalParameterFreeShare()).isEqualTo(1);
        assertThat(indicators.reduceParameterFreeShare()).isEqualTo(0.5);
        assertThat(indicators.normalEntropy()).isEqualTo(0, within(1e-12));
    }

    @Test
    void shouldCountSkipsOfTheDerivedCellAndNotOfTheEdges() {
        // Skip leads on the three edges into node 1, of which the cell keeps two.
        Alphas alphas = CnnAlphas.of(
                favouring(edge -> edge >= 2 && edge < 5 ? Primitive.SKIP_CONNECT : Primitive.DIL_CONV_3X3),
                favouring(edge -> Primitive.DIL_CONV_3X3));

        CollapseIndicators indicators = rule.derive(alphas).indicators().orElseThrow();

        assertThat(indicators.normalSkips()).isEqualTo(2);
        assertThat(indicators.normalParameterFreeShare()).isEqualTo(3 / 14.0);
        assertThat(indicators.reduceParameterFreeShare()).isZero();
    }

    @Test
    void shouldShowASearchThatHasNotDecided() {
        AlphaMatrix zero = AlphaMatrix.of(14, 8, new float[14 * 8]);
        CollapseIndicators indicators =
                rule.derive(CnnAlphas.of(zero, zero)).indicators().orElseThrow();
        assertThat(indicators.normalEntropy()).isEqualTo(Math.log(8), within(1e-12));
        assertThat(indicators.reduceEntropy()).isEqualTo(Math.log(8), within(1e-12));
    }

    @Test
    void shouldRefuseAlphasOfAnotherShape() {
        AlphaMatrix small = AlphaMatrix.of(2, 8, new float[16]);
        assertThatThrownBy(() -> rule.derive(CnnAlphas.of(small, small)))
                .hasMessage("the alphas must be normal (14, 8), reduce (14, 8) (were normal (2, 8), reduce (2, 8))");
    }

    private static AlphaMatrix favouring(IntFunction<Primitive> choice) {
        float[] values = new float[14 * 8];
        for (int edge = 0; edge < 14; edge++) {
            values[8 * edge + CnnSpace.DARTS.candidates().indexOf(choice.apply(edge))] = DECIDED;
        }
        return AlphaMatrix.of(14, 8, values);
    }
}
