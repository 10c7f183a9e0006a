package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.show.Terminal;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.text.data.MadeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path dir;

    @Test
    void shouldSayWhatWouldBeUsedAndPassedOverAndDrawExamples() throws IOException {
        var set = dir.resolve("around/scenes");
        MadeScenes.writeImageFolder(set, 3, 1, 24, 1);
        Files.writeString(set.resolve("train/dots/notes.txt"), "none");
        var sheet = dir.resolve("sheet.png");

        assertThat(inspect(dir.resolve("around"), "--sheet", sheet.toString())).isZero();

        assertThat(told())
                .contains("around would be published as image-folder, version ")
                .contains("  in all      10 classes, 30 training and 10 held-out examples\n")
                .contains("  classes     bricks, checks, dots, ")
                .contains("  training    30 examples, 3 to 3 a class\n")
                .contains("  pixels      24 x 24 to 24 x 24\n")
                .contains("  note        the set lies in the folder scenes\n")
                .contains("  note        passed over, with extension .txt: 1 file (scenes/train/dots/notes.txt)\n")
                .contains("  examples    %s: a row for each class, in the order of their names\n".formatted(sheet));
        assertThat(sheet).isNotEmptyFile();
    }

    @Test
    void shouldShowHowATextBegins() throws IOException {
        var words = Files.createDirectory(dir.resolve("words"));
        MadeText.writePtb(words, 20, 5, 5, 1);

        assertThat(inspect(words)).isZero();

        assertThat(told())
                .contains("would be published as token-corpus")
                .contains("  in all      a vocabulary of ")
                .containsPattern("  begins      \\w+ \\w+ ")
                .doesNotContain("examples");
    }

    @Test
    void shouldRefuseInOneLineWhatCannotBeUsed() throws IOException {
        assertThat(inspect(Files.writeString(dir.resolve("x.tar.gz"), "nonsense")))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(told().lines())
                .singleElement()
                .asString()
                .endsWith("x.tar.gz is no archive that can be read; pack the set as .tar.gz, .tar or .zip, or name its"
                        + " folder");
    }

    private int inspect(Path path, String... more) {
        var arguments = new String[3 + more.length];
        arguments[0] = "datasets";
        arguments[1] = "inspect";
        arguments[2] = path.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return Dartboard.run(Terminal.plain(stream), stream, arguments);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
