package io.dartboard.pipeline.job;

import io.dartboard.events.EpochJudged;
import io.dartboard.pipeline.artifact.CheckpointStore;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.meters.LiveGauges;
import io.dartboard.schemas.Topic;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/** What a running job may ask and tell. No call but {@link #await} waits for Kafka or the store. */
public interface JobContext {

    /** The job. */
    JobIdentity identity();

    /** Number of this attempt, from 1; goes into every fact. */
    int attempt();

    /** Where the job trains: cpu, gpu0, … */
    String device();

    /** Whether to go on; also counts as a sign of life. To be asked at every step of every loop. */
    Signal signal();

    /** Why {@link #signal()} says stop, one line for people; empty while it does not. */
    String cause();

    /** A sign of life where there is nothing to ask. */
    void beat();

    /**
     * To whom is told how far the job's data are fetched, unpacked and read; whoever does so hears there at once, by a
     * CancellationException, that the job shall stop, and lets it pass. Before the training begins.
     */
    Preparation preparation();

    /**
     * Tells how far the job is; sent at most as often as configured, lost where Kafka is away.
     *
     * @param step steps done since the start of the training, all attempts
     * @param fraction 0 to 1
     * @param etaSeconds seconds until the end; negative where unknown
     * @param throughput how fast it goes through its examples
     * @param message one line for people
     */
    void progress(long step, double fraction, double etaSeconds, Throughput throughput, String message);

    /** An epoch of a training has been judged; the progress that follows tells it with the rest. */
    void judged(EpochJudged epoch);

    /**
     * Tells where the training goes on, so that the steps which an earlier attempt had done beyond are counted as lost.
     *
     * @param step steps that the state holds; 0 for a fresh start
     */
    void resumesAt(long step);

    /** Tells a fact, in order, for certain: it is sent again until Kafka has it, and the job does not end before. */
    <V extends SpecificRecord> void publish(Topic<V> topic, String key, V fact);

    /**
     * Waits for something that is on its way, showing life meanwhile; the way to wait for a last checkpoint.
     *
     * @throws java.util.concurrent.CancellationException if the job is cancelled or lost; let it pass
     * @throws java.util.concurrent.CompletionException if it failed, with the reason; let it pass
     */
    <T> T await(CompletableFuture<T> pending) throws InterruptedException;

    /** The job's checkpoints, for this attempt. */
    CheckpointStore checkpoints();

    /** The job's gauges; removed at its end. */
    LiveGauges gauges();
}
