package io.dartboard.pipeline.job;

import io.dartboard.schemas.Topic;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * A kind of job: where it is asked for and who takes it.
 *
 * @param topic topic of the jobs
 * @param stages the stages of a run that they belong to, by name
 * @param group share group of the workers
 * @param identity who a job is
 * @param <J> the job's record
 */
public record JobKind<J extends SpecificRecord>(
        Topic<J> topic, List<String> stages, String group, Function<J, JobIdentity> identity) {
    public JobKind {
        stages = List.copyOf(stages);
    }
}
