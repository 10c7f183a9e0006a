package io.dartboard.pipeline.run;

import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.JobWatch;
import io.dartboard.pipeline.planner.JobQueue;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every job which a live run wants is done. A record on the jobs' topic is a hint that there is work; what
 * counts is the level: wanted by a live run, no result yet, no sign of life. Each run that wants a job asks for it once
 * when it comes to life, whether another has asked already or not: to be asked twice is harmless, since a job has one lease
 * and one result. A job that shows no life for too long is asked for again, at growing intervals while nobody begins it.
 *
 * @param <J> the job's record
 * @param <R> the record of its result
 */
public final class JobDesk<J extends SpecificRecord, R extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);
    private static final Table<JobWatch> WATCHES = Table.of(JobWatch.class);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Topic<J> topic;
    private final Table<J> asked;
    private final Function<J, String> id;
    private final Function<J, String> asker;
    private final Table<R> results;
    private final Function<R, String> job;
    private final ToIntFunction<R> attempt;
    private final Function<R, String> stage;
    private final Table<R> early;
    private final Predicate<R> isEarly;
    /** For whoever looks from outside; no decision rests on it. */
    private final AtomicReference<JobQueue> queue;

    /**
     * Describes a kind of job.
     *
     * @param topic where these jobs stand
     * @param asked table of those put there
     * @param id a job's id
     * @param asker the run on whose behalf a job is asked for
     * @param results table of their results
     * @param job the id of the job that a result is of
     * @param attempt the attempt that it is of
     * @param stage the stage of a run that a result is of, by name
     * @param early table of what jobs have come to that were told to finish, for each run that wanted that
     * @param isEarly true of these
     */
    public JobDesk(
            Topic<J> topic,
            Table<J> asked,
            Function<J, String> id,
            Function<J, String> asker,
            Table<R> results,
            Function<R, String> job,
            ToIntFunction<R> attempt,
            Function<R, String> stage,
            Table<R> early,
            Predicate<R> isEarly) {
        this.topic = topic;
        this.asked = asked;
        this.id = id;
        this.asker = asker;
        this.results = results;
        this.job = job;
        this.attempt = attempt;
        this.stage = stage;
        this.early = early;
        this.isEarly = isEarly;
        this.queue = new AtomicReference<>(JobQueue.unseen(topic.name()));
    }

    /** The jobs that are wanted, as they were at the last look at the clock. */
    public JobQueue queue() {
        return Objects.requireNonNull(queue.get());
    }

    /**
     * The result of a job that a live run needs; to a run whose stage shall finish, what the job came to when it was told to
     * finish is one. Where there is none yet, the run has asked for the job after this.
     *
     * @param wanted the job as the run words it
     */
    public Optional<R> result(J wanted, RunBook runs, Ledger ledger, Outbox outbox) {
        var of = id.apply(wanted);
        var result = ledger.get(results, of)
                .or(() -> runs.life(asker.apply(wanted)).flatMap(life -> ledger.get(early, earlyKey(of, life))));
        if (result.isEmpty()) {
            ask(wanted, runs, ledger, outbox);
        }
        return result;
    }

    /**
     * Takes a result: the runs that wait for it, or none where a newer attempt has spoken. One that was finished early is a
     * result for the runs that want that at the time, and none for others: they go on asking for the job.
     */
    public RunChange done(R result, RunBook runs, Ledger ledger) {
        var of = job.apply(result);
        if (isEarly.test(result)) {
            var content = runs.whoNeeds(of).stream()
                    .filter(run -> runs.life(run)
                            .filter(life -> life.finishes(stage.apply(result)))
                            .filter(life -> putNewer(early, earlyKey(of, life), result, ledger))
                            .isPresent())
                    .collect(Collectors.toCollection(TreeSet::new));
            withdraw(of, content, runs);
            return new RunChange(content);
        }
        if (!putNewer(results, of, result, ledger)) {
            return RunChange.NONE;
        }
        letGo(of, runs, ledger);
        return new RunChange(runs.whoNeeds(of));
    }

    /** These runs have what they want of a job, though it may go on. */
    public void withdraw(String of, Set<String> content, RunBook runs) {
        runs.withdraw(of, content::contains);
    }

    /** The result of a job, if it has been told; one that was finished early is none. */
    public Optional<R> known(String of, Ledger ledger) {
        return ledger.get(results, of);
    }

    /** True if another live run than this one asks for a job. */
    public boolean isWantedBeside(String run, String of, RunBook runs) {
        return runs.askers(of).stream().anyMatch(life -> !life.run().equals(run));
    }

    /** In another request epoch a run wants the job in full unless it says so anew. */
    private static String earlyKey(String of, RunLife life) {
        return "%s/%s/%d".formatted(of, life.run(), life.epoch());
    }

    private boolean putNewer(Table<R> table, String key, R result, Ledger ledger) {
        var known = ledger.get(table, key);
        if (known.isPresent() && attempt.applyAsInt(known.get()) >= attempt.applyAsInt(result)) {
            return false;
        }
        ledger.put(table, key, result);
        return true;
    }

    /**
     * Hears what workers say of jobs; what else there is to hear is not for it. A sign of life is remembered. After a
     * failure for good the live runs that have asked for the job cannot go on, and that is told.
     */
    public void hear(SpecificRecord told, RunBook runs, Ledger ledger, Outbox outbox) {
        if (told instanceof JobProgressed progressed) {
            alive(progressed.getJob(), ledger);
        } else if (told instanceof JobFailed failed) {
            failed(failed, runs, ledger, outbox);
        }
    }

    /** A word on a request that has been made again since is out of date, and the job is being tried anew. */
    private void failed(JobFailed failed, RunBook runs, Ledger ledger, Outbox outbox) {
        var of = failed.getJob();
        if (ledger.get(results, of).isPresent()) {
            return;
        }
        if (failed.getRetryable()) {
            alive(of, ledger);
            return;
        }
        var isStale = runs.life(failed.getRun())
                .filter(life -> !life.isAbout(failed.getRequestEpoch()))
                .isPresent();
        var concerned = runs.askers(of);
        if (isStale || concerned.isEmpty()) {
            return;
        }
        letGo(of, runs, ledger);
        var reason = "%s job %s: %s".formatted(failed.getStage(), of, failed.getCause());
        concerned.forEach(life -> runs.block(life, failed.getStage(), of, reason, outbox));
    }

    /**
     * Looks at the watch of every job that is wanted, and asks again for those that show no life.
     *
     * @param now the time
     * @param patience how long a job that has begun may be silent; one that has not is waited for longer each time
     */
    public void tick(Instant now, Duration patience, RunBook runs, Ledger ledger, Outbox outbox) {
        var waiting = new ArrayList<Instant>();
        for (var watch : ledger.all(WATCHES)) {
            var askers = runs.askers(watch.getJob());
            if (askers.isEmpty()) {
                ledger.remove(WATCHES, watch.getJob());
            } else if (watch.getHeard()) {
                put(
                        JobWatch.newBuilder(watch)
                                .setHeard(false)
                                .setAsks(0)
                                .setLifeAt(now.toEpochMilli())
                                .build(),
                        ledger);
            } else if (watch.getAskedAt() == 0) {
                put(
                        JobWatch.newBuilder(watch)
                                .setAskedAt(now.toEpochMilli())
                                .setLifeAt(0L)
                                .setFirstAskedAt(now.toEpochMilli())
                                .build(),
                        ledger);
            } else if (isSilent(watch, now, patience)) {
                again(watch, askers.get(0), now, ledger, outbox);
            }
            if (!askers.isEmpty() && !watch.getHeard() && watch.getLifeAt() == 0) {
                waiting.add(firstAsked(watch, now));
            }
        }
        queue.set(new JobQueue(topic.name(), waiting.size(), waiting.stream().min(Comparator.naturalOrder()), now));
    }

    private static Instant firstAsked(JobWatch watch, Instant now) {
        var told = watch.getFirstAskedAt() > 0 ? watch.getFirstAskedAt() : watch.getAskedAt();
        return told > 0 ? Instant.ofEpochMilli(told) : now;
    }

    private void ask(J wanted, RunBook runs, Ledger ledger, Outbox outbox) {
        var run = asker.apply(wanted);
        var of = id.apply(wanted);
        runs.need(run, of);
        if (runs.asks(run, of)) {
            ledger.put(asked, of + "/" + run, wanted);
            if (ledger.get(WATCHES, of).isEmpty()) {
                put(JobWatch.newBuilder().setJob(of).build(), ledger);
            }
            outbox.send(topic, of, wanted, run);
        }
    }

    private void again(JobWatch watch, RunLife life, Instant now, Ledger ledger, Outbox outbox) {
        ledger.get(asked, watch.getJob() + "/" + life.run()).ifPresent(wanted -> {
            LOG.info(
                    "job {} of run {} shows no life and is asked for again ({})",
                    watch.getJob(),
                    life.run(),
                    watch.getAsks() + 1);
            put(
                    JobWatch.newBuilder(watch)
                            .setHeard(false)
                            .setAsks(watch.getAsks() + 1)
                            .setAskedAt(now.toEpochMilli())
                            .build(),
                    ledger);
            outbox.send(topic, watch.getJob(), wanted, life.run());
        });
    }

    /** A job that has begun is missed at once; one that waits for a free worker is only asked for in case it was lost. */
    private static boolean isSilent(JobWatch watch, Instant now, Duration patience) {
        var hasBegun = watch.getLifeAt() > 0;
        var doublings = Math.min(20, hasBegun ? watch.getAsks() : watch.getAsks() + 1);
        var wait = patience.multipliedBy(1L << doublings);
        var longest = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        var last = Math.max(watch.getAskedAt(), watch.getLifeAt());
        return now.toEpochMilli() - last > longest.toMillis();
    }

    private void alive(String of, Ledger ledger) {
        ledger.get(WATCHES, of)
                .filter(watch -> !watch.getHeard())
                .ifPresent(
                        watch -> put(JobWatch.newBuilder(watch).setHeard(true).build(), ledger));
    }

    private void letGo(String of, RunBook runs, Ledger ledger) {
        runs.withdraw(of, run -> true);
        ledger.remove(WATCHES, of);
    }

    private static void put(JobWatch watch, Ledger ledger) {
        ledger.put(WATCHES, watch.getJob(), watch);
    }
}
