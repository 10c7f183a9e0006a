package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is transferred and who is champion.
 *
 * <ol>
 *   <li>When a run's challenger, the cell that was chosen or given, and its random cell have both been evaluated and the
 *       run asks for a transfer, the challenger is trained on the larger task: one {@link TransferJob}, on the version of
 *       that dataset that was the newest when the run was first heard of.
 *   <li>When that is done, or at once where no transfer is asked for, the run is judged ({@link Verdicts}) against its
 *       random cell and the champion of the same version of its dataset.
 * </ol>
 *
 * <p>Guarantee: each run is judged once, and its verdict told once in each request epoch that comes so far; verdicts on one
 * dataset are given one after another, each against the champion that the one before has left. A run that is paused, blocked
 * or over asks for nothing and is not judged. Facts may come in any order, more than once, and from attempts that a newer
 * one has overtaken.
 */
public final class TransferPlanner implements Decider {
    private static final Table<GenotypeEvaluated> EVALUATED = Table.of(GenotypeEvaluated.class);
    private static final Table<DatasetPublished> TARGETS = new Table<>("TransferDataset", DatasetPublished.class);
    private static final Table<ChampionDecided> CHAMPIONS = Table.of(ChampionDecided.class);
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
    private final Verdicts verdicts;

    /**
     * Makes a planner.
     *
     * @param patience how long a job that has begun may show no life before it is asked for again
     * @param level how often a cell that is no better may be found better
     * @throws IllegalArgumentException if there is no such level
     */
    public TransferPlanner(Duration patience, double level) {
        this.patience = patience;
        this.verdicts = new Verdicts(new SeedTest(level));
    }

    @Override
    public List<JobQueue> queues() {
        return List.of(JOBS.queue());
    }

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(
                Topics.DATASETS, Topics.RUNS, Topics.EVALUATIONS, Topics.TRANSFERS, Topics.FAILURES, Topics.PROGRESS);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.TRANSFER_JOBS, Topics.CHAMPIONS, Topics.RUNS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        var runs = new RunBook(ledger);
        var change = learn(fact, runs, ledger, outbox);
        runs.plan(change, "transfer", outbox, (request, part) -> new Round(request, verdicts, ledger, part).plan());
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
            ledger.put(EVALUATED, evaluated.getRun() + "/" + evaluated.getOrigin(), evaluated);
            return new RunChange(Set.of(evaluated.getRun()));
        }
        if (fact.value() instanceof GenotypeTransferred transferred) {
            return JOBS.done(transferred, runs, ledger);
        }
        JOBS.hear(fact.value(), runs, ledger, outbox);
        return runs.take(fact);
    }

    /** One look at one live run. */
    private record Round(RunRequested request, Verdicts verdicts, Ledger ledger, Outbox outbox) {

        void plan() {
            if (request.getMeasureOnly()) {
                return; // It ends with what eval-svc tells: nothing is transferred or judged.
            }
            var settings = Optional.ofNullable(request.getTransfer());
            var target = settings.flatMap(this::target);
            var challenger = evaluated(NamedCells.of(request).origin());
            var random = evaluated(Origin.RANDOM);
            if (challenger.isEmpty() || random.isEmpty()) {
                return;
            }
            if (settings.isEmpty()
                    || (target.isPresent()
                            && transferred(target.get(), challenger.get().getGenotype(), settings.get()))) {
                judge(challenger.get(), random.get());
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

        private Optional<GenotypeEvaluated> evaluated(Origin origin) {
            return ledger.get(EVALUATED, request.getRun() + "/" + origin);
        }

        private boolean transferred(DatasetPublished target, String genotype, TransferSettings settings) {
            var id = JobId.transfer(target, genotype, settings);
            var job = new TransferJob(id, request.getRun(), target, genotype, settings, request.getRequestEpoch());
            return JOBS.result(job, new RunBook(ledger), ledger, outbox).isPresent();
        }

        private void judge(GenotypeEvaluated challenger, GenotypeEvaluated random) {
            if (!ledger.mark("judged/%s/%d".formatted(request.getRun(), request.getRequestEpoch()))) {
                return;
            }
            var known = ledger.get(VERDICTS, request.getRun());
            if (known.isPresent()) {
                // Judged in an earlier epoch that was cancelled in the same moment: the same figures, the same verdict.
                tell(known.get());
                return;
            }
            var place = request.getDataset() + "@" + request.getDatasetVersion();
            var champion = ledger.get(CHAMPIONS, place)
                    .flatMap(decided -> Optional.ofNullable(decided.getChampion()))
                    .map(this::champion);
            var unigramPerplexity = new DatasetBook(ledger)
                    .version(request.getDataset(), request.getDatasetVersion())
                    .map(DatasetPublished::getUnigramPerplexity)
                    .orElse(0.0);
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
            if (wasCutShort(request.getRun())) {
                verdict.getReasons()
                        .add("the evaluation was told to finish, so retrainings may have ended before the epochs"
                                + " asked for");
            }
            ledger.put(CHAMPIONS, place, verdict);
            ledger.put(VERDICTS, request.getRun(), verdict);
            tell(verdict);
        }

        private Verdicts.Champion champion(Standing standing) {
            var likeThis = new RunBook(ledger)
                    .request(standing.getRun())
                    .filter(theirs -> theirs.getEvaluation().equals(request.getEvaluation())
                            && theirs.getEvaluationSeeds().equals(request.getEvaluationSeeds())
                            && !wasCutShort(theirs.getRun())
                            && !wasCutShort(request.getRun()));
            return new Verdicts.Champion(
                    standing, likeThis.flatMap(theirs -> Verdicts.Judged.of(standing, theirs.getEvaluationSeeds())));
        }

        private boolean wasCutShort(String run) {
            return new RunBook(ledger)
                    .life(run)
                    .filter(life -> life.finishes(StageView.EVALUATION))
                    .isPresent();
        }

        private void tell(ChampionDecided judged) {
            var verdict = ChampionDecided.newBuilder(judged)
                    .setRequestEpoch(request.getRequestEpoch())
                    .build();
            outbox.send(Topics.CHAMPIONS, verdict.getRun(), verdict, verdict.getRun());
            outbox.send(Topics.CHAMPIONS, verdict.getDataset(), verdict, verdict.getRun());
        }
    }
}
