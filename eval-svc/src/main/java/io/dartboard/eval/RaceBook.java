package io.dartboard.eval;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EpochJudged;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Measure;
import io.dartboard.events.RacePool;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of brief retrainings that race: which have their result, under the same settings on the same data, how those stand
 * that have not, and which of them a run has given up. However many have ended, {@value #MOST} of each settings are looked at.
 */
final class RaceBook {
    /** So many curves judge; more would tell hardly more. */
    static final int MOST = 64;

    private static final Table<RacePool> POOLS = Table.of(RacePool.class);
    private static final Table<RetrainingStopped> STOPPED = Table.of(RetrainingStopped.class);
    private static final Table<JobProgressed> STANDINGS = new Table<>("RaceStanding", JobProgressed.class);
    private static final Table<JobProgressed> BEFORE = new Table<>("RaceStandingBefore", JobProgressed.class);
    private static final Table<JobProgressed> LOOKS = new Table<>("RaceLook", JobProgressed.class);

    private final Ledger ledger;

    RaceBook(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The runs that race and have not chosen yet. */
    Set<String> racing() {
        return new TreeSet<>(ledger.marks("racing/"));
    }

    /** A run races from now on, until it has chosen. */
    void begin(String run) {
        ledger.mark("racing/" + run);
    }

    /** A run has chosen. */
    void end(String run) {
        ledger.unmark("racing/" + run);
        ledger.all(LOOKS, run + "/").forEach(look -> ledger.remove(LOOKS, key(run, look.getJob())));
    }

    /** A job races for some run: how it stands is remembered from now on, until it has its result. */
    void enter(String job) {
        ledger.mark(entered(job));
    }

    /** A job has its result, under settings that it shares with others; one that has it already is not noted anew. */
    void finished(String job, String pool) {
        if (!ledger.mark("finished/" + job)) {
            return;
        }
        ledger.unmark(entered(job));
        ledger.remove(STANDINGS, job);
        ledger.remove(BEFORE, job);
        var jobs = new ArrayList<>(alike(pool));
        jobs.add(job);
        ledger.put(POOLS, pool, new RacePool(jobs.subList(Math.max(0, jobs.size() - MOST), jobs.size())));
    }

    /** Those that share these settings and have their results, the newest last. */
    List<String> alike(String pool) {
        return ledger.get(POOLS, pool).map(RacePool::getJobs).orElse(List.of());
    }

    /** What brief retrainings share whose curves tell of each other: data, settings and space, and neither cell nor seed. */
    static String pool(RunRequested request, DatasetPublished dataset) {
        return JobId.evaluation(dataset, Stage.SELECTION, request.getSearch().getSpace(), request.getSelection(), 0);
    }

    /** How far a job is, if it races: the word that told an epoch first. */
    void hear(JobProgressed told) {
        var judged = told.getJudged();
        if (judged == null
                || judged.getMeasure() == Measure.UNKNOWN
                || !Double.isFinite(judged.getScore())
                || !ledger.marked(entered(told.getJob()))) {
            return;
        }
        var known = standing(told.getJob());
        if (known.filter(word -> epoch(word) >= judged.getEpoch()).isEmpty()) {
            known.ifPresent(word -> ledger.put(BEFORE, told.getJob(), word));
            ledger.put(STANDINGS, told.getJob(), told);
        }
    }

    /** How a job stands after the last epoch that is known. */
    Optional<JobProgressed> standing(String job) {
        return ledger.get(STANDINGS, job);
    }

    /** The same after the one that was known before. */
    Optional<JobProgressed> before(String job) {
        return ledger.get(BEFORE, job);
    }

    /** Notes that a run has looked at how a job stands; true if it had not in that epoch. */
    boolean look(String run, JobProgressed standing) {
        var key = key(run, standing.getJob());
        var isNew = ledger.get(LOOKS, key)
                .filter(known -> epoch(known) >= epoch(standing))
                .isEmpty();
        if (isNew) {
            ledger.put(LOOKS, key, standing);
        }
        return isNew;
    }

    /** A run gives a job up; the first word on that stands. */
    boolean take(RetrainingStopped stopped) {
        var key = key(stopped.getRun(), stopped.getJob());
        if (ledger.get(STOPPED, key).isPresent()) {
            return false;
        }
        ledger.put(STOPPED, key, stopped);
        return true;
    }

    /** True if a run has given a job up. */
    boolean isStopped(String run, String job) {
        return ledger.get(STOPPED, key(run, job)).isPresent();
    }

    private static int epoch(JobProgressed told) {
        return Optional.ofNullable(told.getJudged()).map(EpochJudged::getEpoch).orElse(0);
    }

    private static String entered(String job) {
        return "races/" + job;
    }

    private static String key(String run, String job) {
        return run + "/" + job;
    }
}
