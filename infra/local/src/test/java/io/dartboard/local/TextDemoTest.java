package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.local.home.Home;
import io.dartboard.nas.text.data.CorpusLayout;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.UnigramBaseline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextDemoTest {
    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void setUp() {
        home = new Home(folder.resolve("home")).create();
    }

    @Test
    void shouldMakeACorpusInEachLayoutOnce() throws IOException {
        var plan = TextDemo.plan(home, null, null, null);

        assertThat(plan.runFile().path("dataset").asText()).isEqualTo("words");
        assertThat(plan.runFile().path("transfer").path("dataset").asText()).isEqualTo("more-words");
        var words = TextCorpus.read(plan.searched().path());
        var more = TextCorpus.read(plan.transferred().orElseThrow().path());
        assertThat(plan.searched().path().resolve("ptb.train.txt")).exists();
        assertThat(plan.transferred().orElseThrow().path().resolve("wiki.train.tokens"))
                .exists();
        assertThat(more.train().size()).isGreaterThan(words.train().size());
        assertThat(UnigramBaseline.perplexity(words)).isGreaterThan(50);
        var made = Files.getLastModifiedTime(plan.searched().path().resolve("ptb.train.txt"));
        TextDemo.plan(home, null, null, null);
        assertThat(Files.getLastModifiedTime(plan.searched().path().resolve("ptb.train.txt")))
                .isEqualTo(made);
    }

    @Test
    void shouldTakeGivenCorporaUnderTheNamesOfTheirFolders() throws IOException {
        var plan = TextDemo.plan(home, corpus("Penn Treebank", 9), corpus("wt2", 9), null);

        assertThat(plan.searched().name()).isEqualTo("penn-treebank");
        assertThat(plan.searched().path()).isEqualTo(folder.resolve("Penn Treebank"));
        assertThat(plan.runFile().path("dataset").asText()).isEqualTo("penn-treebank");
        assertThat(plan.runFile().path("transfer").path("dataset").asText()).isEqualTo("wt2");
    }

    @Test
    void shouldTakeTheFirstLinesOfEachPartAnewEachTime() throws IOException {
        TextDemo.plan(home, corpus("ptb", 9), null, 5);
        Files.writeString(folder.resolve("ptb/ptb.train.txt"), "another\n".repeat(9));

        var plan = TextDemo.plan(home, folder.resolve("ptb"), null, 5);

        assertThat(plan.searched().name()).isEqualTo("ptb-5");
        assertThat(Files.readString(plan.searched().path().resolve("ptb.train.txt")))
                .isEqualTo("another\n".repeat(5));
        assertThat(Files.readAllLines(plan.searched().path().resolve("ptb.test.txt")))
                .hasSize(5);
        assertThat(plan.transferred().orElseThrow().name()).isEqualTo("more-words");
    }

    @Test
    void shouldRefuseWhatIsNoCorpusAndTwoOfOneName() throws IOException {
        var ptb = corpus("ptb", 9);
        assertThatThrownBy(() -> TextDemo.plan(home, folder, null, null))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(folder + " is no folder with ptb.{train,valid,test}.txt or ");
        assertThatThrownBy(() -> TextDemo.plan(home, ptb, ptb, null))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("both folders are called ptb");
    }

    @Test
    void shouldTakeACorpusAsTheProgramOfDartsReadsIt() throws IOException {
        var ptb = corpus("ptb", 9);
        var plain = Files.createDirectory(folder.resolve("plain"));
        for (var part : CorpusLayout.PARTS) {
            Files.move(ptb.resolve(CorpusLayout.PENN.file(part)), plain.resolve(CorpusLayout.PLAIN.file(part)));
        }

        var plan = TextDemo.plan(home, plain, null, 5);

        assertThat(Files.readAllLines(plan.searched().path().resolve("valid.txt")))
                .hasSize(5);
    }

    private Path corpus(String name, int lines) throws IOException {
        var corpus = folder.resolve(name);
        MadeText.writePtb(corpus, lines, lines, lines, 1);
        return corpus;
    }
}
