package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.NasBench201Space;
import java.util.List;
import java.util.stream.IntStream;

/**
 * As {@link StrongestOnEdge}, but the cell has no more than so many skip connections: see {@link RestrictedSkips}. Where one goes,
 * its edge has what is strongest beside it.
 *
 * @param space space whose parameters are read
 * @param relaxation that of the search
 * @param mostSkips that a cell has
 */
record RestrictedOnEdge(NasBench201Space space, Relaxation relaxation, int mostSkips) implements DerivationRule {
    @Override
    public Derivation derive(Alphas alphas) {
        StrongestOnEdge plain = new StrongestOnEdge(space, relaxation, false);
        AlphaMatrix cell = alphas.require(plain.layout()).of(CellKind.NORMAL);
        double[][] weights = relaxation.weights(cell);
        space.skip().ifPresent(skip -> new SkipRestriction(skip, mostSkips)
                .on(weights, changed -> skipping(changed, skip)));
        NasBench201Genotype genotype = new NasBench201Genotype(IntStream.range(0, weights.length)
                .mapToObj(edge -> space.candidates().get(strongest(weights[edge])))
                .toList());
        return plain.told(genotype, alphas);
    }

    private static List<Integer> skipping(double[][] weights, int skip) {
        return IntStream.range(0, weights.length)
                .filter(edge -> strongest(weights[edge]) == skip)
                .boxed()
                .toList();
    }

    private static int strongest(double[] weights) {
        int best = 0;
        for (int candidate = 1; candidate < weights.length; candidate++) {
            best = weights[candidate] > weights[best] ? candidate : best;
        }
        return best;
    }
}
