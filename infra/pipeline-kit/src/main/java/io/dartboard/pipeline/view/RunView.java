package io.dartboard.pipeline.view;

import io.dartboard.events.BaselineSelected;
import io.dartboard.events.CellSelected;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.run.NamedCells;
import io.dartboard.pipeline.run.RunLife;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one run at one moment. Jobs are named by their content, so a run also shows results of jobs that
 * another run asked for first and that it joined.
 */
public final class RunView {
    private final RunLife life;
    private final RunState state;
    private final @Nullable DatasetPublished dataset;
    private final @Nullable DatasetPublished transferDataset;
    private final List<SearchView> searches;
    private final @Nullable CellSelected selection;
    private final @Nullable BaselineSelected baseline;
    private final List<GenotypeRetrained> retrainings;
    private final List<GenotypeEvaluated> evaluations;
    private final @Nullable EvidenceWanted evidence;
    private final @Nullable GenotypeTransferred transfer;
    private final @Nullable ChampionDecided verdict;
    private final List<LiveJob> live;
    private final List<RetrainingReused> reused;
    private final List<RetrainingStopped> stopped;
    private final List<JobFailed> failures;
    private final List<StageView> stages;

    private RunView(RunLife life, Facts facts, RunJobs jobs) {
        this.life = life;
        var request = life.request();
        var run = request.getRun();
        dataset = jobs.dataset().orElse(null);
        searches = jobs.searches();
        selection = facts.selection(run).orElse(null);
        baseline = facts.baseline(run).orElse(null);
        retrainings = jobs.retrainings();
        evaluations = facts.evaluations(run);
        evidence = facts.evidence(run).orElse(null);
        transfer = jobs.transfer().orElse(null);
        transferDataset = jobs.transfer()
                .flatMap(done -> facts.dataset(done.getDataset(), done.getDatasetVersion()))
                .or(jobs::transferDataset)
                .orElse(null);
        verdict = facts.verdict(run).orElse(null);
        reused = facts.reused(run);
        stopped = facts.stopped(run);
        failures = jobs.failures();
        live = life.hasEnded() ? List.of() : jobs.live();
        stages = Stages.of(
                request,
                searches,
                selection,
                baseline,
                evaluations,
                evidence,
                retrainings,
                stopped.size(),
                transfer,
                live,
                jobs.told());
        state = stateOf(life, searches, retrainings, live);
    }

    static RunView of(RunLife life, Facts facts) {
        return new RunView(life, facts, new RunJobs(life, facts));
    }

    private static RunState stateOf(
            RunLife life, List<SearchView> searches, List<GenotypeRetrained> retrainings, List<LiveJob> live) {
        return switch (life.phase()) {
            case LIVE, UNKNOWN -> {
                var begun = !live.isEmpty()
                        || !retrainings.isEmpty()
                        || searches.stream().anyMatch(search -> search.epochsDone() > 0);
                yield begun ? RunState.RUNNING : RunState.WAITING;
            }
            case PAUSED -> RunState.PAUSED;
            case BLOCKED -> RunState.BLOCKED;
            case CANCELLING -> RunState.CANCELLING;
            case SUCCEEDED -> RunState.SUCCEEDED;
            case FAILED -> RunState.FAILED;
            case CANCELLED -> RunState.CANCELLED;
        };
    }

    /** The run's id. */
    public String run() {
        return life.request().getRun();
    }

    /** What was asked for. */
    public RunRequested request() {
        return life.request();
    }

    public Instant requestedAt() {
        return life.requestedAt();
    }

    public Optional<Instant> finishedAt() {
        return life.hasEnded() ? Optional.of(life.since()) : Optional.empty();
    }

    /** How often it has been asked for. */
    public int requestEpoch() {
        return life.epoch();
    }

    /** True if the same request, made again, begins it again. */
    public boolean mayBeginAgain() {
        return life.mayBeginAgain();
    }

    /** The stages that were told to make the best of what they have, by name. */
    public Set<String> finishing() {
        return life.finishing();
    }

    public RunState state() {
        return state;
    }

    /** When it came to be paused, blocked, asked to end or ended; else when it was asked for or went on. */
    public Instant since() {
        return life.since();
    }

    /** Why it failed, was paused or cancelled, in one line; empty otherwise. */
    public String reason() {
        return life.reason();
    }

    /** What it may cost. */
    public RunBudget budget() {
        return life.budget();
    }

    /** The budget that it is paused for; empty where it is not paused for one. */
    public Optional<RunBudgetSpent> spent() {
        return life.spent();
    }

    /** The dataset version that the run is about. */
    public Optional<DatasetPublished> dataset() {
        return Optional.ofNullable(dataset);
    }

    /** The dataset that the cell is transferred to, where a transfer was asked for. */
    public Optional<DatasetPublished> transferDataset() {
        return Optional.ofNullable(transferDataset);
    }

    /** One for each seed, in the request's order; none where the request names its cells. */
    public List<SearchView> searches() {
        return searches;
    }

    /** The choice among the searches' cells, or those that the request names. */
    public Optional<CellSelected> selection() {
        return Optional.ofNullable(selection);
    }

    /** The choice among the random cells, where the run has drawn several. */
    public Optional<BaselineSelected> baseline() {
        return Optional.ofNullable(baseline);
    }

    /** Single retrainings of a stage: searched cells first, then by genotype and seed. */
    public List<GenotypeRetrained> retrainings(Stage stage) {
        return retrainings.stream()
                .filter(retrained -> retrained.getStage() == stage)
                .toList();
    }

    /** Mean and deviation over the seeds of the full retraining, for the cell of this origin. */
    public Optional<GenotypeEvaluated> evaluated(Origin origin) {
        return evaluations.stream()
                .filter(evaluated -> evaluated.getStage() == Stage.FULL && evaluated.getOrigin() == origin)
                .findFirst();
    }

    /** The cells that the request names, so that no supernet is trained. */
    public NamedCells named() {
        return NamedCells.of(request());
    }

    /** True if the run was given its genotype, or several, so that nothing is searched. */
    public boolean given() {
        return named().given();
    }

    /** By what the run's cells are judged: its request says what kind of network they make. */
    public Measure measure() {
        return request().getEvaluation().getRecurrent() == null ? Measure.ERROR_PERCENT : Measure.PERPLEXITY;
    }

    /** What the challenger is to people: the given cell, or the chosen one. */
    public String challengerTitle() {
        return given() && !named().choosing() ? "given" : "chosen";
    }

    /** The full retraining of the cell that the run stands for, be it chosen or given. */
    public Optional<GenotypeEvaluated> challenger() {
        return evaluated(named().origin());
    }

    /** What the verdict wants, or has wanted, beside the run's own cells. */
    public Optional<EvidenceWanted> evidence() {
        return Optional.ofNullable(evidence);
    }

    /** What a cell is to people that was retrained in full. */
    public String title(GenotypeRetrained retrained) {
        if (retrained.getOrigin() == Origin.RANDOM) {
            return "random";
        }
        var isOwn = challenger()
                .map(own -> own.getHash().equals(retrained.getHash()))
                .orElse(retrained.getOrigin() != Origin.CHAMPION);
        return isOwn ? challengerTitle() : "champion";
    }

    /** The result on the larger task. */
    public Optional<GenotypeTransferred> transfer() {
        return Optional.ofNullable(transfer);
    }

    public Optional<ChampionDecided> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** The newest word of each job that has no result yet; empty once the run has ended. */
    public List<LiveJob> live() {
        return live;
    }

    /** Retrainings that it was spared, for those of isomorphic cells stand for them. */
    public List<RetrainingReused> reused() {
        return reused;
    }

    /** Brief retrainings that it has given up, for they could no longer be the best, in the order in which that was told. */
    public List<RetrainingStopped> stopped() {
        return stopped;
    }

    /** Failed attempts of the run's jobs, in the order in which they were told. */
    public List<JobFailed> failures() {
        return failures;
    }

    /** The stages that the run has, in the pipeline's order. */
    public List<StageView> stages() {
        return stages;
    }

    /** Seconds of device time spent so far, all stages, interrupted and lost work included. */
    public double deviceSeconds() {
        return stages.stream().mapToDouble(StageView::deviceSeconds).sum();
    }
}
