package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.RecurrentPrimitive;
import java.util.List;
import java.util.Optional;

/**
 * Reads the authors' text form of a recurrent genotype, which is a call with two named arguments in
 * {@linkplain PythonNotation Python's notation}. Every text either yields a genotype or a
 * {@link GenotypeSyntaxException}.
 */
final class RecurrentGenotypeParser {
    static final String GENES = "recurrent";
    private static final String CONCAT = "concat";

    private final PythonNotation text;
    private Optional<List<RecurrentGene>> genes = Optional.empty();
    private Optional<List<Integer>> concat = Optional.empty();

    RecurrentGenotypeParser(String text) {
        this.text = new PythonNotation(text);
    }

    RecurrentGenotype genotype() {
        text.call("Genotype");
        int close = text.arguments(this::argument);
        try {
            return new RecurrentGenotype(
                    genes.orElseThrow(() -> missing(close, GENES)), concat.orElseThrow(() -> missing(close, CONCAT)));
        } catch (GenotypeSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new GenotypeSyntaxException(0, String.valueOf(e.getMessage()));
        }
    }

    private void argument() {
        int start = text.position();
        String name = text.word();
        boolean isGenes = name.equals(GENES);
        if (!isGenes && !name.equals(CONCAT)) {
            throw text.expected(start, "one of " + GENES + ", " + CONCAT);
        }
        if (isGenes ? genes.isPresent() : concat.isPresent()) {
            throw new GenotypeSyntaxException(start, "'%s' is given twice".formatted(name));
        }
        text.take('=');
        if (isGenes) {
            genes = Optional.of(text.list(this::gene));
        } else {
            concat = Optional.of(text.states());
        }
    }

    private RecurrentGene gene() {
        text.take('(');
        int start = text.position();
        String name = text.quoted("a quoted operation");
        text.take(',');
        int from = text.number();
        text.take(')');
        try {
            return new RecurrentGene(RecurrentPrimitive.of(name), from);
        } catch (IllegalArgumentException e) {
            throw new GenotypeSyntaxException(start, String.valueOf(e.getMessage()));
        }
    }

    private static GenotypeSyntaxException missing(int position, String name) {
        return new GenotypeSyntaxException(position, "'%s' is missing".formatted(name));
    }
}
