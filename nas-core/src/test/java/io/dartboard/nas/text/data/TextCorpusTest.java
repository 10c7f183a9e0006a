package io.dartboard.nas.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .hasMessage(dir + " holds no text: neither ptb.train.txt nor wiki.train.tokens is there");
        penn("one\n", "two\n", "\n \n");
        assertThatThrownBy(() -> TextCorpus.read(dir)).hasMessage("ptb.test.txt in " + dir + " holds no words");
        Files.delete(dir.resolve("ptb.valid.txt"));
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .hasMessage(dir + " lacks a part of the corpus: ptb.valid.txt is missing");
        write(dir, "wiki.valid.tokens", "one");
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .hasMessage(dir + " holds ptb.*.txt and wiki.*.tokens: keep one corpus in a folder");
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
                        + " is not UTF-8 text: the byte at position 3, in line 1, begins no character");
        Files.write(dir.resolve("ptb.train.txt"), new byte[] {'a', '\n', 'b', (byte) 0xe2, (byte) 0x82});
        assertThatThrownBy(() -> TextCorpus.read(dir))
                .as("a character that is cut off")
                .hasMessageContaining("the byte at position 3, in line 2, begins no character");
        Files.writeString(dir.resolve("ptb.train.txt"), "caf\u00e9 caf\u00e9\n");
        assertThat(TextCorpus.read(dir).words()).startsWith("caf\u00e9", "<eos>");
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
