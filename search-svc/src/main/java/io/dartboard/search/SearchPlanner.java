package io.dartboard.search;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchJob;
import io.dartboard.events.TransferJob;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which searches there are to do, and when a run is over.
 *
 * <p>A job is <em>out</em> from the moment it is put on {@code nas.search.jobs} until the run that asked for it ends or
 * pauses. The planner keeps to one rule: every search that an active run needs and that is not done is out, once, in the
 * name of an active run. So two runs that need the same search share it, and the second takes it over if the first is
 * cancelled.
 *
 * <p>A run that was given its genotype needs no search. A run ends once: FAILED with the first job of it that is given up,
 * where its dataset is unknown, where what it asks for cannot be done, or where no cell that was found keeps within its
 * ceilings; CANCELLED when
 * somebody says so; SUCCEEDED when its champion is decided. One that ended without success begins again when the same is
 * requested again, and keeps what is done. The planner listens to every topic, also to those that it
 * decides nothing upon, so that a record which is no event becomes a dead letter wherever it stands.
 */
final class SearchPlanner implements Decider {

    @Override
    public Set<Topic<?>> inputs() {
        return Set.copyOf(Topics.ALL);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.SEARCH_JOBS, Topics.RUNS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        var runs = new Runs(ledger);
        var told = fact.value();
        if (told instanceof DatasetPublished dataset) {
            runs.learn(dataset);
        } else if (told instanceof RunRequested request) {
            request(request, runs, outbox);
        } else if (told instanceof RunPaused paused) {
            if (runs.pause(paused.getRun())) {
                handOver(paused.getRun(), runs, outbox);
            }
        } else if (told instanceof RunResumed resumed) {
            if (runs.resume(resumed.getRun())) {
                runs.request(resumed.getRun()).ifPresent(request -> issue(request, runs, outbox));
            }
        } else if (told instanceof RunCancelled cancelled) {
            if (runs.request(cancelled.getRun()).isPresent()) {
                var reason = cancelled.getReason().isBlank() ? "cancelled" : cancelled.getReason();
                end(List.of(cancelled.getRun()), RunOutcome.CANCELLED, reason, runs, outbox);
            }
        } else if (told instanceof ChampionDecided decided) {
            if (runs.request(decided.getRun()).isPresent()) {
                end(List.of(decided.getRun()), RunOutcome.SUCCEEDED, "", runs, outbox);
            }
        } else if (told instanceof JobFailed failed) {
            fail(failed, runs, outbox);
        } else if (told instanceof AlphaCheckpointed checkpointed) {
            if (checkpointed.getFinalEpoch()) {
                runs.done(checkpointed.getSearch());
            }
        } else if (told instanceof GenotypeRetrained retrained) {
            runs.done(retrained.getJob());
        } else if (told instanceof GenotypeTransferred transferred) {
            runs.done(transferred.getJob());
        } else if (told instanceof GenotypeDerived derived) {
            runs.learn(derived);
        } else if (told instanceof CellSelected selected) {
            runs.learn(selected);
        } else if (told instanceof NoCellSelected none) {
            runs.learn(none);
            if (runs.request(none.getRun()).isPresent()) {
                end(List.of(none.getRun()), RunOutcome.FAILED, none.getReason(), runs, outbox);
            }
        } else if (told instanceof EvaluationJob job) {
            runs.learn(job);
        } else if (told instanceof TransferJob job) {
            runs.learn(job);
        }
    }

    private static void request(RunRequested request, Runs runs, Outbox outbox) {
        if (!runs.learn(request)) {
            return;
        }
        var run = List.of(request.getRun());
        var dataset = runs.dataset(request);
        if (dataset.isEmpty()) {
            var reason = "dataset %s version %s was never published; publish it (POST /v1/datasets) and ask again"
                    .formatted(request.getDataset(), request.getDatasetVersion());
            end(run, RunOutcome.FAILED, reason, runs, outbox);
        } else if (runs.noCell(request).isPresent()) {
            end(run, RunOutcome.FAILED, runs.noCell(request).get().getReason(), runs, outbox);
        } else {
            refusal(request, dataset.get(), runs)
                    .ifPresentOrElse(
                            reason -> end(run, RunOutcome.FAILED, reason, runs, outbox),
                            () -> issue(request, runs, outbox));
        }
    }

    /** What is wrong with a request that did not come through the REST interface, which would have refused it. */
    private static Optional<String> refusal(RunRequested request, DatasetPublished dataset, Runs runs) {
        try {
            RequestChecks.require(request, dataset, runs.target(request));
            return Optional.empty();
        } catch (Refused e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Puts out every search of an active run that is neither done nor out already. */
    private static void issue(RunRequested request, Runs runs, Outbox outbox) {
        for (var job : runs.searches(request)) {
            if (runs.putOut(job)) {
                outbox.send(Topics.SEARCH_JOBS, job.getJob(), job, request.getRun());
            }
        }
    }

    /** Takes the searches back that are out in the name of a run, and puts out again those that another run needs. */
    private static void handOver(String run, Runs runs, Outbox outbox) {
        if (runs.takeBack(run)) {
            for (var other : runs.active()) {
                issue(other, runs, outbox);
            }
        }
    }

    private static void fail(JobFailed failed, Runs runs, Outbox outbox) {
        if (failed.getRetryable() || !runs.accepts(failed)) {
            return;
        }
        var concerned = runs.needing(failed);
        var reason = "%s job %s: %s".formatted(failed.getStage(), failed.getJob(), failed.getCause());
        end(concerned, RunOutcome.FAILED, reason, runs, outbox);
        // Not for ever: what could not be done may be asked for again once the cause is put right.
        runs.takeBackJob(failed.getJob());
    }

    /** Ends runs together, so that none of them inherits the others' jobs. */
    private static void end(List<String> ending, RunOutcome outcome, String reason, Runs runs, Outbox outbox) {
        var ended = ending.stream().filter(run -> runs.end(run, outcome)).toList();
        for (var run : ended) {
            outbox.send(Topics.RUNS, run, new RunFinished(run, outcome, reason, 0), run);
        }
        for (var run : ended) {
            handOver(run, runs, outbox);
        }
    }

    /** The search of one seed. */
    static SearchJob job(RunRequested request, DatasetPublished dataset, long seed) {
        var id = JobId.search(dataset, request.getSearch(), seed);
        return new SearchJob(id, request.getRun(), dataset, request.getSearch(), seed, 0);
    }
}
