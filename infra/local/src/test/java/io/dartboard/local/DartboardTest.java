package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.local.show.Terminal;
import io.dartboard.nas.genotype.NamedGenotype;
import io.dartboard.nas.preset.MethodSheet;
import io.dartboard.nas.preset.PartSheet;
import io.dartboard.nas.preset.Presets;
import io.dartboard.nas.searchspace.CnnSpace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DartboardTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path home;

    @Test
    void shouldSayWhyAPackCannotBeReproduced() throws IOException {
        var nowhere = home.resolve("none").toString();
        assertThat(run("reproduce", "r1", "--home", home.toString(), "--from", nowhere))
                .isEqualTo(2);
        assertThat(told(err)).contains("there is no stack in " + nowhere);

        var letter = Files.writeString(home.resolve("letter.zip"), "not a pack").toString();
        assertThat(run("reproduce", letter, "--home", home.toString(), "--from", nowhere))
                .isEqualTo(2);
        assertThat(told(err)).contains("it is no evidence pack");
        assertThat(home.resolve("none")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "down",
                "restart",
                "datasets",
                "submit",
                "watch",
                "cancel",
                "pause",
                "resume",
                "budget",
                "champions",
                "compare",
                "reproduce",
                "finish",
                "status",
                "dlq",
                "evaluate",
                "presets",
                "methods",
                "count",
                "distance",
                "chaos"
            })
    void shouldExplainEachCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(told(out)).startsWith("Usage: infra/run " + command);
    }

    @Test
    void shouldNameEveryCommandAndExitCode() {
        assertThat(run("--help")).isZero();
        assertThat(told(out))
                .contains(
                        "demo",
                        "up",
                        "submit",
                        "watch",
                        "cancel",
                        "datasets",
                        "status",
                        "dlq",
                        "down",
                        "restart",
                        "chaos")
                .contains("Exit codes:", "1   the run failed or was cancelled");
    }

    @Test
    void shouldRefuseAnUnknownCommandWithOneLineAndAHint() {
        assertThat(run("dance")).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("'dance'").contains("--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evaluate --genotype DARTS_V2 --dataset d",
                "watch r1",
                "cancel r1",
                "pause r1",
                "resume r1",
                "budget r1 --total-epochs 9",
                "champions",
                "compare r1 r2",
                "finish r1 --stage search",
                "status r1",
                "datasets list",
                "dlq list"
            })
    void shouldSayThatTheStackIsNotRunningAndHowToStartIt(String line) {
        assertThat(run((line + " --home " + home).split(" "))).isEqualTo(Exit.ENVIRONMENT);
        assertThat(told(err).strip())
                .isEqualTo("dartboard: the stack in %s is not running; start it with: infra/run up".formatted(home));
    }

    @Test
    void shouldShowAStackThatIsNotThere() {
        assertThat(run("status", "--home", home.toString())).isEqualTo(Exit.ENVIRONMENT);
        assertThat(told(out).lines().filter(line -> line.contains("not started")))
                .hasSize(5);
    }

    @Test
    void shouldNameTheNearestCommand() {
        assertThat(run("statsu")).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("Did you mean", "status");
    }

    @Test
    void shouldRefuseATimeThatIsNone() {
        assertThat(run("watch", "r1", "--timeout", "soon", "--home", home.toString()))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("--timeout must be a time such as 30s, 10m or 2h (was 'soon')");
    }

    @Test
    void shouldRefuseARunFileThatNamesAFieldTwice() throws IOException {
        var file = Files.writeString(home.resolve("twice.json"), "{\"dataset\": \"a\",\n \"dataset\": \"b\"}");

        assertThatThrownBy(() -> SubmitCommand.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("line 2 column")
                .hasMessageContaining("field 'dataset' is named twice");
    }

    @Test
    void shouldRefuseAnUnknownServiceNamingTheKnownOnes() {
        assertThat(run("restart", "mail", "--home", home.toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err))
                .contains("no service 'mail'; known: stack, search-svc, derive-svc, eval-svc, transfer-svc");
    }

    @Test
    void shouldMeasureHowFarTwoArchitecturesAreApart(@TempDir Path dir) throws IOException {
        assertThat(run("distance", "RESNET18", "resnet-50")).isZero();
        assertThat(told(out).replaceAll(" +", " "))
                .contains("ResNet18 to ResNet50", " distance 0.08363", " cells compared 4");

        var file = Files.writeString(
                dir.resolve("cell.txt"),
                NamedGenotype.of("DARTS_V1", CnnSpace.DARTS).genotype() + "\n");
        assertThat(run("distance", file.toString(), "DARTS_V1")).isZero();
        assertThat(told(out).replaceAll(" +", " ")).contains(" distance 0.00000", " edits 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NASNet-A | DARTS_V1 | operation 'sep_conv_7x7' has no place in the distance",
                "DARTS_V9 | DARTS_V1 | unknown genotype 'DARTS_V9'; known are DARTS_V1"
            })
    void shouldSayWhyTwoArchitecturesHaveNoDistance(String line) {
        var parts = line.split(" \\| ");
        assertThat(run("distance", parts[0], parts[1])).isEqualTo(2);
        assertThat(told(err)).contains(parts[2]);
    }

    @ParameterizedTest
    @CsvSource({
        "DARTS_V2, darts-cifar10-evaluation, 3349342, 476426, 3825768, 528359040",
        "darts_v1, darts-cifar10-evaluation, 3169414, 476426, 3645840, 500987520",
        "NASNET_A, darts-imagenet-mobile, 5564320, 1236200, 6800520, 604031616",
        "AMOEBANET_A, darts-imagenet-mobile, 4627360, 1236200, 5863560, 526746624"
    })
    void shouldCountAGenotypeInAPresetExactly(
            String genotype, String preset, String parameters, String head, String both, String multiplyAdds) {
        assertThat(run("count", "--genotype", genotype, "--preset", preset)).isZero();
        assertThat(told(out).replaceAll(" +", " "))
                .contains(" parameters " + parameters + " ")
                .contains(" of the auxiliary head " + head + " ")
                .contains(" with it " + both + " ")
                .contains(" multiply-adds " + multiplyAdds + " ");
    }

    @Test
    void shouldCountASearchsSupernet() {
        assertThat(run("count", "--preset", "darts-cifar10-first-order")).isZero();
        assertThat(told(out).replaceAll(" +", " "))
                .contains(" parameters 1930618 ")
                .contains(" alphas 224 ")
                .contains(" multiply-adds 300255744 ");
    }

    @Test
    void shouldCountAndCompareCellsOfNasBench201() {
        var convolutions =
                "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|";
        assertThat(run("count", "--genotype", convolutions)).isZero();
        assertThat(run("count", "--preset", "nas-bench-201-cifar10")).isZero();
        assertThat(run("distance", convolutions, convolutions.replaceFirst("nor_conv_3x3", "none")))
                .isZero();
        assertThat(told(out).replaceAll(" +", " "))
                .contains(" parameters 1531546 ")
                .contains(" networks of this space have no auxiliary head")
                .contains(" multiply-adds 220119680 ")
                .contains(" parameters 1686106 ")
                .contains(" alphas 30 ")
                .contains(" edits 1");
        assertThat(run("distance", convolutions, "DARTS_V2")).isNotZero();
        assertThat(told(err)).contains("a cell of NAS-Bench-201 has no place in the distance");
    }

    /** The paper tells 23 M on Penn Treebank and 33 M on WikiText-2. */
    @ParameterizedTest
    @CsvSource({
        "DARTS_V2, darts-ptb-evaluation, 22960000, 22950000",
        "darts_v1, darts-wikitext2, 33127878, 33094600",
        "enas, darts-ptb-evaluation, 27295000, 27285000"
    })
    void shouldCountARecurrentCellWhereThePresetIsOneForText(
            String genotype, String preset, String parameters, String multiplyAdds) {
        assertThat(run("count", "--genotype", genotype, "--preset", preset)).isZero();
        assertThat(told(out).replaceAll(" +", " "))
                .contains(" parameters " + parameters + " ")
                .contains(" multiply-adds " + multiplyAdds + " ");
    }

    @Test
    void shouldSayThatASearchInStagesHasOtherSupernets() {
        assertThat(run("count", "--preset", "p-darts-cifar10")).isZero();
        assertThat(told(out))
                .contains(": 5 cells, 16 channels")
                .contains(
                        "in the first of 3 stages; those after it have 11 and 17 cells, and the candidates that are left");
    }

    @Test
    void shouldCountTheSupernetOfARecurrentSearch() {
        assertThat(run("count", "--preset", "darts-ptb-second-order")).isZero();
        assertThat(told(out).replaceAll(" +", " "))
                .contains("width 300, a vocabulary of 10000")
                .contains(" parameters 4810000 ")
                .contains(" alphas 180 ")
                .contains(" multiply-adds 9840000 ");
    }

    @Test
    void shouldCountALanguageModelOfAnySize() {
        var line = "count --genotype random:3 --preset darts-ptb-evaluation --width 10 --classes 100";
        assertThat(run(line.split(" "))).isZero();
        assertThat(told(out)).contains("random:3", "width 10, a vocabulary of 100", " 3100 ");
    }

    @Test
    void shouldCountANetworkOfAnySize() {
        assertThat(run("count", "--genotype", "DARTS_V2", "--classes", "100", "--cells", "20", "--channels", "36"))
                .isZero();
        assertThat(told(out)).contains(" 3401272 ").contains("20 cells, 36 channels, 100 classes, 32 x 32 pixels");
    }

    @Test
    void shouldCountWithoutAHeadWhereNoneFits() {
        assertThat(run("count", "--genotype", "DARTS_V2", "--preset", "darts-imagenet-mobile", "--resolution", "64"))
                .isZero();
        assertThat(told(out)).contains(" 4718752 ").contains("no auxiliary head fits images of this size");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    count --genotype DARTS_V3                     | unknown genotype 'DARTS_V3'; known are DARTS_V1
                    count --genotype Genotype(                    | genotype text, position 9: expected
                    count --genotype DARTS_V2 --preset x          | unknown preset 'x'; known are darts-cifar10-first-order
                    count --preset darts-imagenet-mobile          | --genotype is missing
                    count --genotype random --preset darts-cifar10-second-order | preset darts-cifar10-second-order counts a supernet
                    count --genotype random --cells 2             | cells must be at least 3
                    count --genotype random --resolution 30       | even feature map
                    count --genotype NASNET_A --preset darts-wikitext2 | unknown genotype 'NASNET_A'; known are ENAS
                    count --genotype ENAS                         | unknown genotype 'ENAS'; known are DARTS_V1
                    count --preset darts-wikitext2                | --genotype is missing
                    count --genotype ENAS --preset darts-ptb-first-order | preset darts-ptb-first-order counts a supernet
                    count --genotype ENAS --preset darts-wikitext2 --cells 8 | which has no cells, channels and resolution
                    count --genotype ENAS --preset darts-wikitext2 --width 0 | width and classes must be at least 1 (was 0
                    count --genotype DARTS_V2 --width 8           | which has no width; say --cells and --channels
                    demo --text --images 100                      | --images counts images, of which a text has none
                    demo --text --resolution 64                   | --resolution is for images
                    demo --collapse --images 100                  | --collapse stands alone
                    demo --continuous --collapse                  | --continuous stands alone
                    demo --transfer-data x                        | --transfer-data goes with --text
                    demo --lines 10                               | --lines goes with --text
                    demo --text --lines 10                        | --lines cuts a corpus that is given
                    demo --text --lines 0 --data x                | --lines must be at least 1 (was 0)
                    datasets publish x --name n --layout y        | there is no layout 'y'; known: cifar-binary, image-folder, token-corpus
                    evaluate --genotype DARTS_V2                  | --dataset is missing; name a published dataset
                    chaos --seed 1 --minutes 0                    | --minutes must be more than 0 (was 0
                    chaos --seed 1 --minutes 1 --workers 10       | --workers must be between 1 and 9 (was 10)
                    presets enas                                  | unknown preset 'enas'; known are
                    methods evolution                             | unknown search method 'evolution'; known: darts-first-order,
                    demo --method evolution                       | unknown search method 'evolution'; known: darts-first-order,
                    demo --text --method pc-darts                 | search method 'pc-darts' cannot search for recurrent cells""")
    void shouldRefuseWithOneLineWhatCannotBe(String line, String why) {
        assertThat(run(line.split(" "))).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err).strip()).startsWith("dartboard: ").contains(why).doesNotContain("\n");
    }

    @Test
    void shouldPrintEveryValueOfEveryPreset() {
        assertThat(run("presets")).isZero();
        for (var preset : Presets.all()) {
            assertThat(told(out)).contains(preset.name()).contains(preset.source());
            preset.values()
                    .forEach((name, value) -> assertThat(told(out)).contains("  %-20s %s\n".formatted(name, value)));
        }
    }

    @Test
    void shouldPrintThePartsAndParametersOfEveryMethod() {
        assertThat(run("methods")).isZero();
        for (var method : MethodSheet.all()) {
            assertThat(told(out)).contains(method.name()).contains(method.source());
            method.parts()
                    .forEach((choice, part) -> assertThat(told(out)).contains("  %-20s %s\n".formatted(choice, part)));
            method.parameters()
                    .forEach((name, value) -> assertThat(told(out)).contains("  %-20s %s\n".formatted(name, value)));
        }
    }

    @Test
    void shouldPrintThePartsThatCanBePutInThePlaceOfAMethodsOwn() {
        assertThat(run("methods")).isZero();
        for (var part : PartSheet.all()) {
            assertThat(told(out)).contains("  %-20s %s".formatted(part.choice(), part.name()));
        }
        assertThat(told(out)).contains("beta-decay               betaDecay 50.0\n");
        assertThat(run("methods", "beta-dart")).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("unknown search method 'beta-dart'; did you mean beta-darts? known: ");
    }

    @Test
    void shouldRefuseTooFewImages() {
        assertThat(run("demo", "--images", "3", "--home", home.toString())).isEqualTo(Exit.BAD_INPUT);
        assertThat(told(err)).contains("--images must be at least 20").contains("(was 3)");
    }

    @Test
    void shouldRemoveTheWholeFolderOnPurge() throws IOException {
        Files.createDirectories(home.resolve("stack/logs"));
        Files.writeString(home.resolve("stack/logs/x.log"), "x");

        assertThat(run("down", "--purge", "--home", home.resolve("stack").toString()))
                .isZero();

        assertThat(home.resolve("stack")).doesNotExist();
    }

    private int run(String... args) {
        return Dartboard.run(
                Terminal.plain(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private static String told(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
