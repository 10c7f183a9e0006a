package io.dartboard.pipeline.job;

import io.dartboard.schemas.UnreadableEvent;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of a job topic as a worker looks at it, for tests that have no broker. */
public final class OfferedRecord {
    private OfferedRecord() {}

    /**
     * Who the job is.
     *
     * @throws UnreadableEvent if it asks for no job of this kind
     */
    public static <J extends SpecificRecord> JobIdentity identity(JobKind<J> kind, ConsumerRecord<byte[], byte[]> raw) {
        return JobRecord.read(kind, raw).identity();
    }
}
