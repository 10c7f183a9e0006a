package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.RecurrentPrimitive;
import java.util.List;
import java.util.Optional;

/**
 * Reads the authors' text form of a recurrent genotype, which is a call with two arguments, by name or by place, in
 * {@linkplain PythonNotation Python's notation}. Every text either yields a genotype or a
 * {@link GenotypeSyntaxException}.
 */
final class RecurrentGenotypeParser {
    static final String GENES = "recurrent";
    private static final String CONCAT = "concat";
    private static final String CALL = "Genotype";

    private final PythonNotation text;
    private Optional<List<RecurrentGene>> genes = Optional.empty();
    private Optional<List<Integer>> concat = Optional.empty();

    RecurrentGenotypeParser(String text) {
        this.text = new PythonNotation(text);
    }

    RecurrentGenotype genotype() {
        text.call(CALL);
        int close = text.arguments(CALL, this::argument);
        try {
            return new RecurrentGenotype(
                    genes.orElseThrow(() -> missing(close, GENES)), concat.orElseThrow(() -> missing(close, CONCAT)));
        } catch (GenotypeSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw text.failure(0, String.valueOf(e.getMessage()));
        }
    }

    private void argument() {
        if (text.argument(List.of(GENES, CONCAT)).equals(GENES)) {
            genes = Optional.of(text.list(this::gene));
        } else {
            concat = Optional.of(text.states());
        }
    }

    private RecurrentGene gene() {
        char close = text.open("'('");
        int start = text.position();
        String name = text.quoted("a quoted operation");
        text.take(',');
        int from = text.number();
        text.take(close);
        try {
            return new RecurrentGene(RecurrentPrimitive.of(name), from);
        } catch (IllegalArgumentException e) {
            throw text.failure(start, String.valueOf(e.getMessage()));
        }
    }

    private GenotypeSyntaxException missing(int position, String name) {
        return text.failure(position, "'%s' is missing".formatted(name));
    }
}
