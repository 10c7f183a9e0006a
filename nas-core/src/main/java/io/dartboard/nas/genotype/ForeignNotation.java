package io.dartboard.nas.genotype;

import java.util.Optional;
import java.util.regex.Pattern;

/** Notations of cells that say something else than a {@link Genotype} can, by the marks that give them away. */
enum ForeignNotation {
    NASLIB_COMPACT(
            "\\(\\s*\\(\\s*\\(?\\s*\\d.*",
            "this is a cell in NASLib's compact notation, whose numbers mean operations only beside its list of them: print it as Genotype(normal=…)"),
    JSON(
            "[{\\[].*",
            "this is JSON, and no export of NNI's DARTS space (normal/op_2_0, normal/input_2_0, …): give a text that holds Genotype(normal=…)");

    private final Pattern mark;
    private final String words;

    ForeignNotation(String mark, String words) {
        this.mark = Pattern.compile(mark, Pattern.DOTALL);
        this.words = words;
    }

    /** Names the notation of a text; empty if it is none of these. */
    static Optional<GenotypeSyntaxException> of(String text) {
        String asked = text.strip();
        for (ForeignNotation notation : values()) {
            if (notation.mark.matcher(asked).matches()) {
                return Optional.of(new GenotypeSyntaxException(0, notation.words));
            }
        }
        return Optional.empty();
    }
}
