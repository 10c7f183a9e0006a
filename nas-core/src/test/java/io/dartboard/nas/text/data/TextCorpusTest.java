package io.dartboard.nas.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextCorpusTest {
    @TempDir
    Path dir;

    @Test
    void shouldNumberWordsInTheOrderOfTheirFirstAppearanceAndEndEveryLine() throws IOException {
        penn(" the cat sat \n the  dog\t\n\n", "a cat\n", "dog the owl");

        TextCorpus corpus = TextCorpus.read(dir);

        assertThat(corpus.words()).containsExactly("the", "cat", "sat", "<eos>", "dog", "a", "owl");
        assertThat(corpus.train()).isEqualTo(new TokenText(0, 1, 2, 3, 0, 4, 3, 3));
        assertThat(corpus.valid()).isEqualTo(new TokenText(5, 1, 3));
        assertThat(corpus.test()).isEqualTo(new TokenText(4, 0, 6, 3));
        assertThat(corpus.vocabulary()).isEqualTo(7);
        assertThat(corpus.tokens()).isEqualTo(15);
    }

    @Test
    void shouldGiveTheSameDigestInBothLayoutsAndPacked() throws IOException {
        penn("one two\n", "two\n", "one\n");
        String penn = TextCorpus.read(dir).digest();
        Path wiki = Files.createDirectory(dir.resolve("wikitext"));
        write(wiki, "wiki.train.tokens", "one two\n");
        write(wiki, "wiki.valid.tokens", "two\n");
        write(wiki, "wiki.test.tokens", "one");
        Path archive = dir.resolve("wiki.tar.gz");
        DatasetArchive.pack(wiki, archive);

        assertThat(TextCorpus.read(wiki).digest()).isEqualTo(penn).hasSize(64);
        assertThat(TextCorpus.read(archive)).isEqualTo(TextCorpus.read(wiki));
        write(wiki, "wiki.test.tokens", "two");
        assertThat(TextCorpus.read(wiki).digest()).isNotEqualTo(penn);
    }

    @Test
    void shouldTellHowMuchOfAnArchiveIsReadAndEndWhenThatThrows() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("penn"));
        write(folder, "ptb.train.txt", "one two\n");
        write(folder, "ptb.valid.txt", "two\n");
        write(folder, "ptb.test.txt", "one\n");
        Path archive = dir.resolve("penn.tar.gz");
        DatasetArchive.pack(folder, archive);
        List<Long> told = new ArrayList<>();

        TextCorpus corpus = TextCorpus.read(archive, told::add);

        assertThat(corpus).isEqualTo(TextCorpus.read(folder));
        assertThat(told).isSorted().endsWith(Files.size(archive));
        assertThat(told)
                .as("signs of life after the last byte")
                .filteredOn(told.get(0)::equals)
                .hasSizeGreaterThan(4);
        assertThatThrownBy(() -> TextCorpus.read(archive, bytes -> {
                    throw new CancellationException("enough");
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldSayWhichPartIsMissingOrEmpty() throws IOException {
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage(dir + " holds no text: there is none of ptb.{train,valid,test}.txt or"
                        + " wiki.{train,valid,test}.tokens or wiki.{train,valid,test}.raw or {train,valid,test}.txt");
        penn("one\n", "two\n", "\n \n");
        assertThatThrownBy(() -> TextCorpus.read(dir)).hasMessage("ptb.test.txt in " + dir + " holds no words");
        Files.delete(dir.resolve("ptb.valid.txt"));
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .hasMessage(dir + " lacks a part of the corpus: ptb.valid.txt is missing");
        write(dir, "wiki.valid.tokens", "one");
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .hasMessage(dir + " holds parts of ptb.{train,valid,test}.txt and of wiki.{train,valid,test}.tokens:"
                        + " keep one corpus in a folder");
        Path nowhere = dir.resolve("nowhere");
        assertThatThrownBy(() -> TextCorpus.read(nowhere))
                .hasMessage(nowhere + " is neither a folder nor a .tar.gz file");
    }

    @Test
    void shouldNameTheByteThatIsNotUtf8() throws IOException {
        penn("one\n", "two\n", "three\n");
        Files.write(dir.resolve("ptb.train.txt"), "caf\u00e9\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .hasMessage("ptb.train.txt in " + dir
                        + " is not UTF-8 text: the byte at position 3, in line 1, begins no character;"
                        + " if it is Latin-1, convert it with iconv -f ISO-8859-1 -t UTF-8");
        Files.write(dir.resolve("ptb.train.txt"), new byte[] {'a', '\n', 'b', (byte) 0xe2, (byte) 0x82});
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .as("a character that is cut off")
                .hasMessageContaining("the byte at position 3, in line 2, begins no character");
        Files.writeString(dir.resolve("ptb.train.txt"), "caf\u00e9 caf\u00e9\n");
        assertThat(TextCorpus.read(dir).words()).startsWith("caf\u00e9", "<eos>");
    }

    /** By Python's hashlib and split(): what was published once must be found again. */
    @Test
    void shouldKeepTheDigestOfAPlainCorpus() throws IOException {
        penn(" the cat sat \n the  dog\t\r\n\n", "a cat\n", "dog the owl");

        assertThat(TextCorpus.read(dir).digest())
                .isEqualTo("96bbfa6818bbcd7dbd156335128ab2476a7cffd8c3c52c08525ca8a7af918bb8");
    }

    /** The characters for which Python's str.isspace holds, by its own list. */
    @Test
    void shouldSplitWordsWherePythonDoes() throws IOException {
        String spaces =
                "\t\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
                        + "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
        penn("a" + String.join("a", spaces.split("")) + "a\n", "a\n", "a\n");

        TextCorpus corpus = TextCorpus.read(dir);

        assertThat(corpus.words()).containsExactly("a", "<eos>");
        assertThat(corpus.train().size()).isEqualTo(30);
        assertThat(IntStream.range(0, 1 << 16).filter(c -> TextReader.isWhiteSpace((char) c)))
                .hasSize(29)
                .allMatch(c -> c == '\n' || spaces.indexOf(c) >= 0);
    }

    @Test
    void shouldTakeAByteOrderMarkForNoLetterWhereverFilesWereJoined() throws IOException {
        penn("one two\none\n", "two\n", "one\n");
        TextCorpus plain = TextCorpus.read(dir);

        penn("\ufeffone two\n\ufeffone\n", "\ufefftwo\n", "\ufeffone\n");

        assertThat(TextCorpus.read(dir)).isEqualTo(plain);
        penn("\ufeff\n", "two\n", "one\n");
        assertThatThrownBy(() -> TextCorpus.read(dir)).hasMessageEndingWith(" holds no words");
    }

    @ParameterizedTest
    @EnumSource(CorpusLayout.class)
    void shouldReadEveryLayoutFromAFolderAndFromAnArchive(CorpusLayout layout) throws IOException {
        penn("one two\n", "two\n", "one\n");
        Path other = Files.createDirectory(dir.resolve("other"));
        for (String part : CorpusLayout.PARTS) {
            Files.copy(dir.resolve(CorpusLayout.PENN.file(part)), other.resolve(layout.file(part)));
        }
        Path archive = dir.resolve("other.tar.gz");
        DatasetArchive.pack(other, archive);

        assertThat(TextCorpus.read(other)).isEqualTo(TextCorpus.read(dir));
        assertThat(TextCorpus.read(archive)).isEqualTo(TextCorpus.read(dir));
    }

    @Test
    void shouldPassOverWhatAKnownCorpusWasMadeFromButNotChooseBetweenTwoOthers() throws IOException {
        Path folder = Files.createDirectory(dir.resolve("penn"));
        Files.createDirectory(folder.resolve("copy"));
        for (String part : CorpusLayout.PARTS) {
            write(folder, CorpusLayout.PENN.file(part), "one two\n");
            write(folder, CorpusLayout.PLAIN.file(part), "the one and the two\n");
            write(folder.resolve("copy"), CorpusLayout.PLAIN.file(part), "three\n");
        }
        Path archive = dir.resolve("penn.tar.gz");
        DatasetArchive.pack(folder, archive);

        assertThat(TextCorpus.read(folder).words()).containsExactly("one", "two", "<eos>");
        assertThat(TextCorpus.read(archive)).isEqualTo(TextCorpus.read(folder));
        for (String part : CorpusLayout.PARTS) {
            Files.delete(folder.resolve(CorpusLayout.PENN.file(part)));
        }
        DatasetArchive.pack(folder, archive);
        assertThatThrownBy(() -> TextCorpus.read(archive))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage(archive + " holds a part of {train,valid,test}.txt twice: keep one corpus in an archive");
        write(folder, "wiki.train.raw", "one\n");
        assertThatThrownBy(() -> TextCorpus.read(folder))
                .hasMessage(folder + " holds parts of wiki.{train,valid,test}.raw and of {train,valid,test}.txt:"
                        + " keep one corpus in a folder");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16, UTF-16",
        "UTF-16LE, UTF-16",
        "UTF-16BE, UTF-16",
        "x-UTF-16LE-BOM, UTF-16",
        "UTF-32, UTF-32",
        "UTF-32LE, UTF-32",
        "X-UTF-32BE-BOM, UTF-32"
    })
    void shouldRefuseWiderCharactersByName(String charset, String encoding) throws IOException {
        penn("one\n", "two\n", "three\n");
        for (String text : List.of(
                "caf\u00e9 au lait\n", "\u732b \u72ac\n\u9ce5\n", "\u043a\u043e\u0442 \u0438 \u043f\u0451\u0441\n")) {
            Files.write(dir.resolve("ptb.valid.txt"), text.getBytes(Charset.forName(charset)));
            assertThatThrownBy(() -> TextCorpus.read(dir))
                    .isInstanceOf(InvalidDatasetException.class)
                    .hasMessage("ptb.valid.txt in %s is %s, not UTF-8 text: convert it, as with iconv -f %s -t UTF-8"
                            .formatted(dir, encoding, encoding));
        }
    }

    @Test
    void shouldRefuseAVocabularyOverTheLimit() throws IOException {
        penn("a b\nc\n", "a\n", "d\n");

        assertThat(TextCorpus.read(dir, 5).vocabulary()).isEqualTo(5);
        assertThatThrownBy(() -> TextCorpus.read(dir, 4))
                .hasMessage("ptb.test.txt in " + dir
                        + " takes the vocabulary over its limit of 4 words in line 1: replace rare words by <unk>");
        assertThatThrownBy(() -> TextCorpus.read(dir, 3)).hasMessageContaining("3 words in line 2");
    }

    private void penn(String train, String valid, String test) throws IOException {
        write(dir, "ptb.train.txt", train);
        write(dir, "ptb.valid.txt", valid);
        write(dir, "ptb.test.txt", test);
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
