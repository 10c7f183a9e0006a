package io.dartboard.transfer;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.Origin;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferJob;
import io.dartboard.events.TransferSettings;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.DatasetBook;
import io.dartboard.pipeline.run.JobDesk;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.run.RunChange;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
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
 * <p>Guarantee: each run is judged once; verdicts on one dataset are given one after another, each against the champion
 * that the one before has left. A run that is paused or ended, or whose transfer has failed for good, asks for nothing and
 * is not judged. Facts may come in any order, more than once, and from attempts that a newer one has overtaken.
 */
public final class TransferPlanner implements Decider {
    private static final Table<GenotypeEvaluated> EVALUATED = Table.of(GenotypeEvaluated.class);
    private static final Table<DatasetPublished> TARGETS = new Table<>("TransferDataset", DatasetPublished.class);
    private static final Table<ChampionDecided> CHAMPIONS = Table.of(ChampionDecided.class);
    private static final JobDesk<TransferJob, GenotypeTransferred> JOBS = new JobDesk<>(
            Topics.TRANSFER_JOBS,
            Table.of(TransferJob.class),
            TransferJob::getJob,
            TransferJob::getRun,
            Table.of(GenotypeTransferred.class),
            GenotypeTransferred::getJob,
            GenotypeTransferred::getAttempt);

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(Topics.DATASETS, Topics.RUNS, Topics.EVALUATIONS, Topics.TRANSFERS, Topics.FAILURES);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.TRANSFER_JOBS, Topics.CHAMPIONS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        var change = learn(fact, ledger);
        for (var request : new RunBook(ledger).live(change)) {
            new Round(request, change.anew(), ledger, outbox).plan();
        }
    }

    private static RunChange learn(Fact fact, Ledger ledger) {
        var runs = new RunBook(ledger);
        if (fact.value() instanceof GenotypeEvaluated evaluated && evaluated.getStage() == Stage.FULL) {
            ledger.put(EVALUATED, evaluated.getRun() + "/" + evaluated.getOrigin(), evaluated);
            return RunChange.of(Set.of(evaluated.getRun()));
        }
        if (fact.value() instanceof GenotypeTransferred transferred) {
            return JOBS.done(transferred, runs, ledger);
        }
        if (fact.value() instanceof JobFailed failed) {
            JOBS.failed(failed, runs, ledger);
        }
        return runs.take(fact.value());
    }

    /** One look at one live run. */
    private record Round(RunRequested request, boolean anew, Ledger ledger, Outbox outbox) {

        void plan() {
            var settings = Optional.ofNullable(request.getTransfer());
            var target = settings.flatMap(this::target);
            var challenger = evaluated(request.getGenotype().isEmpty() ? Origin.SEARCHED : Origin.NAMED);
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
            var job = new TransferJob(id, request.getRun(), target, genotype, settings, 0);
            return JOBS.result(job, anew, new RunBook(ledger), ledger, outbox).isPresent();
        }

        private void judge(GenotypeEvaluated challenger, GenotypeEvaluated random) {
            if (!ledger.mark("judged/" + request.getRun())) {
                return;
            }
            var place = request.getDataset() + "@" + request.getDatasetVersion();
            var previous = ledger.get(CHAMPIONS, place).flatMap(decided -> Optional.ofNullable(decided.getChampion()));
            var sameBudget = previous.flatMap(champion -> new RunBook(ledger).request(champion.getRun()))
                    .map(theirs -> theirs.getEvaluation().equals(request.getEvaluation()))
                    .orElse(true);
            var unigramPerplexity = new DatasetBook(ledger)
                    .version(request.getDataset(), request.getDatasetVersion())
                    .map(DatasetPublished::getUnigramPerplexity)
                    .orElse(0.0);
            var verdict = Verdicts.on(
                    request.getDataset(),
                    request.getDatasetVersion(),
                    Verdicts.standing(challenger),
                    Verdicts.standing(random),
                    previous,
                    unigramPerplexity,
                    sameBudget);
            ledger.put(CHAMPIONS, place, verdict);
            outbox.send(Topics.CHAMPIONS, request.getDataset(), verdict, request.getRun());
        }
    }
}
