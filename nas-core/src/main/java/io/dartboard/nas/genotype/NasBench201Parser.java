package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a cell of NAS-Bench-201, with blanks between its parts and in what people paste around it. */
final class NasBench201Parser {
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;
    private static final Pattern MARK = Pattern.compile("\\|\\s*\\w+\\s*~");
    /** What the authors' programs print before a cell, and a quotation mark before either. */
    private static final Pattern BEFORE =
            Pattern.compile("\\s*['\"]?\\s*(?:\\w+\\s*\\(\\s*\\d+\\s+nodes\\s+with)?\\s*['\"]?");

    private static final Pattern AFTER = Pattern.compile("\\s*['\"]?\\s*\\)?\\s*['\"]?\\s*[,;]?\\s*");
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int SHOWN = 12;

    private final String text;
    private int at;

    NasBench201Parser(String text) {
        this.text = text;
    }

    static boolean hasForm(String text) {
        return MARK.matcher(text).find();
    }

    NasBench201Genotype genotype() {
        skip(BEFORE);
        List<Primitive> operations = new ArrayList<>();
        for (int node = 0; node < SPACE.cell().nodes(); node++) {
            if (node > 0) {
                expect('+', "node %d of %d".formatted(node + 1, SPACE.cell().nodes()));
            }
            expect('|', "an operation on edge %d<-0".formatted(node + 1));
            for (Edge edge : SPACE.cell().edgesOf(node)) {
                operations.add(operation(edge));
            }
        }
        skip(AFTER);
        if (at < text.length()) {
            throw failed(at, "the cell is complete, but " + found() + " follows; it has three nodes");
        }
        return new NasBench201Genotype(operations);
    }

    /** An operation, the state it reads, and the bar after it. */
    private Primitive operation(Edge edge) {
        String what = "edge %d<-%d".formatted(edge.node() + 1, edge.from());
        int start = blanks();
        String name = read(NAME, "an operation on %s".formatted(what));
        Primitive operation = SPACE.candidates().stream()
                .filter(candidate -> candidate.publishedName().equals(name))
                .findFirst()
                .orElseThrow(() -> failed(
                        start,
                        "unknown operation '%s' on %s; NAS-Bench-201 has %s"
                                .formatted(
                                        name,
                                        what,
                                        SPACE.candidates().stream()
                                                .map(Primitive::publishedName)
                                                .collect(Collectors.joining(", ")))));
        expect('~', "the state that %s reads".formatted(what));
        int number = blanks();
        String state = read(NUMBER, "the state that %s reads".formatted(what));
        if (Integer.parseInt(state) != edge.from()) {
            throw failed(
                    number,
                    "expected ~%d, for operations stand in the order of the states that they read, but found ~%s"
                            .formatted(edge.from(), state));
        }
        expect('|', "the end of %s".formatted(what));
        return operation;
    }

    private String read(Pattern pattern, String what) {
        int start = blanks();
        Matcher matcher = pattern.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            throw failed(start, "expected " + what + " but found " + found());
        }
        at = matcher.end();
        return matcher.group();
    }

    private void expect(char mark, String what) {
        int start = blanks();
        if (start >= text.length() || text.charAt(start) != mark) {
            throw failed(start, "expected '%s' and %s but found %s".formatted(mark, what, found()));
        }
        at = start + 1;
    }

    private int blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private void skip(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (matcher.lookingAt()) {
            at = matcher.end();
        }
    }

    private String found() {
        if (at >= text.length()) {
            return "the end of the text";
        }
        String rest = text.substring(at).strip();
        return "'" + (rest.length() > SHOWN ? rest.substring(0, SHOWN) + "…" : rest) + "'";
    }

    private static GenotypeSyntaxException failed(int position, String complaint) {
        return new GenotypeSyntaxException(position, complaint);
    }
}
