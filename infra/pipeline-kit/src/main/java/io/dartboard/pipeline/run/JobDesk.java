package io.dartboard.pipeline.run;

import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.schemas.Topic;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Puts jobs on their topic, each once, and again only where nobody else would do it: when the run that it was asked for
 * on behalf of is held while another one needs it, or when that run goes on.
 *
 * @param <J> the job's record
 */
public final class JobDesk<J extends SpecificRecord> {
    private final Topic<J> topic;
    private final Table<J> issued;
    private final Function<J, String> id;
    private final Function<J, String> owner;

    /**
     * Describes a kind of job.
     *
     * @param topic where these jobs stand
     * @param issued table of those put there
     * @param id a job's id
     * @param owner the run on whose behalf a job is asked for
     */
    public JobDesk(Topic<J> topic, Table<J> issued, Function<J, String> id, Function<J, String> owner) {
        this.topic = topic;
        this.issued = issued;
        this.id = id;
        this.owner = owner;
    }

    /**
     * Sees to it that a job without a result is asked for on behalf of a live run.
     *
     * @param job the job as its asker, a live run, words it
     * @param anew see {@link RunChange#anew()}
     */
    public void ask(J job, boolean anew, RunBook runs, Ledger ledger, Outbox outbox) {
        var asker = owner.apply(job);
        runs.need(asker, id.apply(job));
        var standing = ledger.get(issued, id.apply(job)).map(owner);
        var mine = standing.filter(asker::equals).isPresent();
        if (mine ? anew : standing.filter(runs::isLive).isEmpty()) {
            ledger.put(issued, id.apply(job), job);
            outbox.send(topic, id.apply(job), job, asker);
        }
    }

    /** True if a job stands on its topic on behalf of this run; what a worker says of it for another is out of date. */
    public boolean isAskedForBy(String run, String job, Ledger ledger) {
        return ledger.get(issued, job).map(owner).filter(run::equals).isPresent();
    }
}
