package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvidenceWanted;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.events.Verdict;
import io.dartboard.events.WantedCell;
import io.dartboard.pipeline.identity.JobId;
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
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.training.kind.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Decides what is transferred and who is champion.
 *
 * <ol>
 *   <li>When a run's challenger, the cell that was chosen or given, and its random cell have both been evaluated and the
 *       run asks for a transfer, the challenger is trained on the larger task: one {@link TransferJob}, on the version of
 *       that dataset that was the newest when the run was first heard of.
 *   <li>Like with like: the champion's cell is wanted evaluated as the challenger was ({@link EvidenceWanted}), on the same
 *       version, under the same settings and with the same seeds. The ids of those jobs are those of the same work in other
 *       runs, so what was done before costs nothing.
 *   <li>Where the seeds do not tell, and more of them might, some are added for the cells that cannot be told apart, the same for
 *       both, as the run's seed budget allows ({@link Looks}).
 *   <li>When all that is done the run is judged ({@link Verdicts}) against its random cell and the champion of its version of
 *       the dataset, or, where that has none yet, the one that was promoted last on any version.
 * </ol>
 *
 * <p>Guarantee: each run is judged once, and its verdict told once in each request epoch that comes so far; verdicts on one
 * dataset are given one after another, each against the champion that the one before has left. A run that is paused, blocked
 * or over asks for nothing and is not judged. Facts may come in any order, more than once, and from attempts that a newer
 * one has overtaken. What it has told is among its inputs: a planner that has lost its state and meets a verdict that it gave
 * before takes it as it stands.
 */
public final class TransferPlanner implements Decider {
    private static final Table<GenotypeEvaluated> EVALUATED = Table.of(GenotypeEvaluated.class);
    private static final Table<DatasetPublished> TARGETS = new Table<>("TransferDataset", DatasetPublished.class);
    private static final Table<EvidenceWanted> WANTED = Table.of(EvidenceWanted.class);
    private static final Table<ChampionDecided> CHAMPIONS = Table.of(ChampionDecided.class);
    /** The promotion of each dataset that was told last, whatever version it was on. */
    private static final Table<ChampionDecided> PROMOTIONS = new Table<>("Promotion", ChampionDecided.class);

    private static final Table<ChampionDecided> VERDICTS = new Table<>("Verdict", ChampionDecided.class);
    private static final JobDesk<TransferJob, GenotypeTransferred> JOBS = new JobDesk<>(
            Topics.TRANSFER_JOBS,
            Table.of(TransferJob.class),
            TransferJob::getJob,
            TransferJob::getRun,
            Table.of(GenotypeTransferred.class),
            GenotypeTransferred::getJob,
            GenotypeTransferred::getAttempt,
            transferred -> StageView.TRANSFER,
            new Table<>("EarlyTransferred", GenotypeTransferred.class),
            GenotypeTransferred::getFinishedEarly);

    private final Duration patience;
    private final double level;

    /**
     * Makes a planner.
     *
     * @param patience how long a job that has begun may show no life before it is asked for again
     * @param level how often a cell that is no better may be found better
     * @throws IllegalArgumentException if there is no such level
     */
    public TransferPlanner(Duration patience, double level) {
        this.patience = patience;
        this.level = new SeedTest(level).level();
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
                Topics.EVALUATIONS,
                Topics.TRANSFERS,
                Topics.CHAMPIONS,
                Topics.FAILURES,
                Topics.PROGRESS);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.TRANSFER_JOBS, Topics.EVALUATIONS, Topics.CHAMPIONS, Topics.RUNS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        var runs = new RunBook(ledger);
        var change = learn(fact, runs, ledger, outbox);
        runs.plan(change, "transfer", outbox, (request, part) -> round(request, ledger, part)
                .plan());
    }

    private Round round(RunRequested request, Ledger ledger, Outbox outbox) {
        var looks = Looks.of(Math.max(1, request.getEvaluationSeeds().size()), request.getSeedBudget(), level);
        return new Round(request, new Verdicts(looks), ledger, outbox);
    }

    @Override
    public void tick(Instant now, Ledger ledger, Outbox outbox) {
        JOBS.tick(now, patience, new RunBook(ledger), ledger, outbox);
    }

    private static RunChange learn(Fact fact, RunBook runs, Ledger ledger, Outbox outbox) {
        if (fact.value() instanceof GenotypeEvaluated evaluated) {
            if (evaluated.getStage() != Stage.FULL) {
                return RunChange.NONE;
            }
            var key = key(evaluated.getRun(), evaluated.getOrigin(), evaluated.getHash());
            if (ledger.get(EVALUATED, key)
                    .filter(known ->
                            known.getSeeds().size() > evaluated.getSeeds().size())
                    .isPresent()) {
                return RunChange.NONE; // Repeated: seeds have been added since.
            }
            ledger.put(EVALUATED, key, evaluated);
            return new RunChange(Set.of(evaluated.getRun()));
        }
        if (fact.value() instanceof EvidenceWanted wanted) {
            var known = ledger.get(WANTED, wanted.getRun());
            if (known.isEmpty() || known.get().getNumber() < wanted.getNumber()) {
                ledger.put(WANTED, wanted.getRun(), wanted);
            }
            return new RunChange(Set.of(wanted.getRun()));
        }
        if (fact.value() instanceof ChampionDecided decided) {
            ledger.mark(judged(decided.getRun(), decided.getRequestEpoch()));
            enter(decided, ledger);
            return RunChange.NONE;
        }
        if (fact.value() instanceof GenotypeTransferred transferred) {
            return JOBS.done(transferred, runs, ledger);
        }
        JOBS.hear(fact.value(), runs, ledger, outbox);
        return runs.take(fact);
    }

    /** A run has one cell of each origin, but that the champion may change before it is judged. */
    private static String key(String run, Origin origin, String hash) {
        var cell = run + "/" + origin;
        return origin == Origin.CHAMPION ? cell + "/" + hash : cell;
    }

    private static String judged(String run, int epoch) {
        return "judged/%s/%d".formatted(run, epoch);
    }

    /** The first verdict on a run stands. */
    private static void enter(ChampionDecided verdict, Ledger ledger) {
        if (ledger.get(VERDICTS, verdict.getRun()).isPresent()) {
            return;
        }
        ledger.put(VERDICTS, verdict.getRun(), verdict);
        ledger.put(CHAMPIONS, verdict.getDataset() + "@" + verdict.getDatasetVersion(), verdict);
        if (verdict.getVerdict() == Verdict.PROMOTED) {
            ledger.put(PROMOTIONS, verdict.getDataset(), verdict);
        }
    }

    /** One look at one live run. */
    private record Round(RunRequested request, Verdicts verdicts, Ledger ledger, Outbox outbox) {

        void plan() {
            if (request.getMeasureOnly()) {
                return; // It ends with what eval-svc tells: nothing is transferred or judged.
            }
            if (ledger.marked(judged(request.getRun(), request.getRequestEpoch()))) {
                return;
            }
            var known = ledger.get(VERDICTS, request.getRun());
            if (known.isPresent()) {
                // Judged in an earlier epoch that was cancelled in the same moment: the same figures, the same verdict.
                tell(known.get());
                return;
            }
            var settings = Optional.ofNullable(request.getTransfer());
            var target = settings.flatMap(this::target);
            var challenger = evaluated(NamedCells.of(request).origin(), "");
            var random = evaluated(Origin.RANDOM, "");
            if (challenger.isEmpty() || random.isEmpty()) {
                return;
            }
            var isTransferred = settings.isEmpty()
                    || (target.isPresent()
                            && transferred(target.get(), challenger.get().getGenotype(), settings.get()));
            var champion = standing().map(held -> champion(held, challenger.get(), random.get()));
            if (isWaiting(champion)) {
                return;
            }
            if (champion.filter(Verdicts.Champion::isOpen).isPresent()) {
                champion.ifPresent(held -> wantChampion(held, challenger.get().getSeeds()));
            } else if (!wantsMore(challenger.get(), random.get(), champion) && isTransferred) {
                judge(challenger.get(), random.get(), champion);
            }
        }

        /** Settled as soon as both run and dataset are known, so that a later version does not move a run in flight. */
        private Optional<DatasetPublished> target(TransferSettings settings) {
            var settled = ledger.get(TARGETS, request.getRun());
            if (settled.isPresent()) {
                return settled;
            }
            new RunBook(ledger).need(request.getRun(), DatasetBook.need(settings.getDataset()));
            var newest = new DatasetBook(ledger).newest(settings.getDataset());
            newest.ifPresent(dataset -> ledger.put(TARGETS, request.getRun(), dataset));
            return newest;
        }

        private Optional<GenotypeEvaluated> evaluated(Origin origin, String hash) {
            return ledger.get(EVALUATED, key(request.getRun(), origin, hash));
        }

        private boolean transferred(DatasetPublished target, String genotype, TransferSettings settings) {
            var id = JobId.transfer(target, genotype, settings);
            var job = new TransferJob(id, request.getRun(), target, genotype, settings, request.getRequestEpoch());
            return JOBS.result(job, new RunBook(ledger), ledger, outbox).isPresent();
        }

        private Optional<DatasetPublished> dataset() {
            return new DatasetBook(ledger).version(request.getDataset(), request.getDatasetVersion());
        }

        /** The champion of the run's version of its dataset, or for want of one the newest of the dataset. */
        private Optional<Standing> standing() {
            return ledger.get(CHAMPIONS, request.getDataset() + "@" + request.getDatasetVersion())
                    .flatMap(decided -> Optional.ofNullable(decided.getChampion()))
                    .or(() -> ledger.get(PROMOTIONS, request.getDataset()).map(this::elsewhere));
        }

        private Standing elsewhere(ChampionDecided promotion) {
            return Standing.newBuilder(promotion.getChallenger())
                    .setDatasetVersion(promotion.getDatasetVersion())
                    .build();
        }

        private Verdicts.Champion champion(Standing held, GenotypeEvaluated challenger, GenotypeEvaluated random) {
            if (held.getHash().equals(challenger.getHash())) {
                return Verdicts.Champion.of(held, Verdicts.Judged.of(challenger));
            }
            if (verdicts.finding(Verdicts.Judged.of(challenger), Verdicts.Judged.of(random))
                    == SeedTest.Finding.WORSE) {
                return Verdicts.Champion.apart(held, "the cell is rejected whatever the champion comes to");
            }
            if (wasCutShort()) {
                return Verdicts.Champion.apart(
                        held, "the evaluation was told to finish, and cells are compared that were trained alike");
            }
            var evaluated = evaluated(Origin.CHAMPION, held.getHash());
            if (evaluated.isPresent()) {
                return Verdicts.Champion.of(held, Verdicts.Judged.of(evaluated.get()));
            }
            new RunBook(ledger).need(request.getRun(), DatasetBook.need(request.getDataset()));
            return dataset()
                    .flatMap(dataset -> obstacle(held, dataset))
                    .map(obstacle -> Verdicts.Champion.apart(held, obstacle))
                    .orElseGet(() -> Verdicts.Champion.open(held));
        }

        /** Why the champion's cell cannot be trained as the run's own was: it may be of another space, or another version. */
        private Optional<String> obstacle(Standing held, DatasetPublished dataset) {
            try {
                Kind.requireEvaluation(held.getGenotype(), request.getEvaluation(), dataset);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of("its cell cannot be trained under the settings of this run: " + e.getMessage());
            }
        }

        /** True while what was wanted last is not evaluated, but for a champion that has been replaced since. */
        private boolean isWaiting(Optional<Verdicts.Champion> champion) {
            return ledger.get(WANTED, request.getRun()).stream()
                    .flatMap(wanted -> wanted.getCells().stream())
                    .filter(cell -> cell.getOrigin() != Origin.CHAMPION
                            || champion.filter(held -> held.obstacle().isEmpty()
                                            && held.standing().getHash().equals(cell.getHash()))
                                    .isPresent())
                    .anyMatch(cell -> evaluated(cell.getOrigin(), cell.getHash())
                            .filter(done ->
                                    done.getSeeds().size() >= cell.getSeeds().size())
                            .isEmpty());
        }

        private void wantChampion(Verdicts.Champion champion, List<Long> seeds) {
            if (dataset().isEmpty()) {
                return; // Told on another topic: whether the cell can be trained on it is not known yet.
            }
            var held = champion.standing();
            want(
                    List.of(new WantedCell(Origin.CHAMPION, "", held.getGenotype(), held.getHash(), seeds)),
                    "%s%s is evaluated like the run's own cell, to be compared with"
                            .formatted(champion.title(), versionOf(held)));
        }

        /** Has seeds added where they may decide; false where the verdict is to be given by those that there are. */
        private boolean wantsMore(
                GenotypeEvaluated challenger, GenotypeEvaluated random, Optional<Verdicts.Champion> champion) {
            var own = Verdicts.Judged.of(challenger);
            var compared = new ArrayList<>(List.of(random));
            champion.flatMap(held -> evaluated(Origin.CHAMPION, held.standing().getHash()))
                    .ifPresent(compared::add);
            var isDecided = champion.filter(held ->
                            held.judged().isEmpty() || held.judged().get().isSameCellAs(own))
                    .isPresent();
            if (isDecided || wasCutShort()) {
                return false;
            }
            var open = new ArrayList<GenotypeEvaluated>();
            for (var other : compared) {
                switch (verdicts.finding(own, Verdicts.Judged.of(other))) {
                    case WORSE -> {
                        return false;
                    }
                    case UNTOLD -> open.add(other);
                    case BETTER -> {}
                }
            }
            var late = open.stream()
                    .filter(other ->
                            other.getSeeds().size() < challenger.getSeeds().size())
                    .toList();
            if (!late.isEmpty()) {
                want(cells(late, challenger.getSeeds()), "it is compared by as many seeds as the run's own cell has");
                return true;
            }
            var next = verdicts.looks().after(challenger.getSeeds().size());
            if (open.isEmpty()
                    || next.isEmpty()
                    || !open.stream().allMatch(other -> verdicts.isWorthMore(own, Verdicts.Judged.of(other)))) {
                return false;
            }
            var cells = new ArrayList<>(List.of(challenger));
            cells.addAll(open);
            want(
                    cells(cells, seeds(next.getAsInt())),
                    "%d seeds do not tell and more may, so there will be %d: %s"
                            .formatted(challenger.getSeeds().size(), next.getAsInt(), verdicts.looks()));
            return true;
        }

        /** Those of the run, and the numbers that follow the largest of them. */
        private List<Long> seeds(int count) {
            var own = request.getEvaluationSeeds();
            var first = Collections.max(own) + 1;
            return Stream.concat(
                            own.stream(),
                            LongStream.range(first, first + count - own.size()).boxed())
                    .toList();
        }

        private static List<WantedCell> cells(List<GenotypeEvaluated> evaluated, List<Long> seeds) {
            return evaluated.stream()
                    .map(cell -> new WantedCell(
                            cell.getOrigin(), cell.getSearch(), cell.getGenotype(), cell.getHash(), seeds))
                    .toList();
        }

        /** Tells what the verdict waits for, unless that was told last. */
        private void want(List<WantedCell> cells, String reason) {
            var last = ledger.get(WANTED, request.getRun());
            if (last.filter(told -> told.getCells().equals(cells)).isPresent()) {
                return;
            }
            var number = last.map(EvidenceWanted::getNumber).orElse(0) + 1;
            var wanted = new EvidenceWanted(request.getRun(), number, cells, List.of(reason));
            ledger.put(WANTED, request.getRun(), wanted);
            outbox.send(Topics.EVALUATIONS, request.getRun(), wanted, request.getRun());
        }

        private static String versionOf(Standing held) {
            return held.getDatasetVersion() == null ? "" : ", found on version " + held.getDatasetVersion() + ",";
        }

        private void judge(
                GenotypeEvaluated challenger, GenotypeEvaluated random, Optional<Verdicts.Champion> champion) {
            var unigramPerplexity =
                    dataset().map(DatasetPublished::getUnigramPerplexity).orElse(0.0);
            var verdict = verdicts.on(
                    request.getDataset(),
                    request.getDatasetVersion(),
                    Verdicts.Judged.of(challenger),
                    Verdicts.Judged.of(random),
                    champion,
                    unigramPerplexity);
            var chosen = NamedCells.of(request).told(challenger.getGenotype());
            if (!chosen.isEmpty()) {
                verdict.getReasons().add(chosen);
            }
            if (request.getSeedBudget() > 0) {
                verdict.getReasons()
                        .add("each cell had %d seeds of up to %d: %s"
                                .formatted(
                                        challenger.getSeeds().size(),
                                        request.getEvaluationSeeds().size() + request.getSeedBudget(),
                                        verdicts.looks()));
            }
            if (request.getRandomCells() > 1) {
                verdict.getReasons()
                        .add("the random cell is the best by validation among %d drawn with seed %d"
                                .formatted(request.getRandomCells(), request.getRandomCellSeed()));
            }
            if (wasCutShort()) {
                verdict.getReasons()
                        .add("the evaluation was told to finish, so retrainings may have ended before the epochs"
                                + " asked for");
            }
            enter(verdict, ledger);
            tell(verdict);
        }

        private boolean wasCutShort() {
            return new RunBook(ledger)
                    .life(request.getRun())
                    .filter(life -> life.finishes(StageView.EVALUATION))
                    .isPresent();
        }

        private void tell(ChampionDecided decided) {
            ledger.mark(judged(request.getRun(), request.getRequestEpoch()));
            var verdict = ChampionDecided.newBuilder(decided)
                    .setRequestEpoch(request.getRequestEpoch())
                    .build();
            outbox.send(Topics.CHAMPIONS, verdict.getRun(), verdict, verdict.getRun());
            outbox.send(Topics.CHAMPIONS, verdict.getDataset(), verdict, verdict.getRun());
        }
    }
}
