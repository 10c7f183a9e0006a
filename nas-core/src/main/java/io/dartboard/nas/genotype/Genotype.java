package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.NetworkShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A discrete convolutional architecture: the two cells that a network stacks. It is all that retraining learns from a
 * search.
 *
 * @param normal cell that keeps the resolution
 * @param reduce cell that halves it
 */
public record Genotype(CellGenotype normal, CellGenotype reduce) implements StackedCells {

    /** {@inheritDoc} The reductions stand where they do in every network of two cells: at the thirds. */
    @Override
    public NetworkShape stacked(NetworkShape asked) {
        if (asked.reductions().isEmpty()) {
            throw new IllegalArgumentException(
                    "cells must be at least 3, so that a network has a normal cell and reductions at its thirds (was %d)"
                            .formatted(asked.cells()));
        }
        return asked;
    }

    @Override
    public CellGenotype cell(NetworkShape shape, int place) {
        return cell(shape.kindOf(place));
    }

    /** The cell of a kind. */
    public CellGenotype cell(CellKind kind) {
        return switch (kind) {
            case NORMAL -> normal;
            case REDUCE -> reduce;
        };
    }

    @Override
    public Genotype canonical() {
        return new Genotype(normal.canonical(), reduce.canonical());
    }

    @Override
    public String hash() {
        return Digests.sha256(canonical().toString());
    }

    @Override
    public int distance(Architecture other) {
        if (other instanceof Genotype that) {
            return GenotypeDistance.between(this, that);
        }
        throw new IllegalArgumentException("a convolutional cell has no distance to " + other);
    }

    @Override
    public Map<String, List<KeptOperation>> kept() {
        return Map.of(CellKind.NORMAL.publishedName(), normal.kept(), CellKind.REDUCE.publishedName(), reduce.kept());
    }

    @Override
    public String text() {
        return CellText.draw(this);
    }

    @Override
    public String svg(String title, String caption) {
        return CellSvg.draw(this, title, caption);
    }

    /**
     * Reads the authors' text form as programs print it and people paste it, or NNI's export of its DARTS space:
     * {@link GenotypeParser}, {@link NniExport}.
     *
     * @throws GenotypeSyntaxException if the text is not a genotype; the message says where and what was expected, or which
     *     notation it is in
     */
    public static Genotype parse(String text) {
        if (text.contains("Genotype")) {
            return new GenotypeParser(text).genotype();
        }
        if (NniExport.isMeantBy(text)) {
            return NniExport.read(text);
        }
        Optional<GenotypeSyntaxException> foreign = ForeignNotation.of(text);
        if (foreign.isPresent()) {
            throw foreign.get();
        }
        return new GenotypeParser(text).genotype();
    }

    /** The authors' text form, exactly as their programs print it. */
    @Override
    public String toString() {
        return GenotypeText.print(this);
    }
}
