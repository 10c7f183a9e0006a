package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads a convolutional genotype as the authors' programs, and those that follow them, print it: a call with four arguments
 * in {@linkplain PythonNotation Python's notation}, by name in any order or by place. A gene is a pair of operation and state;
 * pairs may be grouped by node. Triples are read where their meaning is certain: with a strength, as search logs print
 * them, which is passed over; and as FairDARTS (arXiv 1911.12126) prints them, operation, node and state, of which a node may
 * have any number. Every text either yields a genotype or a {@link GenotypeSyntaxException}.
 */
final class GenotypeParser {
    private static final String CALL = "Genotype";
    /** Genes and output of each kind of cell. */
    private static final List<String> ARGUMENTS = Stream.of(CellKind.values())
            .flatMap(kind -> Stream.of(kind.publishedName(), concat(kind)))
            .toList();

    private final PythonNotation text;
    private final Map<CellKind, List<Entry>> genes = new EnumMap<>(CellKind.class);
    private final Map<CellKind, List<Integer>> concats = new EnumMap<>(CellKind.class);
    private final Map<CellKind, Integer> positions = new EnumMap<>(CellKind.class);

    /** What stands in a list of genes. */
    private record Entry(int position, String operation, int second, OptionalDouble third) {
        /** True if it can be a triple of operation, node and state. */
        boolean namesItsNode() {
            return third.isPresent()
                    && third.getAsDouble() == Math.rint(third.getAsDouble())
                    && second >= CellGenotype.INPUTS
                    && third.getAsDouble() >= 0
                    && third.getAsDouble() < second;
        }
    }

    GenotypeParser(String text) {
        this.text = new PythonNotation(text);
    }

    Genotype genotype() {
        text.call(CALL);
        int close = text.arguments(CALL, this::argument);
        return new Genotype(cell(CellKind.NORMAL, close), cell(CellKind.REDUCE, close));
    }

    private void argument() {
        int start = text.position();
        String name = text.argument(ARGUMENTS);
        int place = ARGUMENTS.indexOf(name);
        CellKind kind = CellKind.values()[place / 2];
        positions.putIfAbsent(kind, start);
        if (place % 2 == 0) {
            genes.put(kind, entries());
        } else {
            concats.put(kind, text.states());
        }
    }

    private static String concat(CellKind kind) {
        return kind.publishedName() + "_concat";
    }

    /** Genes one after the other, or grouped by node. */
    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (List<Entry> some : text.list(this::oneOrGroup)) {
            entries.addAll(some);
        }
        return entries;
    }

    private List<Entry> oneOrGroup() {
        if (!text.opensTwice()) {
            return List.of(entry());
        }
        int start = text.position();
        List<Entry> group = text.list(this::entry);
        if (group.size() != CellGenotype.GENES_PER_NODE) {
            throw text.failure(start, "a node has two genes (had %d)".formatted(group.size()));
        }
        return group;
    }

    private Entry entry() {
        char close = text.open("'('");
        int start = text.position();
        String operation = text.quoted("a quoted operation");
        text.take(',');
        int second = text.number();
        OptionalDouble third = OptionalDouble.empty();
        if (text.peek() == ',') {
            text.take(',');
            if (text.peek() != close) {
                third = OptionalDouble.of(text.decimal());
                if (text.peek() == ',') {
                    text.take(',');
                }
            }
        }
        text.take(close);
        Entry entry = new Entry(start, operation, second, third);
        gene(entry, 0); // Whether there is such an operation is told first, whatever else is missing.
        return entry;
    }

    private CellGenotype cell(CellKind kind, int end) {
        List<Entry> entries = Optional.ofNullable(genes.get(kind))
                .orElseThrow(() -> text.failure(end, "'%s' is missing".formatted(kind.publishedName())));
        List<Integer> concat = Optional.ofNullable(concats.get(kind))
                .orElseThrow(() -> text.failure(end, "'%s' is missing".formatted(concat(kind))));
        int start = positions.getOrDefault(kind, end);
        boolean byNode = !entries.isEmpty() && entries.stream().allMatch(Entry::namesItsNode);
        long triples =
                entries.stream().filter(entry -> entry.third().isPresent()).count();
        if (triples > 0 && triples < entries.size()) {
            throw text.failure(
                    start,
                    "%s cell: %d of %d genes have three entries; all have, or none"
                            .formatted(kind.publishedName(), triples, entries.size()));
        }
        try {
            return byNode
                    ? CellGenotype.existing(byNode(entries), concat)
                    : CellGenotype.ofPairs(
                            entries.stream()
                                    .map(entry -> gene(entry, entry.second()))
                                    .toList(),
                            concat);
        } catch (IllegalArgumentException e) {
            throw text.failure(start, kind.publishedName() + " cell: " + e.getMessage());
        }
    }

    /** Triples of operation, node and state, by node. */
    private List<List<Gene>> byNode(List<Entry> entries) {
        int end = entries.stream().mapToInt(Entry::second).max().orElse(1) + 1;
        return IntStream.range(CellGenotype.INPUTS, end)
                .mapToObj(state -> entries.stream()
                        .filter(entry -> entry.second() == state)
                        .map(entry -> gene(entry, (int) entry.third().orElseThrow()))
                        .toList())
                .toList();
    }

    private Gene gene(Entry entry, int from) {
        try {
            return new Gene(Primitive.of(entry.operation()), from);
        } catch (IllegalArgumentException e) {
            throw text.failure(entry.position(), String.valueOf(e.getMessage()));
        }
    }
}
