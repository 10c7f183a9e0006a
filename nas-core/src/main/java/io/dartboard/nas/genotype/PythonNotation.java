package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Recursive descent over the little of Python's notation in which programs print genotypes and people paste them: one call
 * somewhere in a text, with named or positional arguments; lists and tuples; {@code range}, alone or within {@code list};
 * names in quotes of any kind; numbers, bare or as numpy prints them ({@code np.int64(2)}). White space of any kind, comments
 * and a comma before a closing bracket are passed over.
 */
final class PythonNotation {
    private static final int END = -1;
    private static final int MAX_DIGITS = 4;
    private static final int CONTEXT = 12;
    private static final String OPENING = "([";
    private static final String CLOSING = ")]";
    private static final String OPENING_QUOTES = "'\"\u2018\u201c\u201e";
    private static final String CLOSING_QUOTES = "'\"\u2019\u201d\u201d";
    private static final Set<String> SEQUENCES = Set.of("list", "tuple", "array");
    /** What a list may begin with besides a bracket. */
    private static final Set<String> LIST_WORDS = Set.of("range", "list", "tuple", "np", "numpy");

    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private final String text;
    private final List<String> given = new ArrayList<>();
    private int at;

    PythonNotation(String text) {
        this.text = text;
    }

    /** Goes to the call of a function, which may stand anywhere, and takes its name and opening bracket. */
    void call(String function) {
        Matcher call = Pattern.compile("(?<![\\p{L}\\p{N}_])" + function).matcher(text);
        while (call.find()) {
            at = call.end();
            if (peek() == '(') {
                at++;
                return;
            }
        }
        at = 0;
        int start = position();
        if (!word().equals(function)) {
            throw expected(start, "'" + function + "('");
        }
        take('(');
    }

    /**
     * Takes the arguments and the closing bracket; returns where the bracket was.
     *
     * @param function of which no other call may follow
     */
    int arguments(String function, Runnable argument) {
        while (peek() != ')') {
            argument.run();
            if (peek() != ')') {
                take(',');
            }
        }
        int close = position();
        take(')');
        Matcher another =
                Pattern.compile("(?<![\\p{L}\\p{N}_])" + function + "\\s*\\(").matcher(text);
        if (another.find(at)) {
            throw failure(another.start(), "a second %s( begins here: give one of them".formatted(function));
        }
        return close;
    }

    /**
     * Takes the name of an argument and its equals sign, or finds by its place which it is.
     *
     * @param names of all arguments, in the order of their places
     */
    String argument(List<String> names) {
        int start = position();
        int place = given.size();
        String name = word();
        if (names.contains(name)) {
            take('=');
        } else {
            boolean named = !name.isEmpty() && peek() == '=';
            at = start;
            boolean isList = peek() == '[' || peek() == '(' || LIST_WORDS.contains(name);
            if (named || !isList || place >= names.size()) {
                throw expected(start, "one of " + String.join(", ", names));
            }
            name = names.get(place);
        }
        if (given.contains(name)) {
            throw failure(start, "'%s' is given twice".formatted(name));
        }
        given.add(name);
        return name;
    }

    /** A list or a tuple, be it the argument of {@code list}, {@code tuple} or {@code array}. */
    <T> List<T> list(Supplier<T> element) {
        int start = position();
        String wrapper = dotted();
        if (!wrapper.isEmpty()) {
            if (!SEQUENCES.contains(last(wrapper))) {
                throw expected(start, "'['");
            }
            take('(');
            List<T> elements = list(element);
            take(')');
            return elements;
        }
        List<T> elements = new ArrayList<>();
        char close = open("'['");
        while (peek() != close) {
            elements.add(element.get());
            if (peek() != close) {
                take(',');
            }
        }
        take(close);
        return elements;
    }

    /** Takes an opening bracket of either kind and returns the one that closes it. */
    char open(String what) {
        int kind = peek() == END ? -1 : OPENING.indexOf(peek());
        if (kind < 0) {
            throw expected(at, what);
        }
        at++;
        return CLOSING.charAt(kind);
    }

    /** Whether two brackets open here, one within the other. */
    boolean opensTwice() {
        int start = position();
        boolean twice = false;
        if (peek() != END && OPENING.indexOf(peek()) >= 0) {
            at++;
            twice = peek() != END && OPENING.indexOf(peek()) >= 0;
        }
        at = start;
        return twice;
    }

    /** A list of states, or a range of them, be it within {@code list}. */
    List<Integer> states() {
        int start = position();
        String word = last(dotted());
        if (word.equals("range") || word.equals("arange")) {
            return range();
        }
        if (SEQUENCES.contains(word)) {
            take('(');
            List<Integer> states = states();
            take(')');
            return states;
        }
        at = start;
        if (!word.isEmpty() || peek() == END || OPENING.indexOf(peek()) < 0) {
            throw expected(start, "'[' or 'range('");
        }
        return list(this::number);
    }

    private List<Integer> range() {
        take('(');
        List<Integer> bounds = new ArrayList<>(List.of(number()));
        while (peek() == ',') {
            take(',');
            bounds.add(number());
        }
        int step = bounds.size() > 2 ? bounds.get(2) : 1;
        if (bounds.size() > 3 || step != 1) {
            throw expected(at, "a range of consecutive states");
        }
        take(')');
        return bounds.size() == 1
                ? IntStream.range(0, bounds.get(0)).boxed().toList()
                : IntStream.range(bounds.get(0), bounds.get(1)).boxed().toList();
    }

    String quoted(String what) {
        int kind = peek() == END ? -1 : OPENING_QUOTES.indexOf(peek());
        if (kind < 0) {
            throw expected(at, what);
        }
        // A text from a web page may close with what opened it, or with its mirror.
        char mirror = CLOSING_QUOTES.charAt(kind);
        int close = at + 1;
        while (close < text.length() && text.charAt(close) != mirror && text.charAt(close) != text.charAt(at)) {
            close++;
        }
        if (close == text.length()) {
            throw failure(at, "expected a closing %c for this quote".formatted(mirror));
        }
        String name = text.substring(at + 1, close);
        at = close + 1;
        return name;
    }

    /** The number of a state, bare or as numpy prints it. */
    int number() {
        String what = "the number of a state";
        return wrapped(what, this::number).orElseGet(() -> {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start || at - start > MAX_DIGITS) {
                throw expected(start, what);
            }
            return Integer.parseInt(text.substring(start, at));
        });
    }

    /** A decimal number, bare or as numpy prints it. */
    double decimal() {
        String what = "a number";
        return wrapped(what, this::decimal).orElseGet(() -> {
            Matcher number = DECIMAL.matcher(text).region(at, text.length());
            if (!number.lookingAt()) {
                throw expected(at, what);
            }
            at = number.end();
            return Double.parseDouble(number.group());
        });
    }

    /** A number as the only argument of its type; empty if it is bare. */
    private <T> Optional<T> wrapped(String what, Supplier<T> number) {
        int start = position();
        if (dotted().isEmpty()) {
            return Optional.empty();
        }
        if (peek() != '(') {
            throw expected(start, what);
        }
        take('(');
        T inner = number.get();
        take(')');
        return Optional.of(inner);
    }

    String word() {
        int start = position();
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    /** A name with dots that does not begin with a digit; empty if there is none. */
    private String dotted() {
        int start = position();
        if (start < text.length() && (Character.isLetter(text.charAt(start)) || text.charAt(start) == '_')) {
            word();
            while (at < text.length() && text.charAt(at) == '.') {
                at++;
                word();
            }
        }
        return text.substring(start, at);
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    void take(char symbol) {
        if (peek() != symbol) {
            throw expected(at, "'" + symbol + "'");
        }
        at++;
    }

    /** Where the next thing begins that is neither white space nor a comment. */
    int position() {
        while (at < text.length() && (isBlank(text.charAt(at)) || text.charAt(at) == '#')) {
            if (text.charAt(at) == '#') {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line;
            } else {
                at++;
            }
        }
        return at;
    }

    /** White space of any language, and what has no width at all. */
    private static boolean isBlank(char symbol) {
        return Character.isWhitespace(symbol)
                || Character.isSpaceChar(symbol)
                || Character.getType(symbol) == Character.FORMAT;
    }

    int peek() {
        return position() < text.length() ? text.charAt(at) : END;
    }

    GenotypeSyntaxException expected(int position, String what) {
        String found = position < text.length() ? "'" + shown(text.codePointAt(position)) + "'" : "the end of the text";
        return failure(position, "expected %s but found %s".formatted(what, found));
    }

    /** A complaint about a place, with a few of the characters around it. */
    GenotypeSyntaxException failure(int position, String complaint) {
        int from = Math.max(0, position - CONTEXT);
        int to = Math.min(text.length(), position + CONTEXT);
        String around = text.substring(from, to)
                .codePoints()
                .mapToObj(PythonNotation::shown)
                .reduce("", String::concat);
        return new GenotypeSyntaxException(
                position,
                around.isBlank()
                        ? complaint
                        : "%s, at %s%s%s"
                                .formatted(complaint, from > 0 ? "…" : "", around, to < text.length() ? "…" : ""));
    }

    /** A character, or its number where it cannot be seen. */
    private static String shown(int codePoint) {
        boolean seen = codePoint == ' '
                || !(Character.isWhitespace(codePoint)
                        || Character.isSpaceChar(codePoint)
                        || Character.isISOControl(codePoint)
                        || Character.getType(codePoint) == Character.FORMAT
                        || Character.getType(codePoint) == Character.SURROGATE
                        || Character.getType(codePoint) == Character.PRIVATE_USE
                        || Character.getType(codePoint) == Character.UNASSIGNED);
        return seen ? Character.toString(codePoint) : "U+%04X".formatted(codePoint);
    }
}
