package io.dartboard.search;

import io.dartboard.events.CellSelected;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.JobFailed;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.Origin;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchJob;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferJob;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.DatasetBook;
import java.util.List;
import java.util.Optional;

/** What the search planner knows of runs and their jobs, in the words of its rules; all of it lies in the ledger. */
final class Runs {
    private static final Table<RunRequested> REQUESTS = Table.of(RunRequested.class);
    private static final Table<SearchJob> SEARCHES = Table.of(SearchJob.class);
    private static final Table<EvaluationJob> EVALUATIONS = Table.of(EvaluationJob.class);
    private static final Table<TransferJob> TRANSFERS = Table.of(TransferJob.class);
    private static final Table<GenotypeDerived> GENOTYPES = Table.of(GenotypeDerived.class);
    private static final Table<CellSelected> SELECTIONS = Table.of(CellSelected.class);
    private static final Table<NoCellSelected> NO_SELECTIONS = Table.of(NoCellSelected.class);

    private final Ledger ledger;

    Runs(Ledger ledger) {
        this.ledger = ledger;
    }

    void learn(DatasetPublished dataset) {
        new DatasetBook(ledger).take(dataset);
    }

    /** True if the run begins: it was not known before, or it ended without success and is asked for anew. */
    boolean learn(RunRequested request) {
        var run = request.getRun();
        if (request(run).isPresent() && (!ended(run) || ledger.marked("succeeded/" + run))) {
            return false;
        }
        ledger.put(REQUESTS, run, request);
        ledger.unmark("ended/" + run);
        ledger.unmark("paused/" + run);
        return true;
    }

    void learn(GenotypeDerived derived) {
        if (derived.getFinalEpoch()) {
            ledger.put(GENOTYPES, derived.getSearch(), derived);
        }
    }

    void learn(CellSelected selected) {
        ledger.put(SELECTIONS, selected.getRun(), selected);
    }

    void learn(NoCellSelected none) {
        ledger.put(NO_SELECTIONS, none.getRun(), none);
    }

    void learn(EvaluationJob job) {
        ledger.put(EVALUATIONS, job.getJob(), job);
    }

    void learn(TransferJob job) {
        ledger.put(TRANSFERS, job.getJob(), job);
    }

    Optional<RunRequested> request(String run) {
        return ledger.get(REQUESTS, run);
    }

    Optional<DatasetPublished> dataset(RunRequested request) {
        return new DatasetBook(ledger).version(request.getDataset(), request.getDatasetVersion());
    }

    /** The dataset that is transferred to, if one is asked for and is published. */
    Optional<DatasetPublished> target(RunRequested request) {
        return Optional.ofNullable(request.getTransfer())
                .flatMap(transfer -> new DatasetBook(ledger).newest(transfer.getDataset()));
    }

    /** Why a run can choose no cell; the same request finds the same cells, so that stands for good. */
    Optional<NoCellSelected> noCell(RunRequested request) {
        return ledger.get(NO_SELECTIONS, request.getRun());
    }

    /** One search for each distinct seed, in the order of the request; none where the genotype is given. */
    List<SearchJob> searches(RunRequested request) {
        if (!request.getGenotype().isEmpty()) {
            return List.of();
        }
        return dataset(request).stream()
                .flatMap(dataset -> request.getSearchSeeds().stream()
                        .distinct()
                        .map(seed -> SearchPlanner.job(request, dataset, seed)))
                .toList();
    }

    /** Runs whose jobs shall be out: asked for, not ended, not paused. */
    List<RunRequested> active() {
        return ledger.all(REQUESTS).stream()
                .filter(request -> !ended(request.getRun()) && !ledger.marked("paused/" + request.getRun()))
                .toList();
    }

    /** True if it is a run that goes on and was not paused before. */
    boolean pause(String run) {
        return goesOn(run) && ledger.mark("paused/" + run);
    }

    /** True if it is a run that goes on and was paused before. */
    boolean resume(String run) {
        var paused = goesOn(run) && ledger.marked("paused/" + run);
        ledger.unmark("paused/" + run);
        return paused;
    }

    /** True if it had not ended before. */
    boolean end(String run, RunOutcome outcome) {
        if (outcome == RunOutcome.SUCCEEDED) {
            ledger.mark("succeeded/" + run);
        }
        return ledger.mark("ended/" + run);
    }

    /** A job has its result and is never put out again. */
    void done(String job) {
        ledger.mark("done/" + job);
    }

    /** True if the search is not done and was not out; it is now, in the name of its run. */
    boolean putOut(SearchJob job) {
        if (ledger.marked("done/" + job.getJob()) || !ledger.mark("out/" + job.getJob())) {
            return false;
        }
        ledger.put(SEARCHES, job.getJob(), job);
        return true;
    }

    /** Takes back every unfinished search that is out in the name of a run; true if there was one. */
    boolean takeBack(String run) {
        var mine = request(run).stream()
                .flatMap(request -> searches(request).stream())
                .map(SearchJob::getJob)
                .filter(job -> asker(job).filter(run::equals).isPresent())
                .filter(job -> !ledger.marked("done/" + job) && ledger.marked("out/" + job))
                .toList();
        mine.forEach(this::takeBackJob);
        return !mine.isEmpty();
    }

    void takeBackJob(String job) {
        ledger.unmark("out/" + job);
    }

    /** False for the word of a worker that speaks of a job which is done, or which has since been put out anew. */
    boolean accepts(JobFailed failed) {
        return !ledger.marked("done/" + failed.getJob())
                && asker(failed.getJob()).map(failed.getRun()::equals).orElse(true);
    }

    /** The runs that go on and cannot succeed without this job. */
    List<String> needing(JobFailed failed) {
        return ledger.all(REQUESTS).stream()
                .filter(request -> !ended(request.getRun()))
                .filter(request -> request.getRun().equals(failed.getRun()) || needs(request, failed.getJob()))
                .map(RunRequested::getRun)
                .toList();
    }

    private boolean needs(RunRequested request, String job) {
        return searches(request).stream().anyMatch(search -> search.getJob().equals(job))
                || ledger.get(EVALUATIONS, job)
                        .filter(evaluation -> needs(request, evaluation))
                        .isPresent()
                || ledger.get(TRANSFERS, job)
                        .filter(transfer -> transfer.getSettings().equals(request.getTransfer())
                                && isChosen(request, transfer.getGenotype()))
                        .isPresent();
    }

    private boolean needs(RunRequested request, EvaluationJob job) {
        var digest = job.getDataset().getDigest();
        if (dataset(request).filter(own -> own.getDigest().equals(digest)).isEmpty()) {
            return false;
        }
        if (job.getStage() == Stage.SELECTION) {
            return job.getSettings().equals(request.getSelection())
                    && request.getEvaluationSeeds().stream().limit(1).anyMatch(seed -> seed == job.getSeed())
                    && foundBySearchOf(request, job.getGenotype());
        }
        return job.getSettings().equals(request.getEvaluation())
                && request.getEvaluationSeeds().contains(job.getSeed())
                && (isChosen(request, job.getGenotype()) || sharesRandomCell(request, job));
    }

    private boolean foundBySearchOf(RunRequested request, String genotype) {
        return searches(request).stream()
                .flatMap(search -> ledger.get(GENOTYPES, search.getJob()).stream())
                .anyMatch(derived -> derived.getGenotype().equals(genotype));
    }

    /** By the selection, or by whoever asked for the run. */
    private boolean isChosen(RunRequested request, String genotype) {
        if (!request.getGenotype().isEmpty()) {
            return request.getGenotype().equals(genotype);
        }
        return ledger.get(SELECTIONS, request.getRun())
                .filter(selected -> selected.getGenotype().equals(genotype))
                .isPresent();
    }

    private boolean sharesRandomCell(RunRequested request, EvaluationJob job) {
        return job.getOrigin() == Origin.RANDOM
                && request(job.getRun())
                        .filter(asker -> asker.getRandomCellSeed() == request.getRandomCellSeed()
                                && asker.getSearch()
                                        .getSpace()
                                        .equals(request.getSearch().getSpace()))
                        .isPresent();
    }

    private boolean goesOn(String run) {
        return request(run).isPresent() && !ended(run);
    }

    private boolean ended(String run) {
        return ledger.marked("ended/" + run);
    }

    /** The run in whose name a search was put out last. */
    private Optional<String> asker(String job) {
        return ledger.get(SEARCHES, job).map(SearchJob::getRun);
    }
}
