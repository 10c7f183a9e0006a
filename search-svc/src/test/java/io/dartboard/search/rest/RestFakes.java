package io.dartboard.search.rest;

import io.dartboard.nas.bilevel.ArchitectureSelfTest;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.work.SelfTest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Takes the place of Kafka, the store and the self-test where the REST interface is tested. */
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
        return new InMemoryArtifactStore();
    }

    /** Broken, so that no worker starts and no native library is loaded into a second class loader of the tests' JVM. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    SelfTest brokenSelfTest() {
        return new SelfTest(List.of(new SelfTest.Check(
                "darts-cnn",
                "darts-first-order",
                device -> new ArchitectureSelfTest.Verdict(false, "the alpha step changed no alpha"))));
    }
}
