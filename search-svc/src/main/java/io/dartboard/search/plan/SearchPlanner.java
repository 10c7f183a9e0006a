package io.dartboard.search.plan;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPhase;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.SteeringAction;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.Backlog;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.JobQueue;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.DatasetBook;
import io.dartboard.pipeline.run.JobDesk;
import io.dartboard.pipeline.run.NamedCells;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.run.RunChange;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.search.body.Refused;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.request.Relaunch;
import io.dartboard.search.request.RequestChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Decides which searches there are to do, and when a run is over.
 *
 * <p>Every live run that was not given its genotype asks for one search for each of its seeds; runs that ask for the same
 * search share it. A request that cannot be done is told to be blocked at once, with the reason.
 *
 * <p>A search that has been steered to end is asked for no more. One that is to be relaunched goes on as another, with a
 * {@link Relaunch remedy}; that is told once, and whoever asks for the first is given the second.
 *
 * <p>To a run whose searches shall finish, the alphas of any epoch are a result; it asks for those that have none.
 *
 * <p>A run ends once in each request epoch: FAILED when a service has told that it is blocked, CANCELLED when somebody says
 * so, SUCCEEDED when its champion is decided or, where it only measures, its cell is, whichever this planner reads first. What the others know of a run, they tell;
 * this planner works nothing out for them. A run that has spent its budget is told to have ({@link BudgetWatch}). It listens to every topic, also to those that it decides nothing upon, so that a
 * record which is no event becomes a dead letter wherever it stands.
 */
public final class SearchPlanner implements Decider {
    private static final JobDesk<SearchJob, AlphaCheckpointed> JOBS = new JobDesk<>(
            Topics.SEARCH_JOBS,
            Table.of(SearchJob.class),
            SearchJob::getJob,
            SearchJob::getRun,
            Table.of(AlphaCheckpointed.class),
            AlphaCheckpointed::getSearch,
            AlphaCheckpointed::getAttempt,
            checkpointed -> StageView.SEARCH,
            new Table<>("EarlyAlphas", AlphaCheckpointed.class),
            checkpointed -> false);

    private static final Table<SearchSteered> ENDED = Table.of(SearchSteered.class);

    private final Duration patience;
    private final BudgetWatch budgets;
    private final Consumer<BudgetStandings> onlooker;

    /** The clocks of runs in a history are not those of now. */
    private final Backlog backlog = new Backlog();

    /**
     * Makes a planner.
     *
     * @param patience how long a job that has begun may show no life before it is asked for again
     * @param price what devices cost
     * @param onlooker is told how the budgets of runs stand, at each look at the clock once all has been read
     */
    public SearchPlanner(Duration patience, DevicePrice price, Consumer<BudgetStandings> onlooker) {
        this.patience = patience;
        this.onlooker = onlooker;
        this.budgets = new BudgetWatch(price);
    }

    @Override
    public List<JobQueue> queues() {
        return List.of(JOBS.queue());
    }

    @Override
    public Set<Topic<?>> inputs() {
        return Set.copyOf(Topics.ALL);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.SEARCH_JOBS, Topics.RUNS, Topics.STEERING);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        backlog.read(fact);
        var runs = new RunBook(ledger);
        var costly = new TreeSet<>(budgets.take(fact.value(), runs, ledger));
        var change = learn(fact, runs, ledger, outbox);
        RunLife.runOf(fact.value()).ifPresent(costly::add);
        for (var run : costly) {
            runs.life(run).ifPresent(life -> budgets.look(life, Optional.empty(), runs, ledger, outbox));
        }
        for (var run : change.runs()) {
            runs.life(run).ifPresent(life -> end(life, ledger, outbox));
        }
        runs.plan(change, "request", outbox, (request, part) -> plan(request, runs, ledger, part));
    }

    @Override
    public void tick(Instant now, Ledger ledger, Outbox outbox) {
        var runs = new RunBook(ledger);
        JOBS.tick(now, patience, runs, ledger, outbox);
        if (!backlog.wasRead(now)) {
            var lives = budgets.limited(ledger).stream()
                    .flatMap(run -> runs.life(run).stream())
                    .toList();
            lives.forEach(life -> budgets.look(life, Optional.of(now), runs, ledger, outbox));
            onlooker.accept(new BudgetStandings(
                    now,
                    lives.stream()
                            .flatMap(life -> budgets.standings(life, now, ledger))
                            .toList()));
        }
    }

    private static RunChange learn(Fact fact, RunBook runs, Ledger ledger, Outbox outbox) {
        if (fact.value() instanceof AlphaCheckpointed checkpointed) {
            return checkpointed.getFinalEpoch()
                    ? JOBS.done(checkpointed, runs, ledger)
                    : onTheWay(checkpointed.getSearch(), runs, ledger);
        }
        if (fact.value() instanceof ChampionDecided decided) {
            // Kept, for it may be read before the request that it answers: they stand on two topics.
            var epoch = decided.getRequestEpoch() == 0
                    ? runs.life(decided.getRun()).map(RunLife::epoch).orElse(1)
                    : decided.getRequestEpoch();
            ledger.mark(decidedMark(decided.getRun(), epoch));
            return new RunChange(Set.of(decided.getRun()));
        }
        if (fact.value() instanceof GenotypeEvaluated evaluated && evaluated.getStage() == Stage.SELECTION) {
            ledger.mark(measuredMark(evaluated.getRun()));
            return new RunChange(Set.of(evaluated.getRun()));
        }
        if (fact.value() instanceof SearchSteered steered) {
            return steered(steered, runs, ledger);
        }
        JOBS.hear(fact.value(), runs, ledger, outbox);
        return runs.take(fact);
    }

    private static String measuredMark(String run) {
        return "measured/" + run;
    }

    /** The first word that ends a search stands. */
    private static RunChange steered(SearchSteered steered, RunBook runs, Ledger ledger) {
        var search = steered.getSearch();
        if (!ends(steered) || ledger.get(ENDED, search).isPresent()) {
            return RunChange.NONE;
        }
        ledger.put(ENDED, search, steered);
        var concerned = runs.whoNeeds(search);
        JOBS.withdraw(search, concerned, runs);
        return new RunChange(concerned);
    }

    private static boolean ends(SearchSteered steered) {
        return switch (steered.getAction()) {
            case STOP, ROLL_BACK, RELAUNCH -> true;
            case CONTINUE, UNKNOWN -> false;
        };
    }

    /** The alphas of an epoch are told as they come: with them, a run whose searches shall finish has what it wants. */
    private static RunChange onTheWay(String search, RunBook runs, Ledger ledger) {
        ledger.mark(epochMark(search));
        var content = runs.whoNeeds(search).stream()
                .filter(run -> runs.life(run)
                        .filter(life -> life.finishes(StageView.SEARCH))
                        .isPresent())
                .collect(Collectors.toSet());
        JOBS.withdraw(search, content, runs);
        return RunChange.NONE;
    }

    private static String epochMark(String search) {
        return "epochOf/" + search;
    }

    private static void end(RunLife life, Ledger ledger, Outbox outbox) {
        if (life.phase() == RunPhase.BLOCKED) {
            finish(life, RunOutcome.FAILED, life.reason(), ledger, outbox);
        } else if (life.phase() == RunPhase.CANCELLING) {
            var reason = life.reason().isBlank() ? "cancelled" : life.reason();
            finish(life, RunOutcome.CANCELLED, reason, ledger, outbox);
        } else if (ledger.marked(decidedMark(life.run(), life.epoch()))
                || life.request().getMeasureOnly() && ledger.marked(measuredMark(life.run()))) {
            finish(life, RunOutcome.SUCCEEDED, "", ledger, outbox);
        }
    }

    private static String decidedMark(String run, int epoch) {
        return "decided/%s/%d".formatted(run, epoch);
    }

    /** The first end of an epoch stands. */
    private static void finish(RunLife life, RunOutcome outcome, String reason, Ledger ledger, Outbox outbox) {
        if (!life.hasEnded() && ledger.mark("finished/%s/%d".formatted(life.run(), life.epoch()))) {
            outbox.send(
                    Topics.RUNS, life.run(), new RunFinished(life.run(), outcome, reason, life.epoch()), life.run());
        }
    }

    private static void plan(RunRequested request, RunBook runs, Ledger ledger, Outbox outbox) {
        var dataset = new DatasetBook(ledger).version(request.getDataset(), request.getDatasetVersion());
        var refusal = dataset.isEmpty()
                ? Optional.of("dataset %s version %s was never published; publish it (POST /v1/datasets) and ask again"
                        .formatted(request.getDataset(), request.getDatasetVersion()))
                : refusal(request, dataset.get(), ledger);
        if (refusal.isPresent()) {
            runs.life(request.getRun()).ifPresent(life -> runs.block(life, "request", "", refusal.get(), outbox));
        } else if (NamedCells.of(request).none()) {
            var finishes = runs.life(request.getRun())
                    .filter(life -> life.finishes(StageView.SEARCH))
                    .isPresent();
            request.getSearchSeeds().stream()
                    .distinct()
                    .map(seed -> job(request, dataset.orElseThrow(), seed))
                    .filter(job -> !(finishes && ledger.marked(epochMark(job.getJob()))))
                    .flatMap(job -> goingOn(job, runs, ledger, outbox).stream())
                    .forEach(job -> JOBS.result(job, runs, ledger, outbox));
        }
    }

    /** The job as which a search goes on: itself, or what it was relaunched as; none where it has been steered to end. */
    private static Optional<SearchJob> goingOn(SearchJob wanted, RunBook runs, Ledger ledger, Outbox outbox) {
        var job = wanted;
        for (var number = 1; ; number++) {
            runs.need(job.getRun(), job.getJob());
            var end = ledger.get(ENDED, job.getJob());
            if (end.isEmpty()) {
                return Optional.of(job);
            }
            var guard = end.get().getGuard();
            if (end.get().getAction() != SteeringAction.RELAUNCH || guard == null) {
                return Optional.empty();
            }
            job = relaunched(job, Relaunch.of(guard, job.getSettings()), number, ledger, outbox);
        }
    }

    private static SearchJob relaunched(SearchJob before, Relaunch anew, int number, Ledger ledger, Outbox outbox) {
        var id = JobId.search(before.getDataset(), anew.settings(), before.getSeed());
        if (ledger.mark("relaunched/" + before.getJob())) {
            outbox.send(
                    Topics.STEERING,
                    before.getJob(),
                    new SearchRelaunched(
                            before.getJob(),
                            before.getRun(),
                            id,
                            anew.remedy().id(),
                            anew.change(),
                            number,
                            anew.settings()),
                    before.getRun());
        }
        return SearchJob.newBuilder(before)
                .setJob(id)
                .setSettings(anew.settings())
                .build();
    }

    /** What is wrong with a request that did not come through the REST interface, which would have refused it. */
    private static Optional<String> refusal(RunRequested request, DatasetPublished dataset, Ledger ledger) {
        var checked = "checked/%s/%d".formatted(request.getRun(), request.getRequestEpoch());
        if (ledger.marked(checked)) {
            return Optional.empty();
        }
        var target = Optional.ofNullable(request.getTransfer())
                .flatMap(transfer -> new DatasetBook(ledger).newest(transfer.getDataset()));
        try {
            RequestChecks.require(request, dataset, target);
        } catch (Refused e) {
            return Optional.of(e.getMessage());
        }
        ledger.mark(checked);
        return Optional.empty();
    }

    /** The search of one seed. */
    static SearchJob job(RunRequested request, DatasetPublished dataset, long seed) {
        var id = JobId.search(dataset, request.getSearch(), seed);
        return new SearchJob(id, request.getRun(), dataset, request.getSearch(), seed, request.getRequestEpoch());
    }
}
