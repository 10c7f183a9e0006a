package io.dartboard.nas.loop;

import io.dartboard.nas.natives.DeviceFailure;
import io.dartboard.nas.tensor.Safetensors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a work from where it stands to its last epoch, or until the observer says stop: takes the steps of each epoch, tells
 * of them, obeys, hands out snapshots, and has each epoch judged. A judgement that was given up, and a run that was stopped,
 * are gone on from with the same position. Used by one thread.
 *
 * <p>Numbers are looked at every 64 steps, at the end of an epoch and before a snapshot, so that no step waits for one and
 * no snapshot holds a broken state.
 *
 * @param <R> what is told of an epoch
 */
public final class EpochEngine<R> {
    /** So often a step is followed by a look: seldom enough to cost nothing where the device runs ahead. */
    private static final int STEPS_BETWEEN_LOOKS = 64;

    private final EpochWork<R> work;
    private int epoch;
    private int step; // equal to the epoch's number of steps once only its judgement is left
    private boolean finishing; // what is left is to judge what there is
    private boolean finished;

    /**
     * An engine that stands before a step.
     *
     * @param epoch from 0; the number of epochs if all are done
     * @param step within the epoch, from 0; the number of its steps if only its judgement is left
     */
    public EpochEngine(EpochWork<R> work, int epoch, int step) {
        this.work = work;
        this.epoch = epoch;
        this.step = step;
    }

    /** The epoch of the next step. */
    public int epoch() {
        return epoch;
    }

    /** The next step within the epoch. */
    public int step() {
        return step;
    }

    /** Everything needed to continue from here; waits for the device. */
    public Snapshot snapshot() {
        Safetensors content = work.content();
        Map<String, String> facts = new HashMap<>(work.identity().facts());
        facts.putAll(content.facts());
        return new Snapshot(epoch, step, work.stepsBefore(epoch) + step, new Safetensors(content.tensors(), facts));
    }

    /**
     * Runs on.
     *
     * @return the snapshot that was handed out where the observer said stop; empty once all epochs are done, or those that
     *     there are where the observer said finish
     * @throws DeviceFailure if the device is out of memory or has failed
     */
    public Optional<Snapshot> run(LoopObserver<? super R> observer) {
        try {
            return runOn(observer);
        } catch (RuntimeException e) {
            throw DeviceFailure.named(e);
        }
    }

    private Optional<Snapshot> runOn(LoopObserver<? super R> observer) {
        while (epoch < work.epochs() && !finished) {
            Optional<Snapshot> stopped = step < work.steps(epoch) && !finishing ? takeSteps(observer) : judge(observer);
            if (stopped.isPresent()) {
                return stopped;
            }
        }
        return Optional.empty();
    }

    /** Hands a snapshot of where it stands to the observer. */
    public Snapshot handOut(LoopObserver<?> observer) {
        Snapshot snapshot = snapshot();
        observer.onSnapshot(snapshot);
        return snapshot;
    }

    /** The rest of the epoch's steps, or those until it goes back. */
    private Optional<Snapshot> takeSteps(LoopObserver<? super R> observer) {
        int count = work.steps(epoch);
        try (EpochWork.Steps steps = work.open(epoch, step)) {
            while (step < count) {
                StepReport report = takeStep(steps, count, observer);
                boolean looked = step % STEPS_BETWEEN_LOOKS == 0;
                Optional<EpochWork.WayBack> back = looked ? work.look(epoch, step) : Optional.empty();
                Directive directive = observer.afterStep(report);
                if (!looked && (step == count || directive != Directive.CONTINUE)) {
                    back = work.look(epoch, step);
                }
                back.ifPresent(way -> goBack(way, observer));
                Optional<Snapshot> stopped = obey(directive, observer);
                // What has just gone back stands at a judged epoch's end, and has nothing of its own to judge.
                finishing = directive == Directive.FINISH && back.isEmpty();
                if (stopped.isPresent() || back.isPresent() || finishing) {
                    return stopped;
                }
            }
        }
        return Optional.empty();
    }

    private StepReport takeStep(EpochWork.Steps steps, int count, LoopObserver<? super R> observer) {
        observer.awaitsBatch();
        EpochWork.Step next = steps.next();
        observer.hasBatch();
        next.take();
        StepReport report = new StepReport(
                epoch,
                step,
                count,
                work.epochs(),
                next.count(),
                work.stepsBefore(epoch) + step + 1,
                work.stepsBefore(work.epochs()));
        step++;
        return report;
    }

    private Optional<Snapshot> judge(LoopObserver<? super R> observer) {
        Optional<R> judged = work.judge(epoch, observer::wantsStop);
        if (judged.isEmpty()) {
            return Optional.of(handOut(observer));
        }
        R report = judged.get();
        Optional<EpochWork.WayBack> refusal = work.refusal(epoch, report);
        if (refusal.isPresent()) {
            goBack(refusal.get(), observer);
            return Optional.empty();
        }
        work.endEpoch(report);
        epoch++;
        step = 0;
        Directive directive = observer.onEpoch(report);
        finished = finishing || directive == Directive.FINISH;
        return finishing ? Optional.empty() : obey(directive, observer);
    }

    private void goBack(EpochWork.WayBack way, LoopObserver<? super R> observer) {
        int to = way.take();
        finishing = false;
        observer.onRollback(epoch, to);
        epoch = to;
        step = 0;
    }

    /** The snapshot that it stops at, if it stops. */
    private Optional<Snapshot> obey(Directive directive, LoopObserver<? super R> observer) {
        if (directive == Directive.CONTINUE) {
            return Optional.empty();
        }
        Snapshot snapshot = handOut(observer);
        return directive == Directive.STOP ? Optional.of(snapshot) : Optional.empty();
    }
}
