package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Sigmoid;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdRuleTest {
    private static final CnnSpace SPACE = new CnnSpace(
            "two-nodes",
            List.of(Primitive.NONE, Primitive.MAX_POOL_3X3, Primitive.SEP_CONV_3X3),
            new CellShape(CnnSpace.INPUTS, 2));
    private static final float STRONG = 3;

    @Test
    void shouldLeaveOutANodeWithoutOperandsAndWhatReadsIt() {
        AlphaMatrix alphas = alphas(3, 1, 4, 2); // node 1: a pooling of input 1, a convolution of node 0

        assertThat(rule(new ThresholdSparse(0.85)).cell(alphas))
                .isEqualTo(
                        new CellGenotype(List.of(List.of(), List.of(new Gene(Primitive.MAX_POOL_3X3, 1))), List.of(3)));
    }

    @Test
    void shouldNeverKeepNone() {
        AlphaMatrix alphas = alphas(0, 0, 0, 2);

        assertThat(rule(new ThresholdEdge(0.85)).cell(alphas).genes())
                .containsExactly(new Gene(Primitive.SEP_CONV_3X3, 0));
    }

    @Test
    void shouldKeepTheStrongestOperationOnAnInputWhereNothingIsStrongEnough() {
        AlphaMatrix undecided = alphas();
        assertThat(rule(new ThresholdSparse(0.85)).cell(undecided))
                .isEqualTo(new CellGenotype(List.of(List.of(new Gene(Primitive.MAX_POOL_3X3, 0))), List.of(2)));

        AlphaMatrix fromAbsentNodeOnly = alphas(4, 2);
        assertThat(rule(new ThresholdSparse(0.85)).cell(fromAbsentNodeOnly).genes())
                .containsExactly(new Gene(Primitive.MAX_POOL_3X3, 0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void shouldRefuseAThresholdThatKeepsAllOrNothing(double threshold) {
        assertThatThrownBy(() -> new ThresholdSparse(threshold))
                .hasMessageStartingWith("threshold must lie strictly between 0 and 1");
        assertThatThrownBy(() -> Discretization.of("threshold-edge", threshold, 0))
                .hasMessageStartingWith("threshold must lie strictly between 0 and 1");
    }

    @Test
    void shouldRefuseACellThatCannotLackANode() {
        assertThatThrownBy(() -> new ThresholdEdge(0.85).rule(RecurrentSpace.DARTS, new Sigmoid()))
                .hasMessageStartingWith("derivation 'threshold-edge' leaves out nodes");
    }

    private static ThresholdRule rule(Discretization discretization) {
        return (ThresholdRule) discretization.rule(SPACE, new Sigmoid());
    }

    /** Strong ones at pairs of edge and candidate, 0 elsewhere. */
    private static AlphaMatrix alphas(int... strong) {
        float[] values = new float[SPACE.edgeCount() * SPACE.candidateCount()];
        for (int i = 0; i < strong.length; i += 2) {
            values[strong[i] * SPACE.candidateCount() + strong[i + 1]] = STRONG;
        }
        return AlphaMatrix.of(SPACE.edgeCount(), SPACE.candidateCount(), values);
    }
}
