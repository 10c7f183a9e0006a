package io.dartboard.nas.text.data;

import io.dartboard.nas.data.ContentDigest;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A corpus at word level, in the files of one {@link CorpusLayout}, in a folder or in a {@code .tar.gz} of one. Words are
 * separated by Unicode white space, as by the {@code split()} of Python with which the authors' program reads its corpora;
 * every line ends in the word {@value #END_OF_LINE}, which is not written in the file. One vocabulary numbers the words of
 * all three parts in the order of their first appearance: training, validation, test.
 *
 * @param words the vocabulary: the word of each number
 * @param digest SHA-256 over the words of the three parts, hexadecimal; the same for the same content, however it is
 *     named and packed
 */
public record TextCorpus(List<String> words, TokenText train, TokenText valid, TokenText test, String digest) {
    /** The word that ends a line. */
    public static final String END_OF_LINE = "<eos>";

    /** Most words a vocabulary may have unless another limit is asked for: above that of WikiText-103. */
    public static final int LARGEST_VOCABULARY = 300_000;

    public TextCorpus {
        words = List.copyOf(words);
    }

    /** As {@link #read(Path, int)} with {@link #LARGEST_VOCABULARY}. */
    public static TextCorpus read(Path source) throws IOException {
        return read(source, LARGEST_VOCABULARY);
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param read told how many bytes of an archive have been read, after every buffer, and then again and again while they
     *     are turned into numbers; what it throws ends the reading
     */
    public static TextCorpus read(Path source, LongConsumer read) throws IOException {
        return read(source, LARGEST_VOCABULARY, read);
    }

    /**
     * Reads and checks the whole corpus.
     *
     * @param source a folder, or a {@code .tar.gz}
     * @param largestVocabulary most words, {@value #END_OF_LINE} included; the embedding has one row for each
     * @throws InvalidDatasetException if a part is missing, without a word or not UTF-8, or the vocabulary is larger than the
     *     limit
     * @throws IOException if this machine cannot read a file
     */
    public static TextCorpus read(Path source, int largestVocabulary) throws IOException {
        return read(source, largestVocabulary, bytes -> {});
    }

    private static TextCorpus read(Path source, int largestVocabulary, LongConsumer read) throws IOException {
        boolean archived = DatasetArchive.isArchive(source);
        Map<String, byte[]> files = archived ? fromArchive(source, read) : fromFolder(source);
        long bytes = archived ? Files.size(source) : 0;
        return of(source, files, largestVocabulary, () -> read.accept(bytes));
    }

    /**
     * Checks a corpus whose files have been read.
     *
     * @throws InvalidDatasetException as {@link #read(Path)}
     */
    public static TextCorpus of(TextFiles files) throws InvalidDatasetException {
        return of(files.source(), files.files(), LARGEST_VOCABULARY, () -> {});
    }

    private static TextCorpus of(Path source, Map<String, byte[]> files, int largestVocabulary, Runnable goesOn)
            throws InvalidDatasetException {
        CorpusLayout layout = layout(source, files);
        TextReader reader = new TextReader(source, largestVocabulary, goesOn);
        TokenText train = reader.read(layout.file("train"), part(source, files, layout.file("train")));
        TokenText valid = reader.read(layout.file("valid"), part(source, files, layout.file("valid")));
        TokenText test = reader.read(layout.file("test"), part(source, files, layout.file("test")));
        List<String> words = reader.words();
        return new TextCorpus(words, train, valid, test, digest(words, List.of(train, valid, test), goesOn));
    }

    /** Number of words in the vocabulary. */
    public int vocabulary() {
        return words.size();
    }

    /** Number of tokens of all three parts. */
    public long tokens() {
        return (long) train.size() + valid.size() + test.size();
    }

    private static CorpusLayout layout(Path source, Map<String, byte[]> files) throws InvalidDatasetException {
        List<CorpusLayout> found = List.copyOf(CorpusLayout.among(files.keySet()));
        if (found.isEmpty()) {
            throw new InvalidDatasetException(source + " holds no text: there is none of " + CorpusLayout.patterns());
        }
        if (found.size() > 1) {
            throw new InvalidDatasetException("%s holds parts of %s and of %s: keep one corpus in a folder"
                    .formatted(source, found.get(0).pattern(), found.get(1).pattern()));
        }
        return found.get(0);
    }

    private static byte[] part(Path source, Map<String, byte[]> files, String name) throws InvalidDatasetException {
        byte[] content = files.get(name);
        if (content == null) {
            throw new InvalidDatasetException(source + " lacks a part of the corpus: " + name + " is missing");
        }
        return content;
    }

    private static Map<String, byte[]> fromFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDatasetException(folder + " is neither a folder nor a .tar.gz file");
        }
        Map<String, byte[]> files = new TreeMap<>();
        for (CorpusLayout layout : CorpusLayout.values()) {
            for (String part : CorpusLayout.PARTS) {
                Path file = folder.resolve(layout.file(part));
                if (Files.isRegularFile(file)) {
                    files.put(layout.file(part), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> fromArchive(Path archive, LongConsumer read) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        Set<CorpusLayout> twice = EnumSet.noneOf(CorpusLayout.class);
        DatasetArchive.visit(archive, read, (path, bytes, content) -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            Optional<CorpusLayout> layout = CorpusLayout.ofFile(name);
            if (layout.isPresent() && files.put(name, content.readAllBytes()) != null) {
                twice.add(layout.get());
            }
        });
        twice.retainAll(CorpusLayout.among(files.keySet()));
        if (!twice.isEmpty()) {
            throw new InvalidDatasetException("%s holds a part of %s twice: keep one corpus in an archive"
                    .formatted(archive, twice.iterator().next().pattern()));
        }
        return files;
    }

    private static String digest(List<String> words, List<TokenText> parts, Runnable goesOn) {
        ContentDigest digest = new ContentDigest("text-corpus/1");
        for (TokenText part : parts) {
            digest.text(Integer.toString(part.size()));
            for (int i = 0; i < part.size(); i++) {
                if (i % TextReader.WORDS_BETWEEN_SIGNS == 0) {
                    goesOn.run();
                }
                digest.text(words.get(part.at(i)));
            }
        }
        return digest.hex();
    }
}
