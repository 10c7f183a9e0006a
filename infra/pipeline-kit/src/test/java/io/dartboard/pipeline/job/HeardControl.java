package io.dartboard.pipeline.job;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.SchemaBook;

/** What a worker knows of runs, for tests that say themselves how far it has heard. */
public final class HeardControl {
    private final RunControl control = new RunControl(KafkaSettings.at("localhost:1"), "test-svc", SchemaBook.AS_IT_IS);

    /** Hears one event. */
    public void hear(Event<?> event) {
        control.hear(event);
    }

    /** True if a job shall not go on. */
    public boolean stops(JobIdentity identity) {
        return control.signal(identity).stops();
    }

    /** Why. */
    public String cause(JobIdentity identity) {
        return control.cause(identity);
    }
}
