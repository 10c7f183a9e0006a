package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.stream.IntStream;

/**
 * As {@link TopTwo}, but the normal cell has no more than so many skip connections: see {@link RestrictedSkips}.
 *
 * @param space space whose parameters are read
 * @param relaxation that of the search
 * @param mostSkips that a normal cell has
 */
record RestrictedTopTwo(CnnSpace space, Relaxation relaxation, int mostSkips) implements DerivationRule {
    @Override
    public Derivation derive(Alphas alphas) {
        TopTwo plain = new TopTwo(space, relaxation);
        return CellReading.ofKinds(
                space,
                relaxation,
                kind -> kind == CellKind.NORMAL ? normal(plain, alphas.of(kind)) : plain.cell(alphas.of(kind)),
                alphas);
    }

    private CellGenotype normal(TopTwo plain, AlphaMatrix alphas) {
        double[][] weights = relaxation.weights(alphas);
        space.skip().ifPresent(skip -> new SkipRestriction(skip, mostSkips)
                .on(weights, changed -> skipping(plain.cell(changed))));
        return plain.cell(weights);
    }

    private List<Integer> skipping(CellGenotype cell) {
        return IntStream.range(0, cell.nodes())
                .boxed()
                .flatMap(node -> cell.genesOf(node).stream()
                        .filter(gene -> gene.op().equals(Primitive.SKIP_CONNECT))
                        .map(gene -> space.cell().edgeIndex(node, gene.from())))
                .toList();
    }
}
