package io.dartboard.pipeline.job;

import io.dartboard.pipeline.artifact.Checkpoints;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.config.JobSettings;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.meters.JobMeters;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What every worker of a service works with.
 *
 * @param kafka where Kafka is
 * @param settings how jobs are taken and kept
 * @param sender tells events
 * @param schemas knows what newer writers write with
 * @param control knows which runs go on
 * @param leases says who is at a job
 * @param results the jobs' results
 * @param checkpoints the jobs' checkpoints
 * @param meters counts the jobs
 * @param clock the time
 * @param host who works, for people
 * @param workDir folder of this process, kept over a restart
 */
public record JobTools(
        KafkaSettings kafka,
        JobSettings settings,
        EventSender sender,
        SchemaBook schemas,
        RunControl control,
        Leases leases,
        ResultStore results,
        Checkpoints checkpoints,
        JobMeters meters,
        Clock clock,
        String host,
        Path workDir) {}
