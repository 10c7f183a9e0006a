package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.Primitive;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the authors' text form of a convolutional genotype, which is a call with four named arguments in
 * {@linkplain PythonNotation Python's notation}; their order does not matter. Every text either yields a genotype or a
 * {@link GenotypeSyntaxException}.
 */
final class GenotypeParser {
    private final PythonNotation text;

    GenotypeParser(String text) {
        this.text = new PythonNotation(text);
    }

    Genotype genotype() {
        text.call("Genotype");
        Map<CellKind, List<Gene>> genes = new EnumMap<>(CellKind.class);
        Map<CellKind, List<Integer>> concats = new EnumMap<>(CellKind.class);
        Map<CellKind, Integer> positions = new EnumMap<>(CellKind.class);
        int close = text.arguments(() -> argument(genes, concats, positions));
        return new Genotype(
                cell(CellKind.NORMAL, genes, concats, positions, close),
                cell(CellKind.REDUCE, genes, concats, positions, close));
    }

    private void argument(
            Map<CellKind, List<Gene>> genes, Map<CellKind, List<Integer>> concats, Map<CellKind, Integer> positions) {
        int start = text.position();
        String name = text.word();
        for (CellKind kind : CellKind.values()) {
            boolean isGenes = name.equals(kind.publishedName());
            if (isGenes || name.equals(kind.publishedName() + "_concat")) {
                if (isGenes ? genes.containsKey(kind) : concats.containsKey(kind)) {
                    throw new GenotypeSyntaxException(start, "'%s' is given twice".formatted(name));
                }
                text.take('=');
                positions.putIfAbsent(kind, start);
                if (isGenes) {
                    genes.put(kind, text.list(this::gene));
                } else {
                    concats.put(kind, text.states());
                }
                return;
            }
        }
        throw text.expected(start, "one of normal, normal_concat, reduce, reduce_concat");
    }

    private static CellGenotype cell(
            CellKind kind,
            Map<CellKind, List<Gene>> genes,
            Map<CellKind, List<Integer>> concats,
            Map<CellKind, Integer> positions,
            int end) {
        List<Gene> found = genes.get(kind);
        if (found == null) {
            throw new GenotypeSyntaxException(end, "'%s' is missing".formatted(kind.publishedName()));
        }
        List<Integer> concat = concats.get(kind);
        if (concat == null) {
            throw new GenotypeSyntaxException(end, "'%s_concat' is missing".formatted(kind.publishedName()));
        }
        try {
            return new CellGenotype(found, concat);
        } catch (IllegalArgumentException e) {
            throw new GenotypeSyntaxException(
                    positions.getOrDefault(kind, end), kind.publishedName() + " cell: " + e.getMessage());
        }
    }

    private Gene gene() {
        text.take('(');
        int start = text.position();
        String name = text.quoted("a quoted operation");
        text.take(',');
        int from = text.number();
        text.take(')');
        try {
            return new Gene(Primitive.of(name), from);
        } catch (IllegalArgumentException e) {
            throw new GenotypeSyntaxException(start, String.valueOf(e.getMessage()));
        }
    }
}
