package io.dartboard.local.show;

import static io.dartboard.pipeline.view.RunStory.IMAGES;
import static io.dartboard.pipeline.view.RunStory.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.pipeline.view.RunBoard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class WatchScreenTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final RunBoard board = new RunBoard();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void shouldTellEachMilestoneOnceHoweverOftenOneLooks() {
        var screen = new WatchScreen(Terminal.plain(out));
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"), IMAGES.checkpoint("r1", 0, 1, 1));

        show(screen, START);
        show(screen, START.plusSeconds(1));
        tell(IMAGES.checkpoint("r1", 0, 2, 1));
        show(screen, START.plusSeconds(2));

        assertThat(told().lines().filter(line -> line.startsWith("search")))
                .containsExactly(
                        "search     seed 0  epoch 1/3  train loss 2.000  supernet accuracy 25.0 %  entropy 2.000",
                        "search     seed 0  epoch 2/3  train loss 2.000  supernet accuracy 25.0 %  entropy 2.000");
    }

    @Test
    void shouldShowRateAndTimeLeftOfARunningJobNowAndThenWhereNothingCanBePaintedOver() {
        var screen = new WatchScreen(Terminal.plain(out));
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(IMAGES.progressed(IMAGES.search(0), "r1", "search", 2, 0.5));

        show(screen, START);
        show(screen, START.plusSeconds(1));
        show(screen, START.plusSeconds(20));

        assertThat(told().lines())
                .hasSize(2)
                .allMatch(line -> line.contains(" 50 %, 100 images/s, 12 s left, attempt 2"));
    }

    @Test
    void shouldPromiseNoTimeLeftOfAJobThatComesNoFurther() {
        var screen = new WatchScreen(Terminal.plain(out));
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(IMAGES.progressed(IMAGES.search(0), "r1", "search", 1, 0.5));

        show(screen, START.plusSeconds(60));

        assertThat(told()).contains(" 50 %, no further for 1 min 00 s").doesNotContain("left", "images/s");
    }

    @Test
    void shouldSayAtOnceThatARunIsPausedAndAgainEachMinute() {
        var screen = new WatchScreen(Terminal.plain(out));
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(IMAGES.progressed(IMAGES.search(0), "r1", "search", 1, 0.5), new RunPaused("r1", "for the night", 1));

        show(screen, START.plusSeconds(2));
        show(screen, START.plusSeconds(20));
        show(screen, START.plusSeconds(62));

        assertThat(told().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("run        PAUSED for ")
                        && line.endsWith("for the night; go on with: infra/run resume r1"));
        assertThat(told()).doesNotContain("left", "images/s");
    }

    @Test
    void shouldTellPerplexitiesAndWordsOfARunOnText() {
        var screen = new WatchScreen(Terminal.plain(out));
        tell(TEXT.dataset(), TEXT.request("r1"), TEXT.progressed(TEXT.search(0), "r1", "search", 1, 0.4));
        show(screen, START);
        TEXT.wholeRun("r1").forEach(event -> board.apply(event, START));
        show(screen, START.plusSeconds(1));

        assertThat(told())
                .contains(
                        " 40 %, 4321 words/s, 12 s left",
                        "search     seed 0  epoch 2/2  train loss 4.700  supernet perplexity 105.00  entropy 1.500\n",
                        "validation perplexity 82.50\n",
                        "test perplexity 90.00\n",
                        "evaluation chosen cell: test perplexity 80.50 ± 0.71 over 2 seeds\n",
                        "transfer   more-words: test perplexity 88.80\n")
                .doesNotContain("error", "accuracy", "images", "skip");
    }

    @Test
    void shouldPaintOverItsOwnLinesOnATerminal() {
        var screen = new WatchScreen(new Terminal(out, true, false, 100));
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(IMAGES.progressed(IMAGES.search(0), "r1", "search", 1, 0.5));

        show(screen, START);
        var lines = told().lines().count();
        show(screen, START.plusSeconds(1));

        assertThat(told()).contains("\u001b[" + lines + "A").contains("search     ██████░░");
    }

    @Test
    void shouldPaintNothingMoreOnceTheRunHasEnded() {
        var screen = new WatchScreen(new Terminal(out, true, false, 100));
        tell(IMAGES.dataset("shapes", "v1"), IMAGES.request("r1"));
        tell(new RunCancelled("r1", "enough", 0), new RunFinished("r1", RunOutcome.CANCELLED, "enough", 0));

        show(screen, START);

        assertThat(told()).isEmpty();
    }

    private void show(WatchScreen screen, Instant now) {
        var view = board.run("r1").orElseThrow();
        screen.show(view, Situation.of(view, List.of(), () -> 0, now), now);
    }

    private String told() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void tell(SpecificRecord... events) {
        for (var event : events) {
            board.apply(event, START);
        }
    }
}
