package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads an architecture of cells that were each searched in their own place: a call with the cells, the output and the places
 * of reductions by name, in {@linkplain PythonNotation Python's notation}. A gene is a triple of operation, node and state.
 */
final class DistributedGenotypeParser {
    private static final String CALL = "Genotype";
    private static final String GENES = "genes";
    private static final String CONCAT = "concat";
    private static final String REDUCTIONS = "reductions";
    private static final String DEEPENING = "deepening";
    private static final Pattern MARK = Pattern.compile("(?s).*\\bGenotype\\s*\\(\\s*genes\\s*=.*");

    private final PythonNotation text;
    private final List<List<Triple>> cells = new ArrayList<>();
    private Optional<List<Integer>> concat = Optional.empty();
    private Optional<List<Integer>> reductions = Optional.empty();
    private Deepening deepening = Deepening.CORRECTED;

    private record Triple(int position, Gene gene, int state) {}

    DistributedGenotypeParser(String text) {
        this.text = new PythonNotation(text);
    }

    /** Whether a text is of this form: its first argument is named {@code genes}. */
    static boolean hasForm(String text) {
        return MARK.matcher(text).matches();
    }

    DistributedGenotype genotype() {
        text.call(CALL);
        int start = text.position();
        int close = text.arguments(CALL, this::argument);
        List<Integer> output = concat.orElseThrow(() -> text.failure(close, "'concat' is missing"));
        List<Integer> places = reductions.orElseThrow(() -> text.failure(close, "'reductions' is missing"));
        try {
            List<CellGenotype> read = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                read.add(cell(i, cells.get(i), output));
            }
            return new DistributedGenotype(read, places, deepening);
        } catch (IllegalArgumentException e) {
            throw e instanceof GenotypeSyntaxException ? e : text.failure(start, String.valueOf(e.getMessage()));
        }
    }

    private void argument() {
        String name = text.argument(List.of(GENES, CONCAT, REDUCTIONS, DEEPENING));
        switch (name) {
            case GENES -> cells.addAll(text.list(() -> text.list(this::triple)));
            case CONCAT -> concat = Optional.of(text.states());
            case REDUCTIONS -> reductions = Optional.of(text.states());
            default -> deepening = deepening();
        }
    }

    private Deepening deepening() {
        int start = text.position();
        String title = text.quoted("a quoted deepening");
        for (Deepening known : Deepening.values()) {
            if (known.title().equals(title.toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        throw text.failure(start, "unknown deepening '%s'; known: corrected, published".formatted(title));
    }

    private Triple triple() {
        char close = text.open("'('");
        int start = text.position();
        String operation = text.quoted("a quoted operation");
        text.take(',');
        int node = text.number();
        text.take(',');
        int from = text.number();
        text.take(close);
        if (node < CellGenotype.INPUTS || node >= CellGenotype.INPUTS + CellGenotype.MAX_NODES) {
            throw text.failure(
                    start,
                    "a gene leads to states %d to %d (was %d)"
                            .formatted(CellGenotype.INPUTS, CellGenotype.INPUTS + CellGenotype.MAX_NODES - 1, node));
        }
        try {
            return new Triple(start, new Gene(Primitive.of(operation), from), node);
        } catch (IllegalArgumentException e) {
            throw text.failure(start, String.valueOf(e.getMessage()));
        }
    }

    private static CellGenotype cell(int place, List<Triple> genes, List<Integer> output) {
        int end = genes.stream().mapToInt(Triple::state).max().orElse(CellGenotype.INPUTS) + 1;
        List<List<Gene>> operands = IntStream.range(CellGenotype.INPUTS, end)
                .mapToObj(state -> genes.stream()
                        .filter(triple -> triple.state() == state)
                        .map(Triple::gene)
                        .toList())
                .toList();
        try {
            return CellGenotype.existing(operands, output);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cell %d: %s".formatted(place, e.getMessage()), e);
        }
    }
}
