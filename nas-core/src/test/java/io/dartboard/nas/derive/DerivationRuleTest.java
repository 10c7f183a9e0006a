package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Sigmoid;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DerivationRuleTest {
    private static final CnnSpace SPACE =
            new CnnSpace("three-edges", List.of(Primitive.SEP_CONV_3X3, Primitive.MAX_POOL_3X3), new CellShape(2, 2));

    static List<SearchSpace> spaces() {
        return SearchSpace.all();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void shouldHaveARuleForEverySpaceThatCanBeAskedFor(SearchSpace space) {
        Alphas alphas = Alphas.initial(layout(space), new RandomStreams(1).stream("alphas"));

        Derivation derivation = DerivationRule.of(space).derive(alphas);

        assertThat(derivation.architecture()).hasSameClassAs(Architecture.random(space, 1));
        assertThat(derivation.architecture().distance(derivation.architecture()))
                .isZero();
        assertThat(derivation.indicators().isEmpty())
                .isEqualTo(space.parameterFree().isEmpty());
        assertThat(DerivationRule.of(space).space()).isEqualTo(space);
    }

    /** Around a known network each of its cells is searched by itself. */
    private static AlphaLayout layout(SearchSpace space) {
        return space instanceof CnnSpace cnn && cnn.sequence().isPresent()
                ? AlphaSharing.BY_CELL.layout(cnn, cnn.sequence().get().places())
                : AlphaLayout.sharedByKind(space);
    }

    /** Edge 0 of node 1 has two large parameters, which share a softmax and do not share a sigmoid. */
    @Test
    void shouldWeighEdgesByTheRelaxationOfTheSearch() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        float[] flat = new float[layout.size()];
        for (int start : new int[] {0, layout.size() / 2}) {
            int edge = start + 2 * SPACE.cell().edgeIndex(1, 0);
            flat[edge] = 4;
            flat[edge + 1] = 3.9f;
            flat[start + 2 * SPACE.cell().edgeIndex(1, 1)] = 2;
            flat[start + 2 * SPACE.cell().edgeIndex(1, 2)] = 3;
        }
        Alphas alphas = Alphas.of(layout, flat);

        assertThat(secondNode(new TopTwo(SPACE, new Softmax()).genotype(alphas)))
                .containsExactly(2, 1);
        assertThat(secondNode(new TopTwo(SPACE, new Sigmoid()).genotype(alphas)))
                .containsExactly(0, 2);
    }

    @Test
    void shouldReadACellForEachPlaceWhereEachHasAlphasOfItsOwn() {
        AlphaLayout layout = AlphaSharing.BY_CELL.layout(CnnSpace.FAIR_DARTS, 4);
        Alphas alphas = Alphas.initial(layout, new RandomStreams(1).stream("alphas"));
        TopTwo rule = new TopTwo(CnnSpace.FAIR_DARTS, new Sigmoid());

        Derivation derivation = rule.derive(alphas);

        DistributedGenotype derived = (DistributedGenotype) derivation.architecture();
        assertThat(derived.reductions()).containsExactly(1, 2);
        for (int place = 0; place < 4; place++) {
            assertThat(derived.cells().get(place)).isEqualTo(rule.cell(alphas.of("cell" + place)));
        }
        assertThat(derivation.indicators().orElseThrow().normalSkips())
                .isEqualTo(Math.max(
                        derived.cells().get(0).count(Primitive.SKIP_CONNECT),
                        derived.cells().get(3).count(Primitive.SKIP_CONNECT)));
        assertThat(Architecture.parse(derived.toString())).isEqualTo(derived);
    }

    private static List<Integer> secondNode(Genotype genotype) {
        return genotype.normal().genesOf(1).stream().map(Gene::from).toList();
    }
}
