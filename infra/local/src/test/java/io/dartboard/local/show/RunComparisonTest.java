package io.dartboard.local.show;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static io.dartboard.pipeline.view.RunStory.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RunRequested;
import io.dartboard.pipeline.view.RunBoard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private final RunBoard board = new RunBoard();

    @Test
    void shouldShowWhatDiffersAndWhatCameOfIt() {
        tell(IMAGES.wholeRun("r1"));
        tell(IMAGES.givenRun("r2"));

        assertThat(compared())
                .containsPattern("genotypeName +– +DARTS_V2")
                .containsPattern("state +SUCCEEDED +SUCCEEDED")
                .containsPattern("test +30\\.50 ± 0\\.70 % +30\\.50 ± 0\\.70 %")
                .containsPattern("device time, search +30 s +–")
                .contains("both come to the same cell")
                .contains("the same data, settings and seeds: like with like")
                .doesNotContain("requestEpoch")
                .doesNotContain("alphaLearningRate");
    }

    @Test
    void shouldSayWhyFiguresAreNotThoseOfLikeWithLike() {
        var first = IMAGES.request("r1");
        var settings = RetrainSettings.newBuilder(first.getEvaluation())
                .setEpochs(first.getEvaluation().getEpochs() + 1)
                .build();
        tell(List.of(
                IMAGES.dataset("shapes", "v1"),
                IMAGES.dataset("shapes", "v2"),
                first,
                RunRequested.newBuilder(first)
                        .setRun("r2")
                        .setDatasetVersion("v2")
                        .setEvaluation(settings)
                        .setEvaluationSeeds(List.of(7L))
                        .build()));

        assertThat(compared())
                .containsPattern("datasetVersion +v1 +v2")
                .containsPattern("evaluation\\.epochs +\\d+ +\\d+")
                .contains("different data", "retrained under different settings", "with different seeds")
                .doesNotContain("like with like");
    }

    @Test
    void shouldNotCompareErrorsWithPerplexities() {
        tell(IMAGES.wholeRun("r1"));
        tell(TEXT.wholeRun("r2"));
        assertThat(compared())
                .contains("one is judged by error, the other by perplexity: their figures cannot be compared")
                .contains("the cells are of different kinds");
    }

    @Test
    void shouldSayThatTwoRunsAskForTheSame() {
        tell(List.of(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"), IMAGES.request("r2")));
        assertThat(compared()).contains("the same, but for what it is called");
    }

    private String compared() {
        var terminal = Terminal.plain(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        return String.join(
                "\n",
                new RunComparison(terminal)
                        .lines(board.run("r1").orElseThrow(), board.run("r2").orElseThrow()));
    }

    private void tell(List<? extends SpecificRecord> events) {
        events.forEach(event -> board.apply(event, Instant.EPOCH));
    }
}
