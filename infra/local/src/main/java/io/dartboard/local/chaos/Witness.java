package io.dartboard.local.chaos;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.GenotypeTransferred;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.SearchJob;
import io.dartboard.events.Stage;
import io.dartboard.events.TransferJob;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * Hears all that is told from the first record to the last, and remembers of each job which attempts there were, what they
 * did and what came of it. Progress is told at most once and only now and then, so what it says of steps is a little less
 * than was done.
 */
final class Witness implements AutoCloseable {
    private final RunBoard board = new RunBoard();
    private final Map<String, JobTrace> jobs = new LinkedHashMap<>();
    private final Map<String, JobTrace> epochs = new LinkedHashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<DeadLettered> letters = new ArrayList<>();
    private final EventReader reader;

    Witness(KafkaSettings kafka) {
        reader = new EventReader(kafka, "dartboard-chaos", Topics.ALL, this::take);
        reader.start();
    }

    /** True once all that stands on the topics now has been heard; false if that took longer. */
    boolean sync(Duration atMost) throws InterruptedException {
        return reader.sync(atMost);
    }

    /** The runs, the newest first. */
    List<RunView> runs() {
        return board.runs();
    }

    Optional<RunView> run(String run) {
        return board.run(run);
    }

    /** Answers a question about the jobs while nothing changes them. */
    synchronized <T> T jobs(Function<Collection<JobTrace>, T> question) {
        return question.apply(jobs.values());
    }

    synchronized List<DeadLettered> letters() {
        return List.copyOf(letters);
    }

    synchronized List<Outage> outages() {
        return List.copyOf(outages);
    }

    /** A process was killed; from now on it is watched when each of these jobs lives again. */
    synchronized void killed(String process, Instant time, List<String> held) {
        for (var job : held) {
            var trace = jobs.get(job);
            if (trace != null && trace.open() && goesOn(trace.run())) {
                outages.add(new Outage(process, job, trace.run(), trace.newest(), time));
            }
        }
    }

    /** A person holds or ends a run: when its jobs live again is no longer the pipeline's doing. */
    synchronized void steered(String run) {
        outages.removeIf(outage -> outage.run().equals(run) && outage.lasted().isEmpty());
    }

    private boolean goesOn(String run) {
        return board.run(run)
                .filter(view -> view.state() == RunState.RUNNING || view.state() == RunState.WAITING)
                .isPresent();
    }

    /** The broker was killed; from now on it is watched when something is told again. */
    synchronized void brokerKilled(String process, Instant time) {
        outages.add(new Outage(process, "", "", 0, time));
    }

    @Override
    public void close() {
        reader.close();
    }

    private synchronized void take(Event<?> event) {
        var value = event.value();
        var time = event.time();
        board.apply(value, time);
        outages.forEach(outage -> outage.tellsAnything(time));
        if (value instanceof SearchJob job) {
            trace(job.getJob(), job.getRun(), StageView.SEARCH);
        } else if (value instanceof EvaluationJob job) {
            trace(job.getJob(), job.getRun(), stage(job.getStage()));
        } else if (value instanceof TransferJob job) {
            trace(job.getJob(), job.getRun(), StageView.TRANSFER);
        } else if (value instanceof JobProgressed progress) {
            var trace = trace(progress.getJob(), progress.getRun(), progress.getStage());
            trace.at(progress.getAttempt(), progress.getStep());
            lives(progress.getJob(), progress.getAttempt(), false, time);
        } else if (value instanceof AlphaCheckpointed alpha) {
            checkpointed(alpha, time);
        } else if (value instanceof GenotypeRetrained retrained) {
            finished(
                    trace(retrained.getJob(), retrained.getRun(), stage(retrained.getStage())),
                    fingerprint(retrained),
                    retrained.getAttempt(),
                    retrained.getDeviceSeconds(),
                    time);
        } else if (value instanceof GenotypeTransferred transferred) {
            finished(
                    trace(transferred.getJob(), transferred.getRun(), StageView.TRANSFER),
                    fingerprint(transferred),
                    transferred.getAttempt(),
                    transferred.getDeviceSeconds(),
                    time);
        } else if (value instanceof JobFailed failed) {
            var trace = trace(failed.getJob(), failed.getRun(), failed.getStage());
            trace.begun(failed.getAttempt());
            if (!failed.getRetryable()) {
                trace.fail();
                lives(failed.getJob(), failed.getAttempt(), true, time);
            }
        } else if (value instanceof DeadLettered letter) {
            letters.add(letter);
        }
    }

    private void checkpointed(AlphaCheckpointed alpha, Instant time) {
        var trace = trace(alpha.getSearch(), alpha.getRun(), StageView.SEARCH);
        trace.at(alpha.getAttempt(), alpha.getStep());
        epoch(alpha).result(fingerprint(alpha), 0);
        if (alpha.getFinalEpoch()) {
            finished(trace, "searched", alpha.getAttempt(), alpha.getDeviceSeconds(), time);
        } else {
            lives(alpha.getSearch(), alpha.getAttempt(), false, time);
        }
    }

    /** What was told otherwise of the same job than this stored fact says, if anything was. */
    synchronized Optional<String> differs(SpecificRecord fact) {
        var trace = fact instanceof AlphaCheckpointed alpha
                ? epoch(alpha)
                : jobs.get(
                        fact instanceof GenotypeRetrained retrained
                                ? retrained.getJob()
                                : fact instanceof GenotypeTransferred transferred ? transferred.getJob() : "");
        return trace == null
                ? Optional.empty()
                : trace.results().stream()
                        .filter(told -> !told.equals(fingerprint(fact)))
                        .findFirst();
    }

    /** What a fact says of its job's result, whoever says it. */
    private static String fingerprint(SpecificRecord fact) {
        if (fact instanceof GenotypeRetrained retrained) {
            return "%s %s %s %s"
                    .formatted(
                            retrained.getHash(),
                            retrained.getErrorPercent(),
                            retrained.getPerplexity(),
                            retrained.getCurve());
        }
        if (fact instanceof GenotypeTransferred transferred) {
            return "%s %s %s"
                    .formatted(transferred.getHash(), transferred.getTop1ErrorPercent(), transferred.getPerplexity());
        }
        return fact instanceof AlphaCheckpointed alpha
                ? "%s %s".formatted(alpha.getAlphas(), alpha.getValidLoss())
                : "";
    }

    private JobTrace epoch(AlphaCheckpointed alpha) {
        return epochs.computeIfAbsent(
                alpha.getSearch() + " epoch " + alpha.getEpoch(),
                name -> new JobTrace(name, alpha.getRun(), StageView.SEARCH));
    }

    /** Every epoch of every search, with what its attempts said of it. */
    synchronized List<JobTrace> epochs() {
        return List.copyOf(epochs.values());
    }

    private void finished(JobTrace trace, String fingerprint, int attempt, double deviceSeconds, Instant time) {
        trace.begun(attempt);
        trace.result(fingerprint, deviceSeconds);
        trace.finish();
        lives(trace.job(), attempt, true, time);
    }

    private void lives(String job, int attempt, boolean over, Instant time) {
        outages.forEach(outage -> outage.lives(job, attempt, over, time));
    }

    private JobTrace trace(String job, String run, String stage) {
        return jobs.computeIfAbsent(job, id -> new JobTrace(id, run, stage));
    }

    private static String stage(Stage stage) {
        return stage == Stage.SELECTION ? StageView.SELECTION : StageView.EVALUATION;
    }
}
