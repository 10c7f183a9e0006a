package io.dartboard.search.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.SearchJob;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.training.Datasets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Runs search jobs against a store in memory. */
record SearchFixture(InMemoryArtifactStore store, Path work) {
    private static final JobIdentity IDENTITY = new JobIdentity("s1", "r1", 0, "search", "searches/s1");

    /** An attempt that is asked for no checkpoint in mid-epoch; the caller closes it. */
    FakeJobContext attempt(int number) {
        return new FakeJobContext(IDENTITY, number, store, work, Duration.ofHours(1), Clock.systemUTC());
    }

    Outcome run(SearchJob job, FakeJobContext context) throws Exception {
        var archives = new ArchiveCache(store, work);
        return new SearchJobRunner(new Datasets(archives, work), 1, context.meters(), Clock.systemUTC())
                .run(job, context);
    }

    /** What a search tells that nothing interrupts. */
    AlphaCheckpointed whole(SearchJob job) throws Exception {
        try (var context = attempt(1)) {
            return result(run(job, context));
        }
    }

    void refused(SearchJob job, String line) {
        try (var context = attempt(1)) {
            assertThatThrownBy(() -> run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining(line)
                    .hasMessageNotContaining("\n");
        }
    }

    static AlphaCheckpointed result(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (AlphaCheckpointed) ((Outcome.Done<?>) outcome).fact();
    }
}
