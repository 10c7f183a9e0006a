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
import java.util.stream.IntStream;

/** Turns the files of one corpus into numbers; the vocabulary grows from file to file. */
final class TextReader {
    /** After so many words whoever waits for them is told that it goes on. */
    static final int WORDS_BETWEEN_SIGNS = 100_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int LOOKED_AT = 4096;

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
        refuseWideCharacters(file, content);
        IntStream.Builder tokens = IntStream.builder();
        boolean anyWord = false;
        int line = 1;
        for (int start = 0; start < content.length; line++) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            for (String word : split(decode(file, line, content, start, end))) {
                anyWord = true;
                tokens.add(number(word, file, line));
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

    /** Where the text is joined from files, a byte order mark may stand before any of its lines: it is no letter. */
    private static List<String> split(CharBuffer text) {
        List<String> split = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        while (text.hasRemaining()) {
            char c = text.get();
            if (isWhiteSpace(c)) {
                endWord(word, split);
            } else if (c != BYTE_ORDER_MARK) {
                word.append(c);
            }
        }
        endWord(word, split);
        return split;
    }

    private static void endWord(StringBuilder word, List<String> split) {
        if (!word.isEmpty()) {
            split.add(word.toString());
            word.setLength(0);
        }
    }

    /** What Python's {@code str.isspace} takes for it. Java calls no-break spaces something else, and U+0085 a control. */
    static boolean isWhiteSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Text in characters of two or four bytes would pass for UTF-8 with zeros in it. */
    private void refuseWideCharacters(String file, byte[] content) throws InvalidDatasetException {
        int looked = Math.min(LOOKED_AT, content.length);
        int zeros = 0;
        for (int i = 0; i < looked; i++) {
            zeros += content[i] == 0 ? 1 : 0;
        }
        boolean marked = looked > 1
                && (content[0] == (byte) 0xff && content[1] == (byte) 0xfe
                        || content[0] == (byte) 0xfe && content[1] == (byte) 0xff);
        if (marked || zeros * 20 > looked) {
            String encoding = zeros * 2 > looked ? "UTF-32" : "UTF-16";
            throw new InvalidDatasetException("%s in %s is %s, not UTF-8 text: convert it, as with iconv -f %s -t UTF-8"
                    .formatted(file, source, encoding, encoding));
        }
    }

    private CharBuffer decode(String file, int line, byte[] content, int start, int end)
            throws InvalidDatasetException {
        ByteBuffer bytes = ByteBuffer.wrap(content, start, end - start);
        // No byte of UTF-8 becomes more than one of Java's characters.
        CharBuffer text = CharBuffer.allocate(end - start);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
        if (result.isError()) {
            throw new InvalidDatasetException(
                    "%s in %s is not UTF-8 text: the byte at position %d, in line %d, begins no character; if it is Latin-1, convert it with iconv -f ISO-8859-1 -t UTF-8"
                            .formatted(file, source, bytes.position(), line));
        }
        return text.flip();
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
