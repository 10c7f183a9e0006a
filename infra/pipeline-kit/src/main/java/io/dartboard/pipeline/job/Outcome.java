package io.dartboard.pipeline.job;

import io.dartboard.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/** How a call of {@link JobRunner#run} ended. */
public sealed interface Outcome {

    /**
     * The job is done. The worker writes the fact as the job's result, once, and then tells it.
     *
     * @param topic where the fact is told
     * @param key its record key
     * @param fact what the job has come to
     */
    record Done<V extends SpecificRecord>(Topic<V> topic, String key, V fact) implements Outcome {}

    /**
     * The job was told to finish and has made the best of what it had. That is told to the runs that wanted it and is no
     * result of the job, which goes on from its checkpoint if somebody comes to want it in full.
     */
    record Early<V extends SpecificRecord>(Topic<V> topic, String key, V fact) implements Outcome {}

    /** The job has stopped because {@link JobContext#signal()} said so, and has written its checkpoint if that was asked. */
    record Stopped() implements Outcome {}

    /** Done, with this fact. */
    static <V extends SpecificRecord> Outcome done(Topic<V> topic, String key, V fact) {
        return new Done<>(topic, key, fact);
    }

    /** Finished before its last epoch, with this fact. */
    static <V extends SpecificRecord> Outcome early(Topic<V> topic, String key, V fact) {
        return new Early<>(topic, key, fact);
    }

    /** Stopped at a signal. */
    static Outcome stopped() {
        return new Stopped();
    }
}
