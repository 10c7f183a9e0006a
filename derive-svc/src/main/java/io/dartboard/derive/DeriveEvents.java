package io.dartboard.derive;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.derive.Discretization;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.score.Scale;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/** Between the contracts and the science: the only place of this service that knows both. */
final class DeriveEvents {
    private DeriveEvents() {}

    /**
     * The rule by which the alphas of a checkpoint are to be read.
     *
     * @throws IllegalArgumentException if the space, the relaxation or the derivation that it names is none of those known, or
     *     if they do not go together
     */
    static DerivationRule rule(AlphaCheckpointed checkpoint) {
        return Discretization.of(checkpoint.getDerivation(), checkpoint.getThreshold())
                .rule(SearchSpace.of(checkpoint.getSpace()), Relaxation.of(checkpoint.getRelaxation()));
    }

    /**
     * The alphas of a checkpoint, by group.
     *
     * @throws IllegalArgumentException if a matrix has not as many values as its shape says
     */
    static Alphas alphas(AlphaCheckpointed checkpoint) {
        var groups = new LinkedHashMap<String, AlphaMatrix>();
        checkpoint.getAlphas().forEach(matrix -> groups.put(matrix.getCell(), matrix(matrix)));
        return new Alphas(groups);
    }

    /** What is read of a checkpoint; whoever refuses to is told whose it is. */
    static DerivedCell read(AlphaCheckpointed checkpoint, Supplier<DerivedCell> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "search %s, epoch %d in space '%s': %s"
                            .formatted(
                                    checkpoint.getSearch(),
                                    checkpoint.getEpoch(),
                                    checkpoint.getSpace(),
                                    e.getMessage()),
                    e);
        }
    }

    static GenotypeDerived derived(AlphaCheckpointed checkpoint, DerivedCell cell) {
        return new GenotypeDerived(
                checkpoint.getSearch(),
                checkpoint.getRun(),
                checkpoint.getSpace(),
                checkpoint.getSeed(),
                checkpoint.getEpoch(),
                checkpoint.getEpochs(),
                checkpoint.getAttempt(),
                cell.genotype(),
                cell.hash(),
                checkpoint.getFinalEpoch(),
                checkpoint.getValidAccuracy(),
                cell.normalSkips(),
                cell.normalParameterFree(),
                cell.changedGenes(),
                checkpoint.getMeasure(),
                Scale.shown(checkpoint.getMeasure()).perplexity(checkpoint.getValidLoss()),
                cell.moved().isPresent() ? cell.moved().getAsDouble() : null);
    }

    private static AlphaMatrix matrix(io.dartboard.events.AlphaMatrix matrix) {
        var values = new float[matrix.getValues().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.getValues().get(i);
        }
        return AlphaMatrix.of(matrix.getEdges(), matrix.getOperations(), values);
    }
}
