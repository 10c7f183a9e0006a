package io.dartboard.search;

import io.dartboard.pipeline.artifact.ArtifactStore;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Takes the place of Kafka and the store where the REST interface is tested. */
@ApplicationScoped
class RestFakes {
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    FakeEventLog fakeLog() {
        return new FakeEventLog();
    }

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    ArtifactStore fakeStore() {
        return new FakeArtifactStore();
    }
}
