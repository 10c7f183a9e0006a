package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rule of NAS-Bench-201: every edge stays, with its strongest candidate, which may be {@code none}. Ties go to the
 * earlier candidate. Where edges have parameters of their own, these change nothing, because none is left out.
 *
 * <p>Source: Dong and Yang (arXiv 2001.00326), the authors' code of DARTS on their space.
 *
 * @param space whose parameters are read
 * @param relaxation that of the search; it keeps the order of an edge's candidates, whichever it is
 * @param withEdges whether each edge has a parameter of its own beside those of its candidates
 */
public record StrongestOnEdge(NasBench201Space space, Relaxation relaxation, boolean withEdges)
        implements DerivationRule {
    @Override
    public Derivation derive(Alphas alphas) {
        return told(genotype(alphas), alphas);
    }

    /** A cell of these parameters, with what they say beside. */
    Derivation told(NasBench201Genotype genotype, Alphas alphas) {
        int skips = genotype.count(Primitive.SKIP_CONNECT);
        return new Derivation(
                genotype,
                Optional.of(CollapseIndicators.of(
                        space,
                        relaxation,
                        new Skips(skips, (double) skips / space.edgeCount()),
                        List.of(alphas.of(CellKind.NORMAL)),
                        List.of())));
    }

    /**
     * The cell of these parameters.
     *
     * @throws IllegalArgumentException if their shape is not the space's
     */
    public NasBench201Genotype genotype(Alphas alphas) {
        AlphaMatrix cell = alphas.require(layout()).of(CellKind.NORMAL);
        return new NasBench201Genotype(IntStream.range(0, cell.edges())
                .mapToObj(edge -> space.candidates().get(strongest(cell.row(edge))))
                .toList());
    }

    /** Which parameters it reads. */
    AlphaLayout layout() {
        AlphaLayout layout = AlphaLayout.sharedByKind(space);
        return withEdges ? layout.withEdges() : layout;
    }

    private static int strongest(float[] alphas) {
        int best = 0;
        for (int candidate = 1; candidate < alphas.length; candidate++) {
            best = alphas[candidate] > alphas[best] ? candidate : best;
        }
        return best;
    }
}
