package io.dartboard.local.show;

import io.dartboard.events.RunBudgetSpent;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.launch.ProcessStanding;
import io.dartboard.local.launch.ProcessStanding.Life;
import io.dartboard.pipeline.view.LiveJob;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * What a run is up to at one moment, by name: what its events say, what its jobs tell, and which processes live.
 *
 * @param name the state
 * @param why what keeps it, and what to do about that; empty where all goes well
 * @param since when it came to be so, as far as is known
 */
public record Situation(Name name, String why, Instant since) {
    /** A worker repeats its word every ten seconds; one that is silent for so long is at nothing. */
    private static final Duration SILENCE = Duration.ofSeconds(90);
    /** Longer than the slowest steps take that tell of themselves. */
    private static final Duration STANDSTILL = Duration.ofMinutes(3);
    /** What a job said of the time that is left holds for so long. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final Comparator<LiveJob> BY_MOVE = Comparator.comparing(LiveJob::movedAt);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    /** With what the reason says of requests in commands. */
    public Situation {
        why = TerminalWords.of(why);
    }

    /** The states. */
    public enum Name {
        /** At least one job comes further. */
        RUNNING,
        /** The same, and a stage makes the best of what it has. */
        FINISHING,
        /** No worker is at any of its jobs. */
        WAITING,
        /** A worker is at a job that comes no further. */
        STALLED,
        /** A worker was at a job and tells nothing any more. */
        SILENT,
        /** A service that it needs has ended on its own. */
        SERVICE_DOWN,
        /** A service that it needs was told to end. */
        STOPPED,
        /** Somebody has paused it. */
        PAUSED,
        /** It cannot go on and is about to fail. */
        BLOCKED,
        /** Somebody has cancelled it, and its jobs are ending. */
        CANCELLING,
        /** It is over. */
        ENDED
    }

    /**
     * The situation of a run.
     *
     * @param processes how the processes of the stack stand
     * @param others counts the jobs of other runs that workers are at; asked where the run waits
     * @param now the time
     */
    public static Situation of(RunView view, List<ProcessStanding> processes, IntSupplier others, Instant now) {
        if (view.state().ended()) {
            return new Situation(Name.ENDED, view.reason(), view.since());
        }
        return Absence.of(processes, List.of(Member.STACK))
                .map(absence -> absence.situation(true))
                .orElseGet(() -> whileKafkaLives(view, processes, others, now));
    }

    private static Situation whileKafkaLives(
            RunView view, List<ProcessStanding> processes, IntSupplier others, Instant now) {
        switch (view.state()) {
            case PAUSED -> {
                return new Situation(
                        Name.PAUSED,
                        "%s; go on with: %s"
                                .formatted(
                                        view.reason().isEmpty() ? "no reason given" : view.reason(),
                                        BudgetText.goOn(view.run(), view.spent().map(RunBudgetSpent::getUnit))),
                        view.since());
            }
            case BLOCKED -> {
                return new Situation(Name.BLOCKED, view.reason(), view.since());
            }
            case CANCELLING -> {
                return new Situation(Name.CANCELLING, view.reason(), view.since());
            }
            default -> {
                return atWork(view, processes, others, now);
            }
        }
    }

    private static Situation atWork(RunView view, List<ProcessStanding> processes, IntSupplier others, Instant now) {
        var stage = view.stages().stream()
                .filter(each -> !each.complete())
                .map(StageView::stage)
                .findFirst()
                .orElse(StageView.TRANSFER);
        var absence = Absence.of(processes, membersOf(stage));
        if (absence.isPresent()) {
            return absence.get().situation(false);
        }
        if (view.live().stream().anyMatch(job -> job.isMoving(now, STANDSTILL))) {
            return view.finishing().contains(stage)
                    ? new Situation(Name.FINISHING, "the %s ends with what it has".formatted(stage), view.since())
                    : new Situation(Name.RUNNING, "", view.since());
        }
        var heard =
                view.live().stream().filter(job -> job.isHeard(now, SILENCE)).max(BY_MOVE);
        if (heard.isPresent()) {
            return stands(heard.get());
        }
        var silent = view.live().stream()
                .filter(job -> job.word().getStage().equals(stage))
                .max(Comparator.comparing(LiveJob::heardAt));
        return silent.map(job -> new Situation(
                        Name.SILENT,
                        "%s tells nothing of %s job %s any more; it is taken up by another worker, or see infra/run status"
                                .formatted(
                                        worker(job),
                                        job.word().getStage(),
                                        job.word().getJob()),
                        job.heardAt()))
                .orElseGet(() -> waits(stage, others.getAsInt(), view));
    }

    private static Situation stands(LiveJob job) {
        var word = job.word();
        return word.getPhase().equals("wait")
                ? new Situation(
                        Name.WAITING,
                        "%s job %s has its worker, which waits: %s"
                                .formatted(word.getStage(), word.getJob(), word.getMessage()),
                        job.movedAt())
                : new Situation(
                        Name.STALLED,
                        "%s job %s comes no further (%s); the service ends it after dartboard.job.stall-timeout, see the log of %s"
                                .formatted(
                                        word.getStage(),
                                        word.getJob(),
                                        word.getMessage().isEmpty() ? "no message" : word.getMessage(),
                                        memberOf(word.getStage()).id()),
                        job.movedAt());
    }

    private static Situation waits(String stage, int others, RunView view) {
        return new Situation(
                Name.WAITING,
                others == 0
                        ? "no worker has taken a %s job yet".formatted(stage)
                        : "for a device: workers are at %d %s of other runs"
                                .formatted(others, others == 1 ? "job" : "jobs"),
                view.since());
    }

    /** The service that does the jobs of a stage. */
    public static Member memberOf(String stage) {
        return switch (stage) {
            case StageView.SELECTION, StageView.EVALUATION -> Member.EVAL;
            case StageView.TRANSFER -> Member.TRANSFER;
            default -> Member.SEARCH;
        };
    }

    /** A search's epochs are derived by a service that does no jobs. */
    private static List<Member> membersOf(String stage) {
        return stage.equals(StageView.SEARCH) ? List.of(Member.SEARCH, Member.DERIVE) : List.of(memberOf(stage));
    }

    private static String worker(LiveJob job) {
        return job.word().getWorker().isEmpty() ? "its worker" : job.word().getWorker();
    }

    /** True if what a job says of its rate and of the time that is left still holds. */
    static boolean isFresh(LiveJob job, Instant now) {
        return job.isMoving(now, FRESH);
    }

    /** True if the run comes further. */
    public boolean isMoving() {
        return name == Name.RUNNING || name == Name.FINISHING;
    }

    /** One line: the name, for how long, and why. */
    public String line(Instant now) {
        if (name == Name.RUNNING) {
            return "RUNNING";
        }
        return "%s for %s, since %s%s"
                .formatted(
                        name.name().replace('_', ' '),
                        Quantity.seconds((double)
                                Math.max(0, Duration.between(since, now).toSeconds())),
                        CLOCK.format(since.atZone(ZoneId.systemDefault())),
                        why.isEmpty() ? "" : ": " + why);
    }

    /** Members that are not there. */
    private record Absence(List<ProcessStanding> gone, Life life) {

        /** Those of the members of which no process lives; empty if each has one. */
        static Optional<Absence> of(List<ProcessStanding> processes, List<Member> needed) {
            var gone = processes.stream()
                    .filter(process -> needed.contains(process.instance().member()))
                    .filter(process -> processes.stream()
                            .filter(other -> other.instance().member()
                                    == process.instance().member())
                            .noneMatch(ProcessStanding::isUp))
                    .toList();
            return gone.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Absence(
                            gone,
                            gone.stream().anyMatch(process -> process.life() == Life.DIED) ? Life.DIED : Life.STOPPED));
        }

        Situation situation(boolean stack) {
            var names = gone.stream()
                    .map(ProcessStanding::instance)
                    .map(Instance::title)
                    .distinct()
                    .collect(Collectors.joining(", "));
            var since = gone.stream()
                    .map(ProcessStanding::since)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            if (life == Life.STOPPED) {
                return new Situation(Name.STOPPED, "%s told to end; go on with: infra/run up".formatted(names), since);
            }
            return new Situation(
                    Name.SERVICE_DOWN,
                    "%s has ended on its own; start it again with: infra/run %s"
                            .formatted(
                                    names,
                                    stack
                                            ? "up"
                                            : "restart "
                                                    + gone.get(0).instance().id()),
                    since);
        }
    }
}
