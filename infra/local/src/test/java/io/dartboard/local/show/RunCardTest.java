package io.dartboard.local.show;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static io.dartboard.pipeline.view.RunStory.TEXT;
import static io.dartboard.pipeline.view.RunStory.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.EdgeDecided;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.NodeDecided;
import io.dartboard.events.Projection;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RunCardTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final RunBoard board = new RunBoard();

    @Test
    void shouldShowEveryPartOfARunThatEndedWell() {
        tell(IMAGES.wholeRun("r1"));

        var card = card();

        assertThat(card)
                .contains(
                        "run r1",
                        "PROMOTED",
                        "shapes@v1",
                        "normal cell",
                        "genotype  Genotype(normal=",
                        "cell.svg",
                        "30.50 ± 0.70 %",
                        "36.50 ± 0.70 %",
                        "30.00 31.00",
                        "123.5 k",
                        "21.30 M",
                        "Transfer to scenes@v1",
                        "40.00 %",
                        "better than the random cell",
                        "search 30 s · selection 8.0 s · evaluation 16 s · transfer 6.0 s",
                        "total 1 min 00 s on cpu",
                        "s3://nas/searches/",
                        "s3://nas/evaluations/",
                        "s3://nas/transfers/",
                        "AWS_SHARED_CREDENTIALS_FILE=/home/credentials",
                        "AWS_ENDPOINT_URL=http://127.0.0.1:9000")
                .doesNotContain("What went wrong");
    }

    @Test
    void shouldSayWhatWasStoppedAndWhatThatSaved() {
        tell(IMAGES.wholeRun("r1"));
        tell(List.of(IMAGES.stopped("r1", "e7")));

        assertThat(card())
                .contains(
                        "stopped at epoch 3 of 10: validation error 58.80 %, would come to 52.90 % at best,",
                        "45.00 % leads; saved about 2 min 00 s",
                        "1 brief retraining was stopped, for its cell could no longer be the best: about 2 min 00 s saved");
    }

    @Test
    void shouldShowAGivenCellAsGivenAndNoSearch() {
        tell(IMAGES.givenRun("r1"));

        assertThat(card())
                .contains(
                        "darts-cnn · DARTS_V2, given and not searched",
                        "genotype  Genotype(normal=",
                        "given  ",
                        "random ",
                        "30.50 ± 0.70 %",
                        "weights of the given cell, seed 0",
                        "evaluation 16 s · transfer 6.0 s",
                        "total 22 s on cpu")
                .doesNotContain("Searches", "Selection", "chosen");
    }

    @Test
    void shouldShowWhichOfSeveralGivenCellsWasChosen() {
        tell(IMAGES.severalGivenRun("r1"));

        assertThat(card())
                .contains(
                        "darts-cnn · DARTS_V2 and 1 more, given and not searched",
                        "genotype  Genotype(normal=",
                        "Selection: ",
                        "name ",
                        "▸  DARTS_V2 ",
                        "chosen  ",
                        "weights of the chosen cell, seed 0")
                .doesNotContain("Searches", "given  ");
    }

    @Test
    void shouldShowARunOnTextByItsPerplexitiesWithTheUnigramBaselineBesideThem() {
        tell(TEXT.wholeRun("r1"));

        assertThat(card())
                .contains(
                        "words@v1 · darts-rnn · darts-first-order · 1 seed × 2 epochs, width 32",
                        "genotype  Genotype(recurrent=",
                        "validation perplexity",
                        "82.50",
                        "Test perplexity: retrained from scratch for 4 epochs, width 48, best epoch by the validation text",
                        "80.50 ± 0.71",
                        "90.50 ± 0.71",
                        "80.00 81.00",
                        "Transfer to more-words@v1",
                        "88.80")
                .doesNotContain("error", "accuracy", "skips", "%", "channels");
        assertThat(card().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("0 2/2 4.654 105.00 1.500 3 "
                        + "%08x".formatted(TEXT.cell().hashCode()) + " 10 s")
                .contains("unigram – 150.00 – – – –")
                .contains("88.80 170.00 1.5 k 3.0 k 6.0 s");
        assertThat(card().lines().filter(line -> !line.contains("://") && !line.contains("svg")))
                .allMatch(line -> line.length() <= 100, "at most 100 columns");
    }

    @Test
    void shouldMarkTheChosenCandidate() {
        tell(IMAGES.wholeRun("r1"));

        assertThat(card().lines().filter(line -> line.contains("▸")))
                .singleElement()
                .asString()
                .contains("30.00 %");
    }

    @Test
    void shouldFitAHundredColumnsButForCommandsAndAddresses() {
        tell(IMAGES.wholeRun("r1"));

        assertThat(card().lines()
                        .filter(line -> !line.contains("s3://") && !line.contains("http://") && !line.contains("svg")))
                .allMatch(line -> line.length() <= 100, "at most 100 columns");
    }

    @Test
    void shouldLeaveOutWhatIsNotKnownYet() {
        tell(List.of(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"), IMAGES.checkpoint("r1", 0, 1, 1)));

        assertThat(card())
                .contains("RUNNING", "1/3", "so far: search 0/2")
                .doesNotContain("The cell", "Selection", "Test error", "Transfer", "Verdict", "What went wrong");
    }

    @Test
    void shouldShowWhatASearchHasDecidedByPerturbation() {
        var decided = new Projection(
                List.of(
                        new EdgeDecided("normal", 2, 1, List.of(1.0, 1.1), List.of(0.60, 0.58)),
                        new EdgeDecided("reduce", 5, 4, List.of(1.0, 2.0), List.of(0.25, 0.61))),
                List.of(new NodeDecided("normal", 1, List.of(2, 4), List.of(1.0), List.of(0.5))));
        tell(List.of(
                IMAGES.dataset("shapes", "v1"),
                IMAGES.request("r1"),
                AlphaCheckpointed.newBuilder(IMAGES.checkpoint("r1", 0, 1, 1))
                        .setProjection(decided)
                        .build(),
                AlphaCheckpointed.newBuilder(IMAGES.checkpoint("r1", 1, 1, 1)).build()));

        assertThat(card().replaceAll("\\s+", " "))
                .contains(
                        "Decided by what the supernet misses",
                        "seed 0: edges decided 2, nodes 1; missed most is sep_conv_3x3 on edge 5 of the reduce cell: accuracy"
                                + " 25.00 % without it, 61.00 % without another")
                .doesNotContain("seed 1:");
    }

    @Test
    void shouldShowHowFarASearchHasComeFromAKnownNetwork() {
        var network = KnownNetwork.RESNET18.architecture().toString();
        tell(List.of(
                IMAGES.dataset("shapes", "v1"),
                IMAGES.request("r1"),
                GenotypeDerived.newBuilder(IMAGES.derived("r1", 0, 2, network))
                        .setSpace(CnnSpace.DARTOPTI_RESNET18.id())
                        .setFromStart(0.03125)
                        .build(),
                IMAGES.derived("r1", 1, 2, network)));

        assertThat(card().replaceAll("\\s+", " "))
                .contains("Distance from where it began", "seed 0: 0.0313 from ResNet18 at epoch 2")
                .doesNotContain("seed 1: 0");
    }

    @Test
    void shouldShowHowManyOperationsASearchHasFrozen() {
        tell(List.of(
                IMAGES.dataset("shapes", "v1"),
                IMAGES.request("r1"),
                AlphaCheckpointed.newBuilder(IMAGES.checkpoint("r1", 0, 1, 1))
                        .setIndicators(Map.of("frozenOperations", 21.0, "freezableOperations", 168.0))
                        .build(),
                AlphaCheckpointed.newBuilder(IMAGES.checkpoint("r1", 1, 1, 1)).build()));

        assertThat(card().replaceAll("\\s+", " "))
                .contains("Frozen for what it fits", "seed 0: 21 of 168 candidate operations were trained no further")
                .doesNotContain("seed 1:");
    }

    @Test
    void shouldSayWhatWentWrong() {
        tell(List.of(
                IMAGES.dataset("shapes", "v1"),
                IMAGES.request("r1"),
                failed(IMAGES.search(0), "r1", 1, true),
                failed(IMAGES.search(0), "r1", 2, false),
                new RunFinished("r1", RunOutcome.FAILED, "search ended without a result", 0)));

        assertThat(card())
                .contains(
                        "failed: search ended without a result",
                        "attempt 1, tried again: out of memory",
                        "attempt 2, given up: out of memory");
    }

    @Test
    void shouldBeTheSameWithoutColours() {
        tell(IMAGES.wholeRun("r1"));

        var coloured =
                String.join("\n", card(new Terminal(nowhere(), true, true, 100)).lines(view()));

        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(card());
        assertThat(coloured).contains("\u001b[");
    }

    private String card() {
        return String.join("\n", card(Terminal.plain(nowhere())).lines(view()));
    }

    private static RunCard card(Terminal terminal) {
        return new RunCard(
                terminal,
                new CardPlaces(
                        Path.of("/home/runs/r1/cell.svg"),
                        Path.of("/home/credentials"),
                        "http://127.0.0.1:9000",
                        "http://127.0.0.1:8081"));
    }

    private RunView view() {
        return board.run("r1").orElseThrow();
    }

    private void tell(List<SpecificRecord> events) {
        events.forEach(event -> board.apply(event, START));
    }

    private static PrintStream nowhere() {
        return new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    }
}
