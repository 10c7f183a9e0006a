package io.dartboard.nas.genotype;

import io.dartboard.nas.provenance.Digests;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A discrete recurrent architecture. Gene {@code i} is node {@code i}, which is state {@code 1 + i}; the cell's output is
 * the mean of the states in {@code concat}. The order of both lists is kept, because it is the order of a network's
 * weights; {@link #canonical()} forgets it.
 *
 * <p>Source: DARTS (arXiv 1806.09055), sections 2.1 and 3.1.
 *
 * @param genes one per node
 * @param concat nodes that form the output, as states from 1
 */
public record RecurrentGenotype(List<RecurrentGene> genes, List<Integer> concat) implements Architecture {
    private static final Pattern ACTIVATION = Pattern.compile("['\"](?:tanh|relu|sigmoid|identity)['\"]");

    /** Most nodes a cell may have; published cells have 8 and 11. */
    public static final int MAX_NODES = 64;

    public RecurrentGenotype {
        genes = List.copyOf(genes);
        concat = List.copyOf(concat);
        if (genes.isEmpty()) {
            throw new IllegalArgumentException("a recurrent cell needs at least one node");
        }
        if (genes.size() > MAX_NODES) {
            throw new IllegalArgumentException(
                    "a recurrent cell has at most %d nodes (had %d)".formatted(MAX_NODES, genes.size()));
        }
        for (int node = 0; node < genes.size(); node++) {
            if (genes.get(node).from() > node) {
                throw new IllegalArgumentException("node %d of a recurrent cell can read states 0 to %d (was %d)"
                        .formatted(node, node, genes.get(node).from()));
            }
        }
        if (concat.isEmpty()) {
            throw new IllegalArgumentException("the output of a recurrent cell needs at least one node");
        }
        for (int state : concat) {
            if (state < 1 || state > genes.size()) {
                throw new IllegalArgumentException("the output of this recurrent cell can hold states 1 to %d (was %d)"
                        .formatted(genes.size(), state));
            }
        }
        if (new HashSet<>(concat).size() != concat.size()) {
            throw new IllegalArgumentException("the output holds a state twice: %s".formatted(concat));
        }
    }

    /** Number of nodes. */
    public int nodes() {
        return genes.size();
    }

    @Override
    public RecurrentGenotype canonical() {
        return CanonicalTree.of(this);
    }

    @Override
    public String hash() {
        return Digests.sha256(canonical().toString());
    }

    @Override
    public int distance(Architecture other) {
        if (other instanceof RecurrentGenotype that) {
            return RecurrentGenotypeDistance.between(this, that);
        }
        throw new IllegalArgumentException("a recurrent cell has no distance to " + other);
    }

    @Override
    public Map<String, List<KeptOperation>> kept() {
        return Map.of(
                RecurrentSpace.CELL,
                IntStream.range(0, nodes())
                        .mapToObj(node -> new KeptOperation(
                                node, genes.get(node).from(), genes.get(node).op()))
                        .toList());
    }

    @Override
    public String text() {
        return CellText.draw(this);
    }

    @Override
    public String svg(String title, String caption) {
        return CellSvg.draw(this, title, caption);
    }

    /** Whether a text is meant as a recurrent genotype, be it right or wrong: it names a recurrent cell, or an activation. */
    public static boolean isMeantBy(String text) {
        return ACTIVATION.matcher(text).find()
                || (text.contains(RecurrentGenotypeParser.GENES) && !text.contains("reduce"));
    }

    /**
     * Reads the authors' text form.
     *
     * @throws GenotypeSyntaxException if the text is not a recurrent genotype; the message says where and what was
     *     expected
     */
    public static RecurrentGenotype parse(String text) {
        return new RecurrentGenotypeParser(text).genotype();
    }

    /** The authors' text form; an output of consecutive states is a range, as their programs print it. */
    @Override
    public String toString() {
        return RecurrentGenotypeText.print(this);
    }
}
