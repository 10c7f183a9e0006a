package io.dartboard.derive;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.Derivation;

/** Between the contracts and the science: the only place of this service that knows both. */
final class DeriveEvents {
    private DeriveEvents() {}

    /**
     * The alphas of a checkpoint.
     *
     * @throws IllegalArgumentException if a cell's matrix is missing or has not as many values as its shape says
     */
    static Alphas alphas(AlphaCheckpointed checkpoint) {
        return new Alphas(matrix(checkpoint, "normal"), matrix(checkpoint, "reduce"));
    }

    static GenotypeDerived derived(AlphaCheckpointed checkpoint, Derivation derivation, int changedGenes) {
        var genotype = derivation.genotype();
        return new GenotypeDerived(
                checkpoint.getSearch(),
                checkpoint.getRun(),
                checkpoint.getSpace(),
                checkpoint.getSeed(),
                checkpoint.getEpoch(),
                checkpoint.getEpochs(),
                checkpoint.getAttempt(),
                genotype.toString(),
                genotype.hash(),
                checkpoint.getFinalEpoch(),
                checkpoint.getValidAccuracy(),
                derivation.indicators().normalSkips(),
                derivation.indicators().normalParameterFreeShare(),
                changedGenes,
                checkpoint.getMeasure(),
                0.0);
    }

    private static AlphaMatrix matrix(AlphaCheckpointed checkpoint, String cell) {
        var matrix = checkpoint.getAlphas().stream()
                .filter(each -> each.getCell().equals(cell))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("search %s, epoch %d: no alphas for the %s cell"
                        .formatted(checkpoint.getSearch(), checkpoint.getEpoch(), cell)));
        var values = new float[matrix.getValues().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.getValues().get(i);
        }
        return AlphaMatrix.of(matrix.getEdges(), matrix.getOperations(), values);
    }
}
