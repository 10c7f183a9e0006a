package io.dartboard.pipeline.job;

import io.dartboard.events.EvaluationJob;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunPriority;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.TransferJob;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows of every job whether it shall go on, from {@code nas.runs}, {@code nas.steering} and the job topics: a job goes on while
 * any of the runs that have asked for it is live, whichever of them its worker began it for, and has not given it up; a search
 * that has been steered to end does not, for whomever.
 */
public final class RunControl implements AutoCloseable {
    private static final Word GO = new Word(Signal.NONE, "");

    private final Map<String, RunLife> lives = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> askers = new ConcurrentHashMap<>();
    private final Map<String, Ask> asks = new ConcurrentHashMap<>();
    private final Map<String, Word> steered = new ConcurrentHashMap<>();
    /** By job, the runs that have given it up, and why. */
    private final Map<String, Map<String, Word>> givenUp = new ConcurrentHashMap<>();

    private final EventReader reader;

    /**
     * The last time that a job was asked for.
     *
     * @param topic where that stands
     */
    record Ask(String job, String run, String topic, long offset, Instant time) {}

    /** Prepares it; {@link #start()} begins to listen. */
    public RunControl(KafkaSettings kafka, String service, SchemaBook schemas) {
        this.reader = new EventReader(
                kafka,
                service + "-run-control",
                List.of(Topics.RUNS, Topics.STEERING, Topics.SEARCH_JOBS, Topics.EVAL_JOBS, Topics.TRANSFER_JOBS),
                schemas,
                this::hear);
    }

    /** Begins to listen in the background. */
    public void start() {
        reader.start();
    }

    /** NONE, FINISH, PAUSE or CANCEL. */
    Signal signal(JobIdentity identity) {
        return word(identity).signal();
    }

    /** Why, one line; empty for NONE. */
    String cause(JobIdentity identity) {
        return word(identity).cause();
    }

    /**
     * Waits until all that has been told by now is known.
     *
     * @return false if that took longer
     */
    public boolean sync(Duration atMost) throws InterruptedException {
        return reader.sync(atMost);
    }

    @Override
    public void close() {
        reader.close();
    }

    void hear(Event<?> event) {
        var fact = event.value();
        if (fact instanceof SearchJob job) {
            asks(job.getJob(), job.getRun(), event);
        } else if (fact instanceof EvaluationJob job) {
            asks(job.getJob(), job.getRun(), event);
        } else if (fact instanceof TransferJob job) {
            asks(job.getJob(), job.getRun(), event);
        } else if (fact instanceof SearchSteered word) {
            steer(word);
        } else if (fact instanceof RetrainingStopped word) {
            givenUp.computeIfAbsent(word.getJob(), job -> new ConcurrentHashMap<>())
                    .put(
                            word.getRun(),
                            new Word(
                                    Signal.PAUSE,
                                    "in run %s it can no longer be the best, which job %s leads"
                                            .formatted(word.getRun(), word.getLeader())));
        } else {
            var told = event.envelope().map(Envelope::time).orElse(event.time());
            RunLife.runOf(fact).ifPresent(run -> RunLife.after(Optional.ofNullable(lives.get(run)), fact, told)
                    .ifPresent(life -> lives.put(run, life)));
        }
    }

    /** The most lively word of all that have asked. */
    private Word word(JobIdentity identity) {
        return word(identity.job(), identity.run(), identity.stage());
    }

    private Word word(String job, String run, String stage) {
        var end = steered.get(job);
        return end != null ? end : wordOfRuns(job, run, stage);
    }

    private Word wordOfRuns(String job, String run, String stage) {
        return askers(job, run)
                .map(asker -> wordOfRun(job, asker, stage))
                .min(Comparator.comparing(Word::signal, Comparator.comparingInt(RunControl::rank)))
                .orElse(GO);
    }

    /** What a run has given up goes on neither while it is live nor once it is resumed. */
    private Word wordOfRun(String job, String run, String stage) {
        var word = word(run, stage);
        var end = givenUp.getOrDefault(job, Map.of()).get(run);
        return end != null && !word.signal().stops() ? end : word;
    }

    private Word word(String run, String stage) {
        var life = lives.get(run);
        if (life == null) {
            return GO;
        }
        if (life.isLive()) {
            return life.finishes(stage)
                    ? new Word(Signal.FINISH, "run %s finishes its %s now".formatted(run, stage))
                    : GO;
        }
        return switch (life.phase()) {
            case PAUSED -> new Word(Signal.PAUSE, because("run " + run + " is paused", life.reason()));
            case CANCELLING, CANCELLED ->
                new Word(Signal.CANCEL, because("run " + run + " is cancelled", life.reason()));
            case BLOCKED, FAILED, SUCCEEDED ->
                new Word(Signal.CANCEL, because("run " + run + " is over", life.reason()));
            case LIVE, UNKNOWN -> GO;
        };
    }

    /** What it has come to by then is told: there is nothing more to write. */
    private void steer(SearchSteered word) {
        var how =
                switch (word.getAction()) {
                    case STOP -> "is stopped";
                    case ROLL_BACK -> "goes back to epoch " + word.getEpoch();
                    case RELAUNCH -> "is made anew";
                    case CONTINUE, UNKNOWN -> "";
                };
        if (!how.isEmpty()) {
            steered.putIfAbsent(
                    word.getSearch(),
                    new Word(
                            Signal.CANCEL,
                            because(
                                    "the search " + how,
                                    word.getReasons().stream().findFirst().orElse(""))));
        }
    }

    private void asks(String job, String run, Event<?> event) {
        askers.computeIfAbsent(job, id -> ConcurrentHashMap.newKeySet()).add(run);
        asks.put(job, new Ask(job, run, event.topic().name(), event.offset(), event.time()));
    }

    /**
     * What was asked for on a topic before some time, is wanted by a live run, and was not {@linkplain #takeUp taken up}, in
     * the order in which it stands there. What nobody wants now is forgotten: whoever comes to want it asks again.
     */
    List<Ask> wanted(String topic, Instant before) {
        return asked(topic)
                .filter(ask -> ask.time().isBefore(before))
                .filter(ask -> {
                    var isWanted = isWanted(ask);
                    if (!isWanted) {
                        takeUp(ask);
                    }
                    return isWanted;
                })
                .toList();
    }

    /**
     * Of what is wanted on a topic and was not {@linkplain #takeUp taken up}, all that is more urgent than something else there:
     * the most urgent first, and of what is alike the one that was told first.
     */
    List<Ask> urgent(String topic) {
        var byUrgency = asked(topic)
                .filter(this::isWanted)
                .collect(Collectors.groupingBy(
                        this::priority, () -> new TreeMap<>(Comparator.reverseOrder()), Collectors.toList()));
        return byUrgency.values().stream()
                .limit(Math.max(0, byUrgency.size() - 1))
                .flatMap(List::stream)
                .toList();
    }

    private Stream<Ask> asked(String topic) {
        return asks.values().stream()
                .filter(ask -> ask.topic().equals(topic))
                .sorted(Comparator.comparingLong(Ask::offset));
    }

    /** Of whichever stage: a job that shall finish is wanted. */
    private boolean isWanted(Ask ask) {
        return !word(ask.job(), ask.run(), "").signal().stops();
    }

    /** The highest of the live runs that have asked for it. */
    private RunPriority priority(Ask ask) {
        return askers(ask.job(), ask.run())
                .filter(run -> !givenUp.getOrDefault(ask.job(), Map.of()).containsKey(run))
                .map(lives::get)
                .filter(Objects::nonNull)
                .filter(RunLife::isLive)
                .map(life -> life.request().getPriority())
                .max(Comparator.naturalOrder())
                .orElse(RunPriority.NORMAL);
    }

    private Stream<String> askers(String job, String run) {
        return Stream.concat(Stream.of(run), askers.getOrDefault(job, Set.of()).stream())
                .distinct();
    }

    /** Forgets an ask, because somebody looks into it; false if somebody does already. */
    boolean takeUp(Ask ask) {
        return asks.remove(ask.job(), ask);
    }

    /** Forgets an ask that has been looked into, by where it stands; one that was told later stays. */
    void lookedInto(String job, long offset) {
        asks.computeIfPresent(job, (id, ask) -> ask.offset() > offset ? ask : null);
    }

    private static int rank(Signal signal) {
        return switch (signal) {
            case NONE -> 0;
            case FINISH -> 1;
            case PAUSE -> 2;
            case CANCEL, SHUTDOWN, LOST -> 3;
        };
    }

    private static String because(String what, String reason) {
        return reason.isEmpty() ? what : what + ": " + reason;
    }

    private record Word(Signal signal, String cause) {}
}
