package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellSequence;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cells of a sequence that share their alphas by kind. */
class SequenceReadingTest {
    private static final CnnSpace DARTS = CnnSpace.DARTS;
    private static final CnnSpace SINGLE = in("single", List.of(0), List.of());
    private static final CnnSpace LATE = in("late", List.of(0, 0, 0, 1), List.of(3));

    private static CnnSpace in(String id, List<Integer> cells, List<Integer> reductions) {
        return new CnnSpace(
                id, DARTS.candidates(), new CellShape(2, 4), Optional.of(new CellSequence(cells, reductions)));
    }

    @Test
    void shouldReadOneNormalCellWhereThereIsNoReduction() {
        Alphas pair = Alphas.initial(AlphaLayout.sharedByKind(DARTS), new RandomStreams(1).stream("alphas"));
        CellGenotype normal = ((Genotype) DerivationRule.of(DARTS).derive(pair).architecture()).normal();
        Alphas alone = new Alphas(Map.of("normal", pair.of("normal")));

        Derivation derived = DerivationRule.of(SINGLE).derive(alone);

        assertThat(SINGLE.cells()).containsExactly("normal");
        assertThat(derived.architecture()).isEqualTo(new DistributedGenotype(List.of(normal), List.of()));
        assertThat(derived.indicators().orElseThrow().normalEntropy()).isPositive();
        assertThat(derived.indicators().orElseThrow().reduceEntropy()).isZero();
    }

    @Test
    void shouldPutTheCellsOfBothKindsWhereTheSequenceHasThem() {
        Alphas pair = Alphas.initial(AlphaLayout.sharedByKind(DARTS), new RandomStreams(2).stream("alphas"));
        Genotype both = (Genotype) DerivationRule.of(DARTS).derive(pair).architecture();

        assertThat(DerivationRule.of(LATE).derive(pair).architecture())
                .isEqualTo(new DistributedGenotype(
                        List.of(both.normal(), both.normal(), both.normal(), both.reduce()), List.of(3)));
    }

    @Test
    void shouldReadEdgesThatCompete() {
        AlphaLayout layout = AlphaLayout.sharedByKind(DARTS).withEdges();
        Alphas pair = Alphas.initial(layout, new RandomStreams(3).stream("alphas"));
        CellGenotype normal =
                new EdgeWeightedTopTwo(DARTS, new Softmax()).genotype(pair).normal();
        Map<String, AlphaMatrix> alone = new HashMap<>();
        alone.put("normal.edges", pair.of("normal.edges"));
        alone.put("normal", pair.of("normal"));

        assertThat(new EdgeWeightedTopTwo(SINGLE, new Softmax())
                        .derive(new Alphas(new TreeMap<>(alone)))
                        .architecture())
                .isEqualTo(new DistributedGenotype(List.of(normal), List.of()));
    }

    /** What the gap of discretisation is measured with. */
    @Test
    void shouldMixTheSupernetByTheCellThatStandsFirst() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SINGLE);
        Alphas alphas = Alphas.initial(layout, new RandomStreams(4).stream("alphas"));

        float[] mixture = DiscreteMixture.of(
                SINGLE, layout, DerivationRule.of(SINGLE).derive(alphas).architecture());

        assertThat(IntStream.range(0, mixture.length)
                        .mapToDouble(i -> mixture[i])
                        .sum())
                .isEqualTo(8);
    }

    @Test
    void shouldKnowWhereCellsOfAKindDiffer() {
        assertThat(SINGLE.cellsOfAKindDiffer()).isFalse();
        assertThat(LATE.cellsOfAKindDiffer()).isFalse();
        assertThat(DARTS.cellsOfAKindDiffer()).isFalse();
        assertThat(in("other", List.of(0, 1, 2), List.of(2)).cellsOfAKindDiffer())
                .isTrue();
        assertThat(in("both", List.of(0, 0, 0), List.of(2)).cellsOfAKindDiffer())
                .isTrue();
        assertThat(CnnSpace.DARTOPTI_RESNET50.cellsOfAKindDiffer()).isTrue();
    }
}
