package io.dartboard.pipeline.job;

import io.dartboard.events.JobFailed;
import io.dartboard.pipeline.artifact.JobResult;
import io.dartboard.pipeline.deadletter.DeadLetters;
import io.dartboard.pipeline.lease.LeaseState;
import io.dartboard.schemas.Topics;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker tells of jobs, for certain: each call returns when Kafka has it. */
final class JobWords {
    private static final Logger LOG = LoggerFactory.getLogger(JobWords.class);

    private final JobTools tools;

    JobWords(JobTools tools) {
        this.tools = tools;
    }

    /** The job's result. */
    void result(JobRecord<?> record, JobResult<?> result) throws InterruptedException {
        tell(record, result);
    }

    /** An attempt has failed, and another follows. */
    void failed(JobRecord<?> record, int attempt, String cause) throws InterruptedException {
        fail(record, attempt, cause, true, LogTail.listening().lines());
    }

    /** The job is given up, and why; the record is kept for whoever mends the cause. */
    void givenUp(JobRecord<?> record, LeaseState end) throws InterruptedException {
        LOG.atError()
                .addKeyValue("job", record.identity().job())
                .addKeyValue("run", record.identity().run())
                .log(end.cause());
        fail(record, end.token(), end.cause(), false, end.lastWords());
        deadLetter(record.raw(), end.cause(), record.identity().run());
    }

    /** The job can be done by no attempt. */
    void refused(JobRecord<?> record, int attempt, String cause) throws InterruptedException {
        fail(record, attempt, cause, false, List.of());
    }

    /** A record was refused. */
    void deadLetter(ConsumerRecord<byte[], byte[]> raw, String reason, String run) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("topic", raw.topic())
                .addKeyValue("offset", raw.offset())
                .log("dead-lettered a record: {}", reason);
        var letter = DeadLetters.of(raw, reason, tools.sender().service().name());
        tools.sender().deliver(Topics.DEAD_LETTERS, DeadLetters.key(letter), letter, run, JobRecord.causationId(raw));
        tools.meters().deadLettered(raw.topic());
    }

    /** The job shall be done by whoever is free. */
    void again(JobRecord<?> record) throws InterruptedException {
        tools.sender().deliver(record.again());
    }

    static void log(JobIdentity identity, int attempt, String what) {
        LOG.atInfo()
                .addKeyValue("job", identity.job())
                .addKeyValue("run", identity.run())
                .addKeyValue("stage", identity.stage())
                .addKeyValue("attempt", attempt)
                .log("job {}", what);
    }

    private <V extends SpecificRecord> void tell(JobRecord<?> record, JobResult<V> result) throws InterruptedException {
        tools.sender()
                .deliver(
                        result.topic(),
                        result.key(),
                        result.fact(),
                        record.identity().run(),
                        record.causationId());
    }

    private void fail(JobRecord<?> record, int attempt, String cause, boolean retryable, List<String> lastWords)
            throws InterruptedException {
        var identity = record.identity();
        var fact = new JobFailed(
                identity.job(),
                identity.run(),
                identity.stage(),
                attempt,
                cause,
                retryable,
                tools.host(),
                identity.requestEpoch(),
                lastWords);
        tools.sender().deliver(Topics.FAILURES, identity.job(), fact, identity.run(), record.causationId());
    }
}
