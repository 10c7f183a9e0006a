package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Recursive descent over the little of Python's notation in which genotypes are published: a call with named arguments,
 * lists, pairs, quoted names and numbers. White space, either kind of quote, a comma before a closing bracket, and
 * {@code range(2, 6)} for a list of states are all accepted, because published genotypes use them.
 */
final class PythonNotation {
    private static final int END = -1;
    private static final int MAX_DIGITS = 4;

    private final String text;
    private int at;

    PythonNotation(String text) {
        this.text = text;
    }

    /** Takes the name of a function and its opening bracket. */
    void call(String function) {
        int start = position();
        if (!word().equals(function)) {
            throw expected(start, "'" + function + "('");
        }
        take('(');
    }

    /** Takes the arguments, the closing bracket and the end of the text; returns where the bracket was. */
    int arguments(Runnable argument) {
        while (peek() != ')') {
            argument.run();
            if (peek() != ')') {
                take(',');
            }
        }
        int close = position();
        take(')');
        if (peek() != END) {
            throw expected(at, "the end of the text");
        }
        return close;
    }

    <T> List<T> list(Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        take('[');
        while (peek() != ']') {
            elements.add(element.get());
            if (peek() != ']') {
                take(',');
            }
        }
        take(']');
        return elements;
    }

    /** A list of states, or a range of them. */
    List<Integer> states() {
        return peek() == '[' ? list(this::number) : range();
    }

    private List<Integer> range() {
        int start = position();
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

    String quoted(String what) {
        int quote = peek();
        if (quote != '\'' && quote != '"') {
            throw expected(at, what);
        }
        int close = text.indexOf(quote, at + 1);
        if (close < 0) {
            throw new GenotypeSyntaxException(at, "expected a closing %c for this quote".formatted((char) quote));
        }
        String name = text.substring(at + 1, close);
        at = close + 1;
        return name;
    }

    int number() {
        int start = position();
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > MAX_DIGITS) {
            throw expected(start, "the number of a state");
        }
        return Integer.parseInt(text.substring(start, at));
    }

    String word() {
        int start = position();
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(start, at);
    }

    void take(char symbol) {
        if (peek() != symbol) {
            throw expected(at, "'" + symbol + "'");
        }
        at++;
    }

    /** Where the next thing that is not white space begins. */
    int position() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int peek() {
        return position() < text.length() ? text.charAt(at) : END;
    }

    GenotypeSyntaxException expected(int position, String what) {
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end of the text";
        return new GenotypeSyntaxException(position, "expected %s but found %s".formatted(what, found));
    }
}
