package io.dartboard.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.EpochJudged;
import io.dartboard.events.Measure;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.train.RecurrentEpochReport;
import io.dartboard.pipeline.artifact.Checkpoint;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.Signal;
import io.dartboard.pipeline.job.Throughput;
import io.dartboard.pipeline.testkit.FakeJobContext;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingJobTest {
    private static final JobIdentity JOB = new JobIdentity("e1", "r1", 0, "evaluation", "evaluations/e1");

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final HandClock clock = new HandClock();

    @Test
    void shouldStartAfreshWhereThereIsNoCheckpoint() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);
            assertThat(training.state()).isEmpty();
            assertThat(training.facts()).isEmpty();
            assertThat(training.deviceSeconds()).isZero();
        }
    }

    @Test
    void shouldGoOnFromTheFurthestCheckpointAndCountTheTimeOfAllAttempts() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);
            clock.advance(Duration.ofSeconds(10));
            training.save(0, 5, false, Map.of("curve", "a"), new byte[] {1}).get();
            clock.advance(Duration.ofSeconds(10));
            training.save(1, 8, false, Map.of("curve", "b"), new byte[] {2}).get();
            clock.advance(Duration.ofSeconds(99));
        }
        try (var context = context(2)) {
            var training = begin(context);
            assertThat(training.state()).hasValue(new byte[] {2});
            assertThat(training.facts()).containsEntry("curve", "b");
            clock.advance(Duration.ofSeconds(3));
            assertThat(training.deviceSeconds()).isCloseTo(23, within(1e-9));
        }
    }

    @Test
    void shouldAskForACheckpointWhenOneIsDue() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);
            clock.advance(Duration.ofSeconds(59));
            assertThat(step(training, 1, 10, 1, 8)).isFalse();
            clock.advance(Duration.ofSeconds(1));
            assertThat(step(training, 2, 10, 1, 8)).isTrue();
            training.save(0, 2, false, Map.of(), new byte[] {1}).get();
            context.checkpoints().flush();
            assertThat(step(training, 3, 10, 1, 8)).isFalse();
        }
    }

    @Test
    void shouldAskForACheckpointAtTheEndOfEverySoManyEpochs() throws Exception {
        try (var context = new FakeJobContext(JOB, 1, store, work, Duration.ofHours(1), 2, clock)) {
            var training = begin(context);
            var due = new ArrayList<Long>();
            for (long step = 1; step <= 12; step++) {
                if (training.afterStepOrEpoch(step, 12, (int) (step - 1) / 3, 4, step % 3 == 0, 8)) {
                    due.add(step);
                }
            }
            assertThat(due).containsExactly(6L, 12L);
        }
    }

    @Test
    void shouldAskForACheckpointInMidEpochByTimeWhateverTheEpochs() throws Exception {
        try (var context = new FakeJobContext(JOB, 1, store, work, Duration.ofMinutes(1), 2, clock)) {
            var training = begin(context);
            assertThat(training.afterStepOrEpoch(1, 12, 0, 4, false, 8)).isFalse();
            clock.advance(Duration.ofMinutes(1));
            assertThat(training.afterStepOrEpoch(2, 12, 0, 4, false, 8)).isTrue();
        }
    }

    @Test
    void shouldObserveATrainingLoop() throws Exception {
        try (var context = context(1)) {
            var observer = new JobObserver(begin(context), 2);

            assertThat(observer.afterStep(new StepReport(0, 0, 2, 2, 8))).isEqualTo(Directive.CONTINUE);
            assertThat(observer.afterStep(new StepReport(1, 1, 2, 2, 8)))
                    .as("after the last step")
                    .isEqualTo(Directive.CHECKPOINT);
            clock.advance(Duration.ofMinutes(1));
            assertThat(observer.afterStep(new StepReport(0, 1, 2, 2, 8))).isEqualTo(Directive.CHECKPOINT);

            observer.onSnapshot(new Snapshot(1, 0, 2, new Safetensors(Map.of(), Map.of())));
            observer.onEpoch(new RecurrentEpochReport(1, 20, 2, 0, true));
            context.checkpoints().flush();
            assertThat(context.checkpoints().all())
                    .extracting(Checkpoint::epoch, Checkpoint::step)
                    .containsExactly(tuple(1, 2L));

            context.stopAfter(0, Signal.SHUTDOWN);
            assertThat(observer.wantsStop()).isTrue();
            assertThat(observer.afterStep(new StepReport(1, 1, 2, 2, 8))).isEqualTo(Directive.STOP);
        }
    }

    @Test
    void shouldMeasureThePauseOfACheckpointApartFromItsUploadAndFromTheSteps() throws Exception {
        // Given: a copy of the state that takes two seconds, and a step of ten
        try (var context = context(1)) {
            var training = begin(context);
            step(training, 1, 10, 1, 8);
            training.keep(0, 1, () -> {
                clock.advance(Duration.ofSeconds(2));
                return new byte[] {1};
            });
            context.checkpoints().flush();
            clock.advance(Duration.ofSeconds(10));

            // When
            step(training, 2, 10, 1, 8);

            // Then
            var pause = context.registry()
                    .get("nas.checkpoint.pause")
                    .tag("stage", "evaluation")
                    .timer();
            assertThat(pause.count()).isEqualTo(1);
            assertThat(pause.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
            assertThat(context.registry().get("nas.checkpoint.duration").timer().totalTime(TimeUnit.SECONDS))
                    .isZero();
            assertThat(context.registry().get("nas.step.duration").timer().max(TimeUnit.SECONDS))
                    .isEqualTo(10);
        }
    }

    @Test
    void shouldGoOnWithTheTrainingWhileACheckpointIsOnItsWay() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);

            // When: the store is away
            store.away(true);
            var written = training.save(0, 1, false, Map.of(), new byte[] {1});

            // Then: a step is taken meanwhile, and no second checkpoint is asked for
            clock.advance(Duration.ofMinutes(2));
            assertThat(step(training, 2, 10, 1, 8)).isFalse();
            assertThat(written).isNotDone();
            store.away(false);
            assertThat(written.get().step()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellWhereItGoesOn() throws Exception {
        try (var context = context(1)) {
            begin(context).save(0, 5, false, Map.of(), new byte[] {1}).get();
            assertThat(context.resumedAt()).isZero();
        }
        try (var context = context(2)) {
            begin(context);
            assertThat(context.resumedAt()).isEqualTo(5);
        }
    }

    @Test
    void shouldStopAtASignalAndSaveOnlyWhereTheSignalWantsIt() throws Exception {
        for (var signal : Signal.values()) {
            try (var context = context(1).stopAfter(1, signal)) {
                var training = begin(context);
                step(training, 1, 10, 1, 8);
                assertThat(training.stopped()).isEqualTo(signal.stops());
                assertThat(training.finishes()).isEqualTo(signal == Signal.FINISH);
                var saves = signal != Signal.CANCEL && signal != Signal.LOST;
                assertThat(training.saves()).isEqualTo(saves);
                training.keep(0, 1, () -> {
                    assertThat(saves).as("makes the state at %s", signal).isTrue();
                    return new byte[] {1};
                });
            }
        }
    }

    @Test
    void shouldTellHowFarTheJobIs() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);
            step(training, 1, 2, 2, 8);
            step(training, 2, 2, 2, 8);
            training.afterEpoch(0, 2.3456, 1.5, 61.25);
            step(training, 3, 2, 2, 8);
            assertThat(context.progress()).containsExactly(0.25, 0.5, 0.75);
            assertThat(context.judged()).containsExactly(new EpochJudged(1, Measure.ERROR_PERCENT, 61.25));
            assertThat(context.messages())
                    .containsExactly("epoch 1/2", "epoch 1/2", "epoch 2/2, train loss 2.346, error 61.3 %");
            assertThat(context.registry().get("nas.train.loss").gauge().value()).isEqualTo(2.3456);
            assertThat(context.registry().get("nas.valid.loss").gauge().value()).isEqualTo(1.5);
            assertThat(context.registry()
                            .get("nas.step.duration")
                            .tag("phase", "train")
                            .timer()
                            .count())
                    .isEqualTo(3);
        }
    }

    @Test
    void shouldSpeakOfATextInWordsAndPerplexityWhoseEpochsDifferInLength() throws Exception {
        try (var context = context(1)) {
            var training = TrainingJob.begin(context, context.meters(), clock, "train", Measure.PERPLEXITY);
            clock.advance(Duration.ofSeconds(2));
            training.afterStep(1, 5, 0, 2, 60);
            assertThat(context.throughput()).isEqualTo(new Throughput(0, 30));
            training.afterStep(2, 5, 0, 2, 60);
            training.afterEpoch(0, 4.5, 4.25, 70.13);
            training.afterStep(3, 5, 1, 2, 60);
            assertThat(context.progress()).containsExactly(0.2, 0.4, 0.6);
            assertThat(context.messages())
                    .containsExactly("epoch 1/2", "epoch 1/2", "epoch 2/2, train loss 4.500, perplexity 70.1");
        }
    }

    @Test
    void shouldCountImagesPerSecond() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);
            clock.advance(Duration.ofSeconds(2));
            step(training, 1, 2, 2, 8);
            assertThat(context.throughput()).isEqualTo(new Throughput(4, 0));
        }
    }

    @Test
    void shouldNotWriteOverACheckpointOnceTheTrainingHasGoneBack() throws Exception {
        try (var context = context(1)) {
            var training = begin(context);
            training.keep(0, 4, () -> new byte[] {4});
            training.keep(0, 9, () -> new byte[] {9});
            // When: it goes back, and comes by the same steps in another state
            training.keep(0, 4, () -> new byte[] {44});
            training.keep(0, 9, () -> new byte[] {99});
            training.awaitSaved();
        }
        // Then: the next attempt goes on from what stood there, and from nothing that is damaged
        try (var context = context(2)) {
            var training = begin(context);
            assertThat(context.checkpoints().all()).extracting(Checkpoint::step).containsExactly(9L, 4L);
            assertThat(training.state()).hasValue(new byte[] {9});
            training.keep(0, 8, () -> new byte[] {88});
            training.keep(1, 10, () -> new byte[] {10});
            training.awaitSaved();
            assertThat(context.checkpoints().all()).extracting(Checkpoint::step).containsExactly(10L, 9L, 4L);
        }
    }

    /** A step of a training whose epochs all have the same number of steps. */
    private static boolean step(TrainingJob training, long stepsDone, int stepsPerEpoch, int epochs, int examples) {
        var epoch = Math.toIntExact((stepsDone - 1) / stepsPerEpoch);
        return training.afterStep(stepsDone, (long) stepsPerEpoch * epochs, epoch, epochs, examples);
    }

    private TrainingJob begin(FakeJobContext context) throws InterruptedException {
        return TrainingJob.begin(context, context.meters(), clock, "train", Measure.ERROR_PERCENT);
    }

    private FakeJobContext context(int attempt) {
        return new FakeJobContext(JOB, attempt, store, work, Duration.ofMinutes(1), clock);
    }

    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
