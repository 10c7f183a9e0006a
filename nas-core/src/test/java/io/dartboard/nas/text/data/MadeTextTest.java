package io.dartboard.nas.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeTextTest {
    @TempDir
    Path dir;

    @Test
    void shouldMakeTheSameTextOnEveryMachine() throws IOException {
        MadeText.writePtb(dir, 20, 5, 5, 7);

        assertThat(TextCorpus.read(dir).digest())
                .isEqualTo("d65c0151d03446e0d58e99eecc151e5d9422fac3bb5351594c4146a466402992");
    }

    @Test
    void shouldBeFarEasierWithAMemoryThanWithout() throws IOException {
        MadeText.writePtb(dir, 3000, 300, 300, 1);
        TextCorpus corpus = TextCorpus.read(dir);

        assertThat(corpus.vocabulary()).isBetween(150, 300);
        double unigram = UnigramBaseline.perplexity(corpus);
        assertThat(unigram).isGreaterThan(40);
        // Even a memory of a single word halves it, and that is the least a recurrent network has.
        assertThat(bigram(corpus)).isLessThan(0.5 * unigram);
    }

    @Test
    void shouldDifferWithTheSeed() throws IOException {
        MadeText.writePtb(dir.resolve("a"), 20, 5, 5, 1);
        MadeText.writePtb(dir.resolve("b"), 20, 5, 5, 2);

        assertThat(TextCorpus.read(dir.resolve("a")).digest())
                .isNotEqualTo(TextCorpus.read(dir.resolve("b")).digest());
        assertThat(Files.readAllLines(dir.resolve("a").resolve("ptb.train.txt")))
                .hasSize(20);
        assertThatThrownBy(() -> MadeText.writePtb(dir, 1, 0, 1, 1)).hasMessageContaining("at least 1 line");
    }

    @Test
    void shouldComputeTheUnigramPerplexityOfAnUnevenText() throws IOException {
        Files.writeString(dir.resolve("ptb.train.txt"), "a a a b\n");
        Files.writeString(dir.resolve("ptb.valid.txt"), "a\n");
        Files.writeString(dir.resolve("ptb.test.txt"), "a c\n");

        // Counts plus one: a 4, b 2, <eos> 2, c 1, of 9.
        double expected = -(Math.log(4 / 9.0) + Math.log(1 / 9.0) + Math.log(2 / 9.0)) / 3;
        assertThat(UnigramBaseline.loss(TextCorpus.read(dir))).isCloseTo(expected, Offset.offset(1e-12));
    }

    private static double bigram(TextCorpus corpus) {
        int size = corpus.vocabulary();
        double[][] counts = new double[size][size];
        double[] from = new double[size];
        TokenText train = corpus.train();
        for (int i = 1; i < train.size(); i++) {
            counts[train.at(i - 1)][train.at(i)]++;
            from[train.at(i - 1)]++;
        }
        double loss = 0;
        TokenText test = corpus.test();
        for (int i = 1; i < test.size(); i++) {
            double count = counts[test.at(i - 1)][test.at(i)] + 0.05;
            loss -= Math.log(count / (from[test.at(i - 1)] + 0.05 * size));
        }
        return Math.exp(loss / (test.size() - 1));
    }
}
