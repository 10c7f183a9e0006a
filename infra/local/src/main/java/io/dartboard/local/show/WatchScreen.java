package io.dartboard.local.show;

import io.dartboard.events.JobProgressed;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as it goes on: a line for each milestone, and below them, on a terminal, the stages and the running jobs painted
 * in place; in a file, a line on the running jobs every now and then.
 */
public final class WatchScreen {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int BAR = 24;

    private final Terminal terminal;
    private final Milestones milestones = new Milestones();
    private int painted;
    private Instant lastBeat = Instant.MIN;

    public WatchScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows what is new. */
    public void show(RunView view, Instant now) {
        terminal.wipe(painted);
        painted = 0;
        milestones.since(view).forEach(terminal::line);
        if (view.state().ended()) {
            return;
        }
        if (terminal.interactive()) {
            var block = block(view, now);
            block.forEach(terminal::line);
            painted = block.size();
        } else if (lastBeat.equals(Instant.MIN) || !now.isBefore(lastBeat.plus(HEARTBEAT))) {
            lastBeat = now;
            view.live().forEach(job -> terminal.line(Quantity.format("%-11s", job.getStage()) + job(job)));
        }
    }

    /** A line above the painted block, such as a warning. */
    public void say(String line) {
        terminal.wipe(painted);
        painted = 0;
        terminal.line(line);
    }

    private List<String> block(RunView view, Instant now) {
        var lines = new ArrayList<String>();
        var elapsed = Duration.between(view.requestedAt(), now);
        lines.add("");
        lines.add(terminal.bold("run " + view.run())
                + terminal.dim(Quantity.format(
                        "  %s  %s since the request",
                        view.state().name().toLowerCase(Locale.ROOT),
                        Quantity.seconds((double) Math.max(0, elapsed.toSeconds())))));
        for (var stage : view.stages()) {
            lines.add(stage(stage));
            view.live().stream()
                    .filter(job -> job.getStage().equals(stage.stage()))
                    .forEach(job -> lines.add(terminal.dim(fit("             " + job(job)))));
        }
        return lines;
    }

    private String stage(StageView stage) {
        var full = (int) Math.floor(stage.fraction() * BAR);
        var bar = "█".repeat(full) + "░".repeat(BAR - full);
        return Quantity.format(
                "  %-10s %s %3.0f %%  %d/%d",
                stage.stage(),
                stage.complete() ? terminal.green(bar) : terminal.cyan(bar),
                Math.floor(stage.fraction() * 100),
                stage.done(),
                stage.total());
    }

    private static String job(JobProgressed job) {
        var eta = job.getEtaSeconds() < 0 ? "" : Quantity.format(", %s left", Quantity.seconds(job.getEtaSeconds()));
        var attempt = job.getAttempt() > 1 ? Quantity.format(", attempt %d", job.getAttempt()) : "";
        return Quantity.format(
                "%3.0f %%%s%s%s  %s  %s",
                job.getFraction() * 100, rate(job), eta, attempt, job.getMessage(), job.getJob());
    }

    private static String rate(JobProgressed job) {
        if (job.getTokensPerSecond() > 0) {
            return Quantity.format(", %.0f words/s", job.getTokensPerSecond());
        }
        return job.getImagesPerSecond() > 0 ? Quantity.format(", %.0f images/s", job.getImagesPerSecond()) : "";
    }

    private String fit(String line) {
        return line.length() <= terminal.width() ? line : line.substring(0, terminal.width() - 1) + "…";
    }
}
