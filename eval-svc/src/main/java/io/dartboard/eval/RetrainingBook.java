package io.dartboard.eval;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainSettings;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.nas.genotype.Architecture;
import io.dartboard.pipeline.identity.JobId;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.JobDesk;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run has retrained: each job is asked for until it is done, and a cell that is isomorphic to one that was wanted before,
 * on the same data, under the same settings and with the same seed, is not retrained: the other's retraining stands for it, which
 * is told with the device seconds saved ({@link RetrainingReused}).
 */
final class RetrainingBook {
    /** All retrainings of all runs. */
    static final JobDesk<EvaluationJob, GenotypeRetrained> DESK = new JobDesk<>(
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

    /** Of all retrainings of isomorphic cells that differ in nothing else the one that was wanted first, by what they share. */
    private static final Table<EvaluationJob> FIRST_ALIKE = new Table<>("FirstAlike", EvaluationJob.class);
    /** The same by the job that it stands for, be it itself. */
    private static final Table<EvaluationJob> STANDING = new Table<>("StandingAlike", EvaluationJob.class);

    private final RunRequested request;
    private final DatasetPublished dataset;
    private final Ledger ledger;
    private final Outbox outbox;
    private final RunBook runs;
    private final RaceBook race;

    RetrainingBook(RunRequested request, DatasetPublished dataset, Ledger ledger, Outbox outbox) {
        this.request = request;
        this.dataset = dataset;
        this.ledger = ledger;
        this.outbox = outbox;
        this.runs = new RunBook(ledger);
        this.race = new RaceBook(ledger);
    }

    /**
     * A cell that is retrained.
     *
     * @param search that has found it; empty of any other
     * @param genotype its text form, of which a job keeps the wording
     */
    record Wanted(Stage stage, Origin origin, String search, String genotype, RetrainSettings settings) {
        /** Retrained as the run's evaluation is. */
        static Wanted full(RunRequested request, Origin origin, String search, Architecture cell) {
            return new Wanted(Stage.FULL, origin, search, cell.toString(), request.getEvaluation());
        }

        /** Retrained as the run's selection is. */
        static Wanted brief(RunRequested request, Origin origin, String search, String genotype) {
            return new Wanted(Stage.SELECTION, origin, search, genotype, request.getSelection());
        }
    }

    /** The retraining of a cell with a seed. */
    EvaluationJob job(Wanted wanted, long seed) {
        var id = JobId.evaluation(dataset, wanted.stage(), wanted.genotype(), wanted.settings(), seed);
        return new EvaluationJob(
                id,
                request.getRun(),
                dataset,
                wanted.stage(),
                wanted.origin(),
                wanted.search(),
                wanted.genotype(),
                wanted.settings(),
                seed,
                request.getRequestEpoch());
    }

    /** The job's result, or that of one that stands for it; none yet: then it is asked for. */
    Optional<GenotypeRetrained> result(EvaluationJob job) {
        var standing = standing(job);
        var result = DESK.result(standing, runs, ledger, outbox);
        if (job.getStage() == Stage.SELECTION
                && result.filter(done -> !done.getFinishedEarly()).isPresent()) {
            race.finished(standing.getJob(), RaceBook.pool(request, dataset));
        }
        result.filter(done -> !standing.getJob().equals(job.getJob()))
                .ifPresent(done -> tellReused(job, standing, done));
        return result;
    }

    /** Of a cell with those seeds whose retrainings are done; the others are asked for. */
    List<GenotypeRetrained> results(Wanted wanted, List<Long> seeds) {
        var done = new ArrayList<GenotypeRetrained>();
        for (var seed : seeds) {
            result(job(wanted, seed)).ifPresent(done::add);
        }
        return done;
    }

    /** The job as which it is asked for: the first that was wanted for this cell or one that is isomorphic, all else being equal. */
    EvaluationJob standing(EvaluationJob job) {
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
        var likeness = JobId.evaluation(dataset, job.getStage(), canonical, job.getSettings(), job.getSeed());
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
