package io.dartboard.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.training.Datasets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Runs a transfer, to photographs or to a text, against a store in memory. */
record TransferFixture(TransferJob job, InMemoryArtifactStore store, Path work) {

    /** Packs and stores a dataset. */
    static ArtifactRef stored(Path folder, InMemoryArtifactStore store) throws IOException {
        var archive = folder.resolveSibling(folder.getFileName() + ".tar.gz");
        DatasetArchive.pack(folder, archive);
        return store.put("datasets/" + folder.getFileName(), archive);
    }

    /** The surroundings of an attempt, whose checkpoints are due at a signal alone. */
    FakeJobContext attempt(int attempt) {
        return new FakeJobContext(
                TransferEvents.KIND.identity().apply(job),
                attempt,
                store,
                work,
                Duration.ofHours(1),
                Clock.systemUTC());
    }

    Outcome run(FakeJobContext context) throws Exception {
        return run(job, context);
    }

    Outcome run(TransferJob another, FakeJobContext context) throws Exception {
        return runner(new Datasets(new ArchiveCache(store, work), work), context)
                .run(another, context);
    }

    TransferJobRunner runner(Datasets datasets, FakeJobContext context) {
        return new TransferJobRunner(datasets, store, context.meters(), Clock.systemUTC(), 1);
    }

    /** Runs the job to its end. */
    GenotypeTransferred result(FakeJobContext context) throws Exception {
        var outcome = run(context);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (GenotypeTransferred) ((Outcome.Done<?>) outcome).fact();
    }

    /** Says that another job is refused with this line, before a step of it is done. */
    void refused(TransferJob another, String line) {
        try (var context = attempt(1)) {
            assertThatThrownBy(() -> run(another, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining(line);
            assertThat(context.progress()).isEmpty();
        }
    }
}
