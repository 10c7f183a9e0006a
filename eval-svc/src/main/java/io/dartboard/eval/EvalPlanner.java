package io.dartboard.eval;

import io.dartboard.events.BaselineSelected;
import io.dartboard.events.CellSelected;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.Origin;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.WantedCell;
import io.dartboard.nas.genotype.Architecture;
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
import io.dartboard.training.NetworkCeiling;
import io.dartboard.training.kind.RunBaseline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what is retrained, which cell is chosen and what it is worth.
 *
 * <ol>
 *   <li>When every search of a run has its final genotype, those that are over a ceiling of the run are passed over
 *       ({@link NetworkCeiling}); where none is left, that is told and nothing is retrained.
 *   <li>Each distinct one of the others is retrained briefly: a
 *       {@link Stage#SELECTION} job, with the run's first evaluation seed. Searches that found the same cell share it.
 *   <li>When all of these are done, the one with the best validation score is chosen ({@link CellChoice}).
 *   <li>The chosen cell and a random cell are retrained in full, once for each evaluation seed, under the same settings,
 *       and summed up as mean and sample standard deviation.
 *   <li>Where a run asks for several random cells, they are drawn when it comes to this, and the one is taken that is chosen as
 *       the run's own was: under the same ceilings, by the same brief retraining.
 *   <li>What a verdict wants beside that ({@link EvidenceWanted}) is retrained and summed up likewise.
 * </ol>
 *
 * <p>A run that was given several cells, or whose random search has drawn them, begins with the ceilings; one that was given
 * its genotype has the last step alone. Where the searches of a run shall finish, the cell of the
 * newest epoch of each stands for its final one.
 *
 * <p>Of a run that races a brief retraining is given up once it can no longer be the best ({@link RacingRule}), which is told
 * ({@link RetrainingStopped}) and obeyed from then on. Those of random cells to compare with do not race.
 *
 * <p>A cell that is isomorphic to one that was wanted before, on the same data, under the same settings and with the same seed, is
 * not retrained: the other's retraining stands for it, which is told with the device seconds saved ({@link RetrainingReused}).
 *
 * <p>Guarantee: each decision is told once for each run; a job that a live run wants is asked for until it is done; a run
 * that is paused, blocked or over asks for nothing more. Facts may come in any order, more than once, and from attempts that
 * a newer one has overtaken.
 */
public final class EvalPlanner implements Decider {
    private static final Table<GenotypeDerived> FINAL_GENOTYPES = Table.of(GenotypeDerived.class);
    private static final Table<GenotypeDerived> NEWEST_GENOTYPES = new Table<>("NewestDerived", GenotypeDerived.class);
    private static final Table<GenotypeDerived> TAKEN_EARLY = new Table<>("TakenEarly", GenotypeDerived.class);
    private static final Table<CellSelected> SELECTED = Table.of(CellSelected.class);
    private static final Table<BaselineSelected> BASELINES = Table.of(BaselineSelected.class);
    /** Of all retrainings of isomorphic cells that differ in nothing else the one that was wanted first, by what they share. */
    private static final Table<EvaluationJob> FIRST_ALIKE = new Table<>("FirstAlike", EvaluationJob.class);
    /** The same by the job that it stands for, be it itself. */
    private static final Table<EvaluationJob> STANDING = new Table<>("StandingAlike", EvaluationJob.class);

    private static final Table<EvidenceWanted> WANTED = Table.of(EvidenceWanted.class);
    private static final Table<DatasetPublished> TARGETS = new Table<>("TransferDataset", DatasetPublished.class);
    private static final JobDesk<EvaluationJob, GenotypeRetrained> JOBS = new JobDesk<>(
            Topics.EVAL_JOBS,
            Table.of(EvaluationJob.class),
            EvaluationJob::getJob,
            EvaluationJob::getRun,
            Table.of(GenotypeRetrained.class),
            GenotypeRetrained::getJob,
            GenotypeRetrained::getAttempt,
            retrained -> EvalEvents.stage(retrained.getStage()),
            new Table<>("EarlyRetrained", GenotypeRetrained.class),
            GenotypeRetrained::getFinishedEarly);

    private final Duration patience;
    private final Backlog backlog = new Backlog();

    /**
     * Makes a planner.
     *
     * @param patience how long a job that has begun may show no life before it is asked for again
     */
    public EvalPlanner(Duration patience) {
        this.patience = patience;
    }

    @Override
    public List<JobQueue> queues() {
        return List.of(JOBS.queue());
    }

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(
                Topics.DATASETS,
                Topics.RUNS,
                Topics.GENOTYPES,
                Topics.STEERING,
                Topics.EVALUATIONS,
                Topics.FAILURES,
                Topics.PROGRESS);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.EVAL_JOBS, Topics.EVALUATIONS, Topics.STEERING, Topics.RUNS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        backlog.read(fact);
        var runs = new RunBook(ledger);
        var change = learn(fact, runs, ledger, outbox);
        runs.plan(change, "evaluation", outbox, (request, part) -> new Round(request, ledger, part, false).plan());
    }

    /** What was told long ago has been raced already: the words on that come with it, and are obeyed and not found anew. */
    @Override
    public void tick(Instant now, Ledger ledger, Outbox outbox) {
        var runs = new RunBook(ledger);
        JOBS.tick(now, patience, runs, ledger, outbox);
        if (!backlog.wasRead(now)) {
            var race = new RaceBook(ledger);
            var racing = new RunChange(race.racing());
            racing.runs().stream()
                    .filter(run -> runs.life(run).filter(RunLife::hasEnded).isPresent())
                    .forEach(race::end);
            runs.plan(racing, "selection", outbox, (request, part) -> new Round(request, ledger, part, true).plan());
        }
    }

    private static RunChange learn(Fact fact, RunBook runs, Ledger ledger, Outbox outbox) {
        if (fact.value() instanceof GenotypeDerived derived) {
            return derived.getFinalEpoch() ? found(derived, runs, ledger) : onTheWay(derived, runs, ledger);
        }
        if (fact.value() instanceof GenotypeRetrained retrained) {
            return JOBS.done(retrained, runs, ledger);
        }
        if (fact.value() instanceof EvidenceWanted wanted) {
            return wanted(wanted, ledger);
        }
        if (fact.value() instanceof RetrainingStopped stopped) {
            return stopped(stopped, runs, ledger);
        }
        if (fact.value() instanceof CellSelected selected) {
            return selected(selected, runs, ledger);
        }
        if (fact.value() instanceof JobProgressed progressed) {
            new RaceBook(ledger).hear(progressed);
        }
        JOBS.hear(fact.value(), runs, ledger, outbox);
        return runs.take(fact);
    }

    /** It is this planner's own word, that it may have forgotten: what was given up stays so. */
    private static RunChange stopped(RetrainingStopped stopped, RunBook runs, Ledger ledger) {
        if (!new RaceBook(ledger).take(stopped)) {
            return RunChange.NONE;
        }
        var run = Set.of(stopped.getRun());
        JOBS.withdraw(stopped.getJob(), run, runs);
        return new RunChange(run);
    }

    /** Likewise: what a run that raced has chosen stands, whatever has its result by now. */
    private static RunChange selected(CellSelected selected, RunBook runs, Ledger ledger) {
        var run = selected.getRun();
        var isNews = runs.request(run).filter(RunRequested::getRacing).isPresent()
                && ledger.get(SELECTED, run).isEmpty();
        if (isNews) {
            ledger.put(SELECTED, run, selected);
            new RaceBook(ledger).end(run);
        }
        return isNews ? new RunChange(Set.of(run)) : RunChange.NONE;
    }

    private static RunChange found(GenotypeDerived derived, RunBook runs, Ledger ledger) {
        var known = ledger.get(FINAL_GENOTYPES, derived.getSearch());
        if (known.isPresent() && known.get().getAttempt() >= derived.getAttempt()) {
            return RunChange.NONE;
        }
        ledger.put(FINAL_GENOTYPES, derived.getSearch(), derived);
        return new RunChange(runs.whoNeeds(derived.getSearch()));
    }

    /** The cell of an epoch that is not the last: enough for the runs whose searches shall finish. */
    private static RunChange onTheWay(GenotypeDerived derived, RunBook runs, Ledger ledger) {
        var known = ledger.get(NEWEST_GENOTYPES, derived.getSearch());
        // The epoch that a search has been told to go back to stands above the later ones.
        if (known.isEmpty()
                || derived.getSteered()
                || !known.get().getSteered() && known.get().getEpoch() <= derived.getEpoch()) {
            ledger.put(NEWEST_GENOTYPES, derived.getSearch(), derived);
        }
        return new RunChange(runs.whoNeeds(derived.getSearch()).stream()
                .filter(run -> finishes(run, StageView.SEARCH, runs))
                .collect(Collectors.toSet()));
    }

    /** A repeated word, and one that a newer has replaced, changes nothing. */
    private static RunChange wanted(EvidenceWanted wanted, Ledger ledger) {
        var known = ledger.get(WANTED, wanted.getRun());
        if (known.isPresent() && known.get().getNumber() >= wanted.getNumber()) {
            return RunChange.NONE;
        }
        ledger.put(WANTED, wanted.getRun(), wanted);
        return new RunChange(Set.of(wanted.getRun()));
    }

    private static boolean finishes(String run, String stage, RunBook runs) {
        return runs.life(run).filter(life -> life.finishes(stage)).isPresent();
    }

    /** One look at one live run. */
    private static final class Round {
        private final RunRequested request;
        private final Ledger ledger;
        private final Outbox outbox;
        private final RunBook runs;
        private final RaceBook race;
        private final boolean atTheClock;

        /** @param atTheClock whether it is a look at the clock, at which those that race are looked at */
        Round(RunRequested request, Ledger ledger, Outbox outbox, boolean atTheClock) {
            this.request = request;
            this.ledger = ledger;
            this.outbox = outbox;
            this.runs = new RunBook(ledger);
            this.race = new RaceBook(ledger);
            this.atTheClock = atTheClock;
        }

        void plan() {
            if (request.getEvaluationSeeds().isEmpty()) {
                return; // search-svc tells what is wrong with it.
            }
            runs.need(request.getRun(), DatasetBook.need(request.getDataset()));
            var dataset = new DatasetBook(ledger).version(request.getDataset(), request.getDatasetVersion());
            dataset.ifPresent(this::plan);
        }

        private void plan(DatasetPublished dataset) {
            var target = target();
            if (target.isEmpty() && EvalEvents.needsTarget(request)) {
                return;
            }
            var ceilings = EvalEvents.ceilings(request, dataset, target);
            if (request.getMeasureOnly()) {
                measured(dataset, Architecture.parse(request.getGenotype()));
                return;
            }
            ledger.get(WANTED, request.getRun())
                    .ifPresent(wanted -> wanted.getCells().forEach(cell -> evidence(dataset, cell)));
            var named = NamedCells.of(request);
            if (!named.none() && !named.choosing()) {
                given(dataset, Architecture.parse(request.getGenotype()), ceilings);
                return;
            }
            var contenders = named.none() ? found(dataset) : Contender.of(named);
            if (contenders.isEmpty()
                    || named.none()
                            && contenders.size() < request.getSearchSeeds().size()) {
                // Where it has no seed to search with, search-svc refuses it.
                return;
            }
            selected(dataset, contenders, named.origin(), ceilings).ifPresent(chosen -> {
                var cell = Architecture.parse(chosen.getGenotype());
                full(dataset, named.origin(), chosen.getSearch(), cell);
                fullRandom(dataset, ceilings);
            });
        }

        private void given(DatasetPublished dataset, Architecture cell, NetworkCeiling ceilings) {
            var refusal = ceilings.refusal(cell.toString());
            if (refusal.isPresent()) {
                tellNone(List.of(new PassedOver(
                        "", 0L, cell.toString(), cell.hash(), refusal.get(), request.getGenotypeName())));
                return;
            }
            full(dataset, Origin.NAMED, "", cell);
            fullRandom(dataset, ceilings);
        }

        /** Brief retrainings, one for each evaluation seed, and nothing to compare with. */
        private void measured(DatasetPublished dataset, Architecture cell) {
            retrained(dataset, Stage.SELECTION, Origin.NAMED, "", cell, request.getSelection());
        }

        /** What a verdict wants: the same in another word is told once. */
        private void evidence(DatasetPublished dataset, WantedCell wanted) {
            var cell = Architecture.parse(wanted.getGenotype());
            var done = results(
                    dataset,
                    Stage.FULL,
                    wanted.getOrigin(),
                    wanted.getSearch(),
                    cell,
                    request.getEvaluation(),
                    wanted.getSeeds());
            if (done.size() == wanted.getSeeds().size()) {
                tellOnce(
                        "%s/%s/%s/%s".formatted(wanted.getOrigin(), request.getRun(), cell.hash(), wanted.getSeeds()),
                        EvalEvents.evaluated(
                                request.getRun(),
                                Stage.FULL,
                                wanted.getOrigin(),
                                wanted.getSearch(),
                                cell,
                                wanted.getSeeds(),
                                done));
            }
        }

        private void fullRandom(DatasetPublished dataset, NetworkCeiling ceilings) {
            baseline(dataset, ceilings).ifPresent(random -> full(dataset, Origin.RANDOM, "", random));
        }

        /** The random cell; empty while it is not chosen yet. */
        private Optional<Architecture> baseline(DatasetPublished dataset, NetworkCeiling ceilings) {
            var drawn = RunBaseline.cells(request);
            if (drawn.size() == 1) {
                return Optional.of(drawn.get(0).genotype());
            }
            var known = ledger.get(BASELINES, request.getRun());
            if (known.isPresent()) {
                return known.map(told -> Architecture.parse(told.getGenotype()));
            }
            var passedOver = new ArrayList<PassedOver>();
            var fitting = fitting(Contender.drawn(drawn), ceilings, passedOver);
            if (fitting.isEmpty()) {
                runs.life(request.getRun())
                        .ifPresent(life -> runs.block(
                                life,
                                StageView.SELECTION,
                                "",
                                "none of the %d random cells keeps within the ceilings (%s); draw more by randomCells, or raise the ceiling"
                                        .formatted(
                                                drawn.size(), passedOver.get(0).getReason()),
                                outbox));
                return Optional.empty();
            }
            return compared(dataset, fitting, Origin.RANDOM, false).map(compared -> {
                var choice = CellChoice.baseline(request.getRun(), compared, passedOver);
                ledger.put(BASELINES, request.getRun(), choice);
                outbox.send(Topics.EVALUATIONS, request.getRun(), choice, request.getRun());
                return Architecture.parse(choice.getGenotype());
            });
        }

        /** What the searches have found so far, in the order of their seeds. */
        private List<Contender> found(DatasetPublished dataset) {
            var found = new ArrayList<Contender>();
            for (var seed : request.getSearchSeeds()) {
                var search = JobId.search(dataset, request.getSearch(), seed);
                runs.need(request.getRun(), search);
                genotype(search).map(EvalEvents::contender).ifPresent(found::add);
            }
            return found;
        }

        /** What a run whose searches shall finish has once taken it keeps, though the search may go on for another run. */
        private Optional<GenotypeDerived> genotype(String search) {
            var taken = "%s/%s/%d".formatted(request.getRun(), search, request.getRequestEpoch());
            return ledger.get(TAKEN_EARLY, taken)
                    .or(() -> ledger.get(FINAL_GENOTYPES, search))
                    .or(() -> finishes(request.getRun(), StageView.SEARCH, runs)
                            ? ledger.get(NEWEST_GENOTYPES, search).map(newest -> {
                                ledger.put(TAKEN_EARLY, taken, newest);
                                return newest;
                            })
                            : Optional.empty());
        }

        private Optional<CellSelected> selected(
                DatasetPublished dataset, List<Contender> contenders, Origin origin, NetworkCeiling ceilings) {
            var known = ledger.get(SELECTED, request.getRun());
            if (known.isPresent()) {
                return known;
            }
            var passedOver = new ArrayList<PassedOver>();
            var fitting = fitting(contenders, ceilings, passedOver);
            if (fitting.isEmpty()) {
                tellNone(passedOver);
                return Optional.empty();
            }
            return chosen(dataset, fitting, origin, passedOver);
        }

        /** Those within the ceilings, in order; the others are told apart. */
        private static List<Contender> fitting(
                List<Contender> contenders, NetworkCeiling ceilings, List<PassedOver> passedOver) {
            var fitting = new ArrayList<Contender>();
            for (var contender : contenders) {
                ceilings.refusal(contender.genotype())
                        .ifPresentOrElse(
                                reason -> passedOver.add(EvalEvents.passedOver(contender, reason)),
                                () -> fitting.add(contender));
            }
            return fitting;
        }

        /** The dataset whose classes count for the transfer's ceiling; a later version does not move a run in flight. */
        private Optional<DatasetPublished> target() {
            var transfer = request.getTransfer();
            var settled = ledger.get(TARGETS, request.getRun());
            if (settled.isPresent() || transfer == null || !EvalEvents.needsTarget(request)) {
                return settled;
            }
            runs.need(request.getRun(), DatasetBook.need(transfer.getDataset()));
            var newest = new DatasetBook(ledger).newest(transfer.getDataset());
            newest.ifPresent(dataset -> ledger.put(TARGETS, request.getRun(), dataset));
            return newest;
        }

        /** The same request finds the same cells: each time it is asked for it is blocked by them. */
        private void tellNone(List<PassedOver> passedOver) {
            var none = CellChoice.none(request.getRun(), passedOver);
            if (ledger.mark("noCell/" + request.getRun())) {
                outbox.send(Topics.EVALUATIONS, request.getRun(), none, request.getRun());
            }
            runs.life(request.getRun()).ifPresent(life -> runs.block(life, "selection", "", none.getReason(), outbox));
        }

        /** Chooses once all that may be chosen have been retrained briefly. */
        private Optional<CellSelected> chosen(
                DatasetPublished dataset, List<Contender> contenders, Origin origin, List<PassedOver> passedOver) {
            if (request.getRacing()) {
                race.begin(request.getRun());
            }
            return compared(dataset, contenders, origin, request.getRacing()).map(compared -> {
                var choice = CellChoice.among(request.getRun(), compared, passedOver, outpaced(contenders, compared));
                race.end(request.getRun());
                ledger.put(SELECTED, request.getRun(), choice);
                outbox.send(Topics.EVALUATIONS, request.getRun(), choice, request.getRun());
                return choice;
            });
        }

        private static int outpaced(List<Contender> contenders, List<CellChoice.Compared> compared) {
            var left = compared.stream().map(CellChoice.Compared::contender).toList();
            return (int) contenders.stream()
                    .filter(contender -> !left.contains(contender))
                    .map(Contender::hash)
                    .distinct()
                    .count();
        }

        /**
         * What brief retrainings of cells with the first evaluation seed have come to; empty until all are done, or given up.
         *
         * @param racing whether some may be given up
         */
        private Optional<List<CellChoice.Compared>> compared(
                DatasetPublished dataset, List<Contender> contenders, Origin origin, boolean racing) {
            var seed = request.getEvaluationSeeds().get(0);
            var entries = new LinkedHashMap<String, RacePlanner.Entry>();
            var cells = new HashSet<String>();
            for (var contender : contenders) {
                if (cells.add(contender.hash())) {
                    entry(
                                    job(
                                            dataset,
                                            Stage.SELECTION,
                                            origin,
                                            contender.search(),
                                            contender.genotype(),
                                            request.getSelection(),
                                            seed),
                                    contender.hash(),
                                    racing)
                            .ifPresent(entry -> entries.put(entry.hash(), entry));
                }
            }
            if (racing && atTheClock && !finishes(request.getRun(), StageView.SELECTION, runs)) {
                stop(new RacePlanner(request, race)
                                .look(
                                        List.copyOf(entries.values()),
                                        cells.size(),
                                        earlier(dataset),
                                        job -> JOBS.isWantedBeside(request.getRun(), job, runs)))
                        .forEach(entries::remove);
            }
            if (entries.values().stream().anyMatch(entry -> entry.result().isEmpty())) {
                return Optional.empty();
            }
            return Optional.of(contenders.stream()
                    .flatMap(contender -> Stream.ofNullable(entries.get(contender.hash()))
                            .flatMap(entry -> entry.result().stream())
                            .map(result -> new CellChoice.Compared(contender, result)))
                    .toList());
        }

        /** A cell that is compared, which is asked for unless it is done; empty of one that was given up. */
        private Optional<RacePlanner.Entry> entry(EvaluationJob wanted, String hash, boolean racing) {
            var job = standing(wanted).getJob();
            if (racing && race.isStopped(request.getRun(), job)) {
                return Optional.empty();
            }
            var result = retrained(wanted);
            if (racing && result.isEmpty()) {
                race.enter(job);
            }
            return Optional.of(new RacePlanner.Entry(wanted, job, hash, result));
        }

        /** The last of the brief retrainings under the same settings that are done. */
        private List<GenotypeRetrained> earlier(DatasetPublished dataset) {
            return race.alike(RaceBook.pool(request, dataset)).stream()
                    .flatMap(job -> JOBS.known(job, ledger).stream())
                    .toList();
        }

        /** Gives retrainings up and tells it; these are their cells. */
        private List<String> stop(List<RetrainingStopped> outpaced) {
            for (var word : outpaced) {
                race.take(word);
                JOBS.withdraw(word.getJob(), Set.of(word.getRun()), runs);
                outbox.send(Topics.STEERING, word.getJob(), word, word.getRun());
            }
            return outpaced.stream().map(RetrainingStopped::getHash).toList();
        }

        private void full(DatasetPublished dataset, Origin origin, String search, Architecture cell) {
            retrained(dataset, Stage.FULL, origin, search, cell, request.getEvaluation());
        }

        /** With every evaluation seed; summed up when all are done. */
        private void retrained(
                DatasetPublished dataset,
                Stage stage,
                Origin origin,
                String search,
                Architecture cell,
                RetrainSettings settings) {
            var seeds = request.getEvaluationSeeds();
            var done = results(dataset, stage, origin, search, cell, settings, seeds);
            if (done.size() == seeds.size()) {
                tellOnce(
                        origin + "/" + request.getRun(),
                        EvalEvents.evaluated(request.getRun(), stage, origin, search, cell, seeds, done));
            }
        }

        /** Of the seeds whose retrainings are done; the others are asked for. */
        private List<GenotypeRetrained> results(
                DatasetPublished dataset,
                Stage stage,
                Origin origin,
                String search,
                Architecture cell,
                RetrainSettings settings,
                List<Long> seeds) {
            var done = new ArrayList<GenotypeRetrained>();
            for (var seed : seeds) {
                retrained(job(dataset, stage, origin, search, cell.toString(), settings, seed))
                        .ifPresent(done::add);
            }
            return done;
        }

        private void tellOnce(String which, GenotypeEvaluated evaluated) {
            if (ledger.mark("evaluated/" + which)) {
                outbox.send(Topics.EVALUATIONS, request.getRun(), evaluated, request.getRun());
            }
        }

        private EvaluationJob job(
                DatasetPublished dataset,
                Stage stage,
                Origin origin,
                String search,
                String genotype,
                RetrainSettings settings,
                long seed) {
            var id = JobId.evaluation(dataset, stage, genotype, settings, seed);
            return new EvaluationJob(
                    id,
                    request.getRun(),
                    dataset,
                    stage,
                    origin,
                    search,
                    genotype,
                    settings,
                    seed,
                    request.getRequestEpoch());
        }

        /** The job's result, or that of one that stands for it; none yet: then it is asked for. */
        private Optional<GenotypeRetrained> retrained(EvaluationJob job) {
            var standing = standing(job);
            var result = JOBS.result(standing, runs, ledger, outbox);
            if (job.getStage() == Stage.SELECTION
                    && result.filter(done -> !done.getFinishedEarly()).isPresent()) {
                race.finished(standing.getJob(), RaceBook.pool(request, job.getDataset()));
            }
            result.filter(done -> !standing.getJob().equals(job.getJob()))
                    .ifPresent(done -> tellReused(job, standing, done));
            return result;
        }

        /** The job as which it is asked for: the first that was wanted for this cell or one that is isomorphic, all else being equal. */
        private EvaluationJob standing(EvaluationJob job) {
            var first = ledger.get(STANDING, job.getJob()).orElseGet(() -> firstAlike(job));
            return first.getJob().equals(job.getJob())
                    ? job
                    : EvaluationJob.newBuilder(job)
                            .setJob(first.getJob())
                            .setGenotype(first.getGenotype())
                            .build();
        }

        private EvaluationJob firstAlike(EvaluationJob job) {
            var canonical = Architecture.parse(job.getGenotype()).canonical().toString();
            var likeness =
                    JobId.evaluation(job.getDataset(), job.getStage(), canonical, job.getSettings(), job.getSeed());
            var first = ledger.get(FIRST_ALIKE, likeness).orElse(job);
            ledger.put(FIRST_ALIKE, likeness, first);
            ledger.put(STANDING, job.getJob(), first);
            return first;
        }

        private void tellReused(EvaluationJob job, EvaluationJob standing, GenotypeRetrained done) {
            if (ledger.mark("reused/%s/%s".formatted(request.getRun(), job.getJob()))) {
                var reused = new RetrainingReused(
                        request.getRun(),
                        job.getJob(),
                        job.getGenotype(),
                        standing.getJob(),
                        standing.getGenotype(),
                        done.getHash(),
                        job.getStage(),
                        job.getSeed(),
                        done.getDeviceSeconds());
                outbox.send(Topics.EVALUATIONS, request.getRun(), reused, request.getRun());
            }
        }
    }
}
