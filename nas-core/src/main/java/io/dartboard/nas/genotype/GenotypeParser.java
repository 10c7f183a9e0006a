package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Recursive descent over the authors' text form, which is a call with four named arguments in Python's notation. White
 * space, either kind of quote, the order of the arguments, a comma before a closing bracket, and {@code range(2, 6)}
 * for a concatenation are all accepted, because published genotypes use them. Every text either yields a genotype or
 * a {@link GenotypeSyntaxException}.
 */
final class GenotypeParser {
    private static final int END = -1;
    private static final int MAX_DIGITS = 4;

    private final String text;
    private int at;

    GenotypeParser(String text) {
        this.text = text;
    }

    Genotype genotype() {
        int call = skipSpace();
        if (!word().equals("Genotype")) {
            throw expected(call, "'Genotype('");
        }
        take('(');
        Map<CellKind, List<Gene>> genes = new EnumMap<>(CellKind.class);
        Map<CellKind, List<Integer>> concats = new EnumMap<>(CellKind.class);
        Map<CellKind, Integer> positions = new EnumMap<>(CellKind.class);
        while (peek() != ')') {
            argument(genes, concats, positions);
            if (peek() != ')') {
                take(',');
            }
        }
        int close = skipSpace();
        take(')');
        if (peek() != END) {
            throw expected(at, "the end of the text");
        }
        return new Genotype(
                cell(CellKind.NORMAL, genes, concats, positions, close),
                cell(CellKind.REDUCE, genes, concats, positions, close));
    }

    private void argument(
            Map<CellKind, List<Gene>> genes, Map<CellKind, List<Integer>> concats, Map<CellKind, Integer> positions) {
        int start = skipSpace();
        String name = word();
        for (CellKind kind : CellKind.values()) {
            boolean isGenes = name.equals(kind.publishedName());
            if (isGenes || name.equals(kind.publishedName() + "_concat")) {
                if (isGenes ? genes.containsKey(kind) : concats.containsKey(kind)) {
                    throw new GenotypeSyntaxException(start, "'%s' is given twice".formatted(name));
                }
                take('=');
                positions.putIfAbsent(kind, start);
                if (isGenes) {
                    genes.put(kind, genes());
                } else {
                    concats.put(kind, concat());
                }
                return;
            }
        }
        throw expected(start, "one of normal, normal_concat, reduce, reduce_concat");
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

    private List<Gene> genes() {
        List<Gene> genes = new ArrayList<>();
        take('[');
        while (peek() != ']') {
            genes.add(gene());
            if (peek() != ']') {
                take(',');
            }
        }
        take(']');
        return genes;
    }

    private Gene gene() {
        take('(');
        int start = skipSpace();
        String name = quoted();
        take(',');
        int from = number();
        take(')');
        try {
            return new Gene(Primitive.of(name), from);
        } catch (IllegalArgumentException e) {
            throw new GenotypeSyntaxException(start, String.valueOf(e.getMessage()));
        }
    }

    private List<Integer> concat() {
        if (peek() != '[') {
            return range();
        }
        List<Integer> concat = new ArrayList<>();
        take('[');
        while (peek() != ']') {
            concat.add(number());
            if (peek() != ']') {
                take(',');
            }
        }
        take(']');
        return concat;
    }

    private List<Integer> range() {
        int start = skipSpace();
        if (!word().equals("range")) {
            throw expected(start, "'[' or 'range('");
        }
        take('(');
        int from = number();
        take(',');
        int to = number();
        take(')');
        return IntStream.range(from, to).boxed().toList();
    }

    private String quoted() {
        int quote = peek();
        if (quote != '\'' && quote != '"') {
            throw expected(at, "a quoted operation");
        }
        int close = text.indexOf(quote, at + 1);
        if (close < 0) {
            throw new GenotypeSyntaxException(at, "expected a closing %c for this quote".formatted((char) quote));
        }
        String name = text.substring(at + 1, close);
        at = close + 1;
        return name;
    }

    private int number() {
        int start = skipSpace();
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > MAX_DIGITS) {
            throw expected(start, "the number of a state");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private String word() {
        int start = skipSpace();
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void take(char symbol) {
        if (peek() != symbol) {
            throw expected(at, "'" + symbol + "'");
        }
        at++;
    }

    private int peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : END;
    }

    private int skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private GenotypeSyntaxException expected(int position, String what) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end of the text";
        return new GenotypeSyntaxException(position, "expected %s but found %s".formatted(what, found));
    }
}
