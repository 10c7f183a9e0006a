package io.dartboard.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.Stage;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.nas.tensor.Safetensors;
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

/** Runs retrainings of images or of a text against a store in memory. */
record EvalFixture(Facts facts, InMemoryArtifactStore store, Path work) {

    /** The dataset of the facts with the content of a folder. */
    DatasetPublished publish(Path folder, String digest) throws IOException {
        var archive = work.resolve(folder.getFileName() + ".tar.gz");
        DatasetArchive.pack(folder, archive);
        return DatasetPublished.newBuilder(facts.dataset())
                .setDigest(digest)
                .setArchive(store.put("datasets/" + folder.getFileName(), archive))
                .build();
    }

    /** A retraining of the authors' cell of the second order. */
    EvaluationJob job(DatasetPublished dataset, Stage stage, RetrainSettings settings) {
        return EvaluationJob.newBuilder()
                .setJob("e1")
                .setRun("r1")
                .setDataset(dataset)
                .setStage(stage)
                .setOrigin(Origin.SEARCHED)
                .setSearch("s1")
                .setGenotype(facts.dartsV2())
                .setSettings(settings)
                .setSeed(7)
                .build();
    }

    /** The surroundings of an attempt at the job with an id, whose checkpoints are due at a signal alone. */
    FakeJobContext attempt(String id, int attempt) {
        var job = job(facts.dataset(), Stage.FULL, facts.retrain(1));
        return new FakeJobContext(
                EvalEvents.KIND
                        .identity()
                        .apply(EvaluationJob.newBuilder(job).setJob(id).build()),
                attempt,
                store,
                work,
                Duration.ofHours(1),
                Clock.systemUTC());
    }

    Outcome run(EvaluationJob job, FakeJobContext context) throws Exception {
        var archives = new ArchiveCache(store, work);
        return new EvalJobRunner(new Datasets(archives, work), store, context.meters(), Clock.systemUTC(), 1)
                .run(job, context);
    }

    /** Runs a job to its end. */
    GenotypeRetrained result(EvaluationJob job, FakeJobContext context) throws Exception {
        var outcome = run(job, context);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (GenotypeRetrained) ((Outcome.Done<?>) outcome).fact();
    }

    /** The weights that a result refers to. */
    Safetensors weights(GenotypeRetrained told) {
        return Safetensors.read(store.get(told.getWeights()));
    }

    /** Says that a job is refused with this line, before a step of it is done. */
    void refused(EvaluationJob job, String line) {
        try (var context = attempt("e1", 1)) {
            assertThatThrownBy(() -> run(job, context))
                    .isInstanceOf(JobRefused.class)
                    .hasMessageContaining(line);
            assertThat(context.progress()).isEmpty();
        }
    }
}
