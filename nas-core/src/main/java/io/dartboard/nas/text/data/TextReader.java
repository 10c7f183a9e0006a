package io.dartboard.nas.text.data;

import io.dartboard.nas.data.InvalidDatasetException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.IntStream;

/** Turns the files of one corpus into numbers; the vocabulary grows from file to file. */
final class TextReader {
    /** After so many words whoever waits for them is told that it goes on. */
    static final int WORDS_BETWEEN_SIGNS = 100_000;

    private static final String WHITE_SPACE = " \t\r\f\u000b";

    private final Path source;
    private final int largestVocabulary;
    private final Runnable goesOn;
    private long read;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    TextReader(Path source, int largestVocabulary, Runnable goesOn) {
        this.source = source;
        this.goesOn = goesOn;
        this.largestVocabulary = largestVocabulary;
    }

    TokenText read(String file, byte[] content) throws InvalidDatasetException {
        IntStream.Builder tokens = IntStream.builder();
        boolean anyWord = false;
        int line = 1;
        for (int start = 0; start < content.length; line++) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            StringTokenizer split = new StringTokenizer(decode(file, line, content, start, end), WHITE_SPACE);
            anyWord |= split.hasMoreTokens();
            while (split.hasMoreTokens()) {
                tokens.add(number(split.nextToken(), file, line));
            }
            tokens.add(number(TextCorpus.END_OF_LINE, file, line));
            start = end + 1;
        }
        if (!anyWord) {
            throw new InvalidDatasetException(file + " in " + source + " holds no words");
        }
        return new TokenText(tokens.build().toArray());
    }

    List<String> words() {
        return words;
    }

    private String decode(String file, int line, byte[] content, int start, int end) throws InvalidDatasetException {
        ByteBuffer bytes = ByteBuffer.wrap(content, start, end - start);
        // No byte of UTF-8 becomes more than one of Java's characters.
        CharBuffer text = CharBuffer.allocate(end - start);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        if (result.isError()) {
            throw new InvalidDatasetException(
                    "%s in %s is not UTF-8 text: the byte at position %d, in line %d, begins no character"
                            .formatted(file, source, bytes.position(), line));
        }
        return text.flip().toString();
    }

    private int number(String word, String file, int line) throws InvalidDatasetException {
        if (read++ % WORDS_BETWEEN_SIGNS == 0) {
            goesOn.run();
        }
        Integer known = numbers.get(word);
        if (known != null) {
            return known;
        }
        if (words.size() == largestVocabulary) {
            throw new InvalidDatasetException(
                    "%s in %s takes the vocabulary over its limit of %d words in line %d: replace rare words by <unk>"
                            .formatted(file, source, largestVocabulary, line));
        }
        numbers.put(word, words.size());
        words.add(word);
        return words.size() - 1;
    }
}
