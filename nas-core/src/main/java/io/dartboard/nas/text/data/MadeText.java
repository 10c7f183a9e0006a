package io.dartboard.nas.text.data;

import io.dartboard.nas.provenance.RandomStreams;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A made corpus of short English-like lines, in the layout of the Penn Treebank files. Lines come in paragraphs of one
 * topic, which decides over the nouns, verbs and adjectives; a verb agrees in number with its subject, from which a
 * relative clause may part it; some lines ask a question and end in another mark. A model with a memory can foresee much of
 * that, a model without one nothing.
 */
public final class MadeText {
    private static final String[] ONSETS = {"b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t"};
    private static final String[] VOWELS = {"a", "e", "i", "o", "u"};
    private static final int TOPICS = 6;
    private static final int NOUNS = 8;
    private static final int VERBS = 5;
    private static final int ADJECTIVES = 4;
    private static final int SHORTEST_PARAGRAPH = 4;
    private static final int PARAGRAPH_SPREAD = 5;
    private static final double QUESTION = 0.15;
    private static final double CLAUSE = 0.3;
    private static final double ADJECTIVE = 0.4;

    private MadeText() {}

    /**
     * Writes {@code ptb.train.txt}, {@code ptb.valid.txt} and {@code ptb.test.txt}.
     *
     * @param train lines to train on, at least 1
     * @param valid lines to validate on, at least 1
     * @param test lines to test on, at least 1
     * @throws IOException if a file cannot be written
     */
    public static void writePtb(Path dir, int train, int valid, int test, long seed) throws IOException {
        if (train < 1 || valid < 1 || test < 1) {
            throw new IllegalArgumentException("a made corpus needs at least 1 line in each part (was %d, %d and %d)"
                    .formatted(train, valid, test));
        }
        Files.createDirectories(dir);
        write(dir.resolve("ptb.train.txt"), train, "made-text-train", seed);
        write(dir.resolve("ptb.valid.txt"), valid, "made-text-valid", seed);
        write(dir.resolve("ptb.test.txt"), test, "made-text-test", seed);
    }

    private static void write(Path file, int lines, String purpose, long seed) throws IOException {
        RandomStreams streams = new RandomStreams(seed);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            int written = 0;
            for (int paragraph = 0; written < lines; paragraph++) {
                RandomGenerator random = streams.stream(purpose, 0, paragraph);
                int topic = random.nextInt(TOPICS);
                int end = Math.min(lines, written + SHORTEST_PARAGRAPH + random.nextInt(PARAGRAPH_SPREAD));
                for (; written < end; written++) {
                    out.write(' ' + String.join(" ", line(topic, random)) + " \n");
                }
            }
        }
    }

    private static List<String> line(int topic, RandomGenerator random) {
        List<String> words = new ArrayList<>();
        boolean question = random.nextDouble() < QUESTION;
        boolean plural = random.nextBoolean();
        if (question) {
            words.add(plural ? "do" : "does");
        }
        phrase(topic, plural, random, words);
        if (random.nextDouble() < CLAUSE) {
            words.add("that");
            words.add(verb(topic, plural, random));
            phrase(topic, random.nextBoolean(), random, words);
        }
        // After do or does the verb has the plural's form, as in English.
        words.add(verb(topic, plural || question, random));
        phrase(topic, random.nextBoolean(), random, words);
        words.add(question ? "?" : ".");
        return words;
    }

    private static void phrase(int topic, boolean plural, RandomGenerator random, List<String> words) {
        words.add(plural ? "some" : "the");
        if (random.nextDouble() < ADJECTIVE) {
            words.add(word(topic, random.nextInt(ADJECTIVES)) + "y");
        }
        words.add(word(topic, ADJECTIVES + random.nextInt(NOUNS)) + (plural ? "s" : ""));
    }

    private static String verb(int topic, boolean plural, RandomGenerator random) {
        return word(topic, ADJECTIVES + NOUNS + random.nextInt(VERBS)) + (plural ? "en" : "et");
    }

    /** Two syllables that no other topic and number share: the number of both in the base of the syllables. */
    private static String word(int topic, int number) {
        int all = topic * (ADJECTIVES + NOUNS + VERBS) + number;
        int syllables = ONSETS.length * VOWELS.length;
        // Coprime to the number of syllables, so that neighbours do not look alike.
        int spread = (all * 37 + 11) % (syllables * syllables);
        return syllable(spread % syllables) + syllable(spread / syllables);
    }

    private static String syllable(int number) {
        return ONSETS[number % ONSETS.length] + VOWELS[number / ONSETS.length];
    }
}
