package io.dartboard.pipeline.run;

import io.dartboard.events.JobFailed;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.schemas.Topic;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.avro.specific.SpecificRecord;

/**
 * Puts jobs on their topic, each once, and again only where nobody else would do it: when the run that it was asked for
 * on behalf of is held while another one needs it, or when that run goes on. Takes what the workers say of them, the newest
 * attempt's word before an older one's.
 *
 * @param <J> the job's record
 * @param <R> the record of its result
 */
public final class JobDesk<J extends SpecificRecord, R extends SpecificRecord> {
    private final Topic<J> topic;
    private final Table<J> issued;
    private final Function<J, String> id;
    private final Function<J, String> owner;
    private final Table<R> results;
    private final Function<R, String> job;
    private final ToIntFunction<R> attempt;

    /**
     * Describes a kind of job.
     *
     * @param topic where these jobs stand
     * @param issued table of those put there
     * @param id a job's id
     * @param owner the run on whose behalf a job is asked for
     * @param results table of their results
     * @param job the id of the job that a result is of
     * @param attempt the attempt that it is of
     */
    public JobDesk(
            Topic<J> topic,
            Table<J> issued,
            Function<J, String> id,
            Function<J, String> owner,
            Table<R> results,
            Function<R, String> job,
            ToIntFunction<R> attempt) {
        this.topic = topic;
        this.issued = issued;
        this.id = id;
        this.owner = owner;
        this.results = results;
        this.job = job;
        this.attempt = attempt;
    }

    /**
     * The result of a job that a live run needs. Where there is none, sees to it that the job is asked for on behalf of a
     * live run.
     *
     * @param asked the job as its asker, a live run, words it
     * @param anew see {@link RunChange#anew()}
     */
    public Optional<R> result(J asked, boolean anew, RunBook runs, Ledger ledger, Outbox outbox) {
        var result = ledger.get(results, id.apply(asked));
        if (result.isEmpty()) {
            ask(asked, anew, runs, ledger, outbox);
        }
        return result;
    }

    /** Takes a result: the runs that wait for it, or none where a newer attempt has spoken. */
    public RunChange done(R result, RunBook runs, Ledger ledger) {
        var of = job.apply(result);
        var known = ledger.get(results, of);
        if (known.isPresent() && attempt.applyAsInt(known.get()) >= attempt.applyAsInt(result)) {
            return RunChange.NONE;
        }
        ledger.put(results, of, result);
        runs.done(of);
        return RunChange.of(runs.whoNeeds(of));
    }

    /** Takes a failure: one for good stops the runs that need the job, unless it is out of date. */
    public void failed(JobFailed failed, RunBook runs, Ledger ledger) {
        if (!failed.getRetryable()
                && ledger.get(results, failed.getJob()).isEmpty()
                && isAskedForBy(failed.getRun(), failed.getJob(), ledger)) {
            runs.failed(failed.getJob());
        }
    }

    private void ask(J asked, boolean anew, RunBook runs, Ledger ledger, Outbox outbox) {
        var asker = owner.apply(asked);
        runs.need(asker, id.apply(asked));
        var standing = ledger.get(issued, id.apply(asked)).map(owner);
        var mine = standing.filter(asker::equals).isPresent();
        if (mine ? anew : standing.filter(runs::isLive).isEmpty()) {
            ledger.put(issued, id.apply(asked), asked);
            outbox.send(topic, id.apply(asked), asked, asker);
        }
    }

    /** True if a job stands on its topic on behalf of this run; what a worker says of it for another is out of date. */
    private boolean isAskedForBy(String run, String of, Ledger ledger) {
        return ledger.get(issued, of).map(owner).filter(run::equals).isPresent();
    }
}
