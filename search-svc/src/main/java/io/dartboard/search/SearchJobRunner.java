package io.dartboard.search;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.Layout;
import io.dartboard.events.SearchJob;
import io.dartboard.nas.data.CifarBinary;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.search.SearchDivergedException;
import io.dartboard.nas.search.SearchImages;
import io.dartboard.nas.search.SearchLoop;
import io.dartboard.nas.search.SearchMethod;
import io.dartboard.nas.search.SearchSetup;
import io.dartboard.nas.tensor.Torch;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.job.JobContext;
import io.dartboard.pipeline.job.JobRefused;
import io.dartboard.pipeline.job.JobRunner;
import io.dartboard.pipeline.job.Outcome;
import io.dartboard.pipeline.meters.JobMeters;
import io.dartboard.pipeline.training.OpenDataset;
import io.dartboard.pipeline.training.TrainingJob;
import io.dartboard.schemas.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.Optional;

/**
 * Does a search: dataset in, one {@link AlphaCheckpointed} after each epoch out, the last of them as the job's result.
 *
 * <p>It goes on from the furthest checkpoint, bit by bit as if it had never stopped, and first tells again what earlier
 * attempts may have stored and not told. A repeat is the same event, so nobody minds.
 */
final class SearchJobRunner implements JobRunner<SearchJob> {
    private final OpenDataset<CifarBinary> datasets;
    private final JobMeters meters;
    private final Clock clock;
    private final int loaderThreads;

    SearchJobRunner(OpenDataset<CifarBinary> datasets, JobMeters meters, Clock clock, int loaderThreads) {
        this.datasets = datasets;
        this.meters = meters;
        this.clock = clock;
        this.loaderThreads = loaderThreads;
    }

    @Override
    public Outcome run(SearchJob job, JobContext context) throws Exception {
        var setup = setup(job, context);
        var result = tellAgain(job, context);
        if (result.isPresent()) {
            return Outcome.done(Topics.ALPHAS, job.getJob(), result.get());
        }
        var training = TrainingJob.begin(context, meters, clock, "train");
        try (var loop = open(setup, training)) {
            var attempt = new SearchAttempt(job, setup.space(), loop.stepsPerEpoch(), context, training);
            return loop.run(attempt).finished()
                    ? Outcome.done(Topics.ALPHAS, job.getJob(), attempt.result())
                    : attempt.stopped();
        } catch (SearchDivergedException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    /** Datasets as this service reads them. */
    static OpenDataset<CifarBinary> datasets(ArchiveCache archives) {
        return new OpenDataset<>(
                archives, Layout.CIFAR_BINARY, CifarBinary::read, CifarBinary::digest, InvalidDatasetException.class);
    }

    private SearchSetup setup(SearchJob job, JobContext context) throws IOException, InterruptedException {
        var settings = job.getSettings();
        var space = JobRefused.ifImpossible(() -> SearchEvents.space(settings));
        var method = JobRefused.ifImpossible(() -> SearchMethod.of(settings.getMethod()));
        var config = JobRefused.ifImpossible(() -> SearchEvents.config(settings));
        var train = datasets.open(job.getDataset()).train();
        var images = JobRefused.ifImpossible(
                () -> SearchImages.of(settings.getImages() == 0 ? train : train.subset(settings.getImages()), config));
        return new SearchSetup(
                Torch.device(context.device()), space, method, config, images, job.getSeed(), loaderThreads);
    }

    /** Tells what is stored; the search's result, if it is among that. */
    private static Optional<AlphaCheckpointed> tellAgain(SearchJob job, JobContext context) {
        var stored = context.checkpoints().all();
        Collections.reverse(stored);
        for (var checkpoint : stored) {
            var fact = SearchEvents.toldOf(checkpoint);
            if (fact.isPresent() && fact.get().getFinalEpoch()) {
                return fact;
            }
            fact.ifPresent(told -> context.publish(Topics.ALPHAS, job.getJob(), told));
        }
        return Optional.empty();
    }

    private static SearchLoop open(SearchSetup setup, TrainingJob training) {
        var state = training.state();
        return state.isEmpty() ? SearchLoop.start(setup) : SearchLoop.resume(setup, Snapshot.of(state.get()));
    }
}
