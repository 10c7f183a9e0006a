package io.dartboard.local.show;

import io.dartboard.events.JobProgressed;
import io.dartboard.pipeline.view.LiveJob;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as it goes on: a line for each milestone, and below them, on a terminal, the stages and the running jobs painted
 * in place; in a file, a line on the running jobs every now and then, and one on whatever else the run is up to.
 */
public final class WatchScreen {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration REMINDER = Duration.ofMinutes(1);
    private static final int BAR = 24;

    private final Terminal terminal;
    private final Milestones milestones = new Milestones();
    private int painted;
    private Instant lastBeat = Instant.MIN;
    private String lastWhy = "";

    public WatchScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Shows what is new. */
    public void show(RunView view, Situation situation, Instant now) {
        terminal.wipe(painted);
        painted = 0;
        milestones.since(view).forEach(terminal::line);
        if (situation.name() == Situation.Name.ENDED) {
            return;
        }
        if (terminal.interactive()) {
            var block = block(view, situation, now);
            block.forEach(terminal::line);
            painted = block.size();
        } else if (situation.isMoving()) {
            beat(HEARTBEAT, situation, now, () -> jobs(view, now));
        } else {
            beat(REMINDER, situation, now, () -> terminal.line(Quantity.format("%-11s", "run") + situation.line(now)));
        }
    }

    /** Says something at once where the situation is another, else every now and then. */
    private void beat(Duration pause, Situation situation, Instant now, Runnable saying) {
        var why = situation.name() + situation.why();
        if (!why.equals(lastWhy) || !now.isBefore(lastBeat.plus(pause))) {
            lastWhy = why;
            lastBeat = now;
            saying.run();
        }
    }

    private void jobs(RunView view, Instant now) {
        view.live()
                .forEach(
                        job -> terminal.line(Quantity.format("%-11s", job.word().getStage()) + job(job, now)));
    }

    /** A line above the painted block, such as a warning. */
    public void say(String line) {
        terminal.wipe(painted);
        painted = 0;
        terminal.line(line);
    }

    private List<String> block(RunView view, Situation situation, Instant now) {
        var lines = new ArrayList<String>();
        var elapsed = Duration.between(view.requestedAt(), now);
        lines.add("");
        lines.add(terminal.bold("run " + view.run())
                + terminal.dim(Quantity.format(
                        "  %s since the request", Quantity.seconds((double) Math.max(0, elapsed.toSeconds())))));
        var line = fit("  " + situation.line(now));
        lines.add(situation.isMoving() ? line : terminal.yellow(line));
        for (var stage : view.stages()) {
            lines.add(stage(stage));
            view.live().stream()
                    .filter(job -> job.word().getStage().equals(stage.stage()))
                    .forEach(job -> lines.add(terminal.dim(fit("             " + job(job, now)))));
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

    /** A rate, and the time that is left, only of a job that comes further. */
    private static String job(LiveJob live, Instant now) {
        var job = live.word();
        var attempt = job.getAttempt() > 1 ? Quantity.format(", attempt %d", job.getAttempt()) : "";
        return Quantity.format(
                "%3.0f %%%s%s  %s  %s",
                job.getFraction() * 100, pace(live, now), attempt, job.getMessage(), job.getJob());
    }

    private static String pace(LiveJob live, Instant now) {
        var job = live.word();
        if (!Situation.isFresh(live, now)) {
            var still = Duration.between(live.movedAt(), now).toSeconds();
            return Quantity.format(", no further for %s", Quantity.seconds((double) still));
        }
        var eta = job.getEtaSeconds() < 0 ? "" : Quantity.format(", %s left", Quantity.seconds(job.getEtaSeconds()));
        return rate(job) + eta;
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
