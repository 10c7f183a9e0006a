package io.dartboard.nas.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpochEngineTest {
    /** What happens, in order: what the work is asked for, and what the observer is told. */
    private final List<String> log = new ArrayList<>();

    private final Work work = new Work();
    private final Observer observer = new Observer();

    @Test
    void shouldTakeTheStepsOfEachEpochAndThenJudgeIt() {
        assertThat(engine(0, 0).run(observer)).isEmpty();

        assertThat(log)
                .containsExactly(
                        "open 0.0",
                        "awaits",
                        "has",
                        "take 0.0",
                        "told 0.0",
                        "awaits",
                        "has",
                        "take 0.1",
                        "told 0.1",
                        "look 0.2",
                        "close",
                        "judge 0",
                        "end 0",
                        "epoch 0",
                        "open 1.0",
                        "awaits",
                        "has",
                        "take 1.0",
                        "told 1.0",
                        "awaits",
                        "has",
                        "take 1.1",
                        "told 1.1",
                        "look 1.2",
                        "close",
                        "judge 1",
                        "end 1",
                        "epoch 1");
    }

    @Test
    void shouldReportWhereAStepStandsInTheRun() {
        engine(0, 0).run(observer);

        assertThat(observer.reports)
                .containsExactly(
                        new StepReport(0, 0, 2, 2, 8),
                        new StepReport(0, 1, 2, 2, 8),
                        new StepReport(1, 0, 2, 2, 8),
                        new StepReport(1, 1, 2, 2, 8));
    }

    @Test
    void shouldLookBeforeASnapshotThatIsAskedForWithinAnEpoch() {
        observer.directives.put("told 0.0", Directive.CHECKPOINT);

        assertThat(engine(0, 0).run(observer)).isEmpty();

        assertThat(log).containsSubsequence("told 0.0", "look 0.1", "snapshot 0.1", "awaits", "take 0.1");
    }

    @Test
    void shouldReturnTheSnapshotAtWhichItStopsWithinAnEpoch() {
        observer.directives.put("told 1.0", Directive.STOP);

        Optional<Snapshot> stopped = engine(0, 0).run(observer);

        assertThat(log).endsWith("told 1.0", "look 1.1", "snapshot 1.1", "close");
        assertThat(stopped).contains(observer.snapshots.get(0));
        assertThat(stopped.orElseThrow().globalStep()).isEqualTo(3);
    }

    @Test
    void shouldObeyAtTheEndOfAnEpochAsWell() {
        observer.directives.put("epoch 0", Directive.CHECKPOINT);
        observer.directives.put("epoch 1", Directive.STOP);

        Optional<Snapshot> stopped = engine(0, 0).run(observer);

        // No look: the sums of the epoch to come are empty.
        assertThat(log).containsSubsequence("end 0", "epoch 0", "snapshot 1.0", "open 1.0");
        assertThat(log).endsWith("judge 1", "end 1", "epoch 1", "snapshot 2.0");
        assertThat(stopped).contains(observer.snapshots.get(1));
    }

    @Test
    void shouldJudgeWhatThereIsWhereItShallFinishWithinAnEpoch() {
        observer.directives.put("told 0.0", Directive.FINISH);

        assertThat(engine(0, 0).run(observer)).isEmpty();

        assertThat(log)
                .containsSubsequence("told 0.0", "look 0.1", "snapshot 0.1", "close", "judge 0", "end 0")
                .endsWith("epoch 0")
                .doesNotContain("take 0.1");
        assertThat(observer.snapshots).hasSize(1);
    }

    @Test
    void shouldEndAfterAnEpochWhereItShallFinishThere() {
        observer.directives.put("epoch 0", Directive.FINISH);

        assertThat(engine(0, 0).run(observer)).isEmpty();

        assertThat(log).endsWith("judge 0", "end 0", "epoch 0", "snapshot 1.0");
    }

    @Test
    void shouldGoOnFromTheSnapshotOfAFinishAsIfThereHadBeenNone() {
        observer.directives.put("told 0.0", Directive.FINISH);
        engine(0, 0).run(observer);
        Snapshot kept = observer.snapshots.get(0);
        observer.directives.clear();
        log.clear();

        engine(kept.epoch(), kept.step()).run(observer);

        assertThat(log).startsWith("open 0.1", "awaits", "has", "take 0.1").endsWith("epoch 1");
    }

    @Test
    void shouldStandWhereItStoodIfTheJudgementOfAFinishIsGivenUp() {
        observer.directives.put("told 0.0", Directive.FINISH);
        observer.stopsWhileJudging = true;

        Optional<Snapshot> stopped = engine(0, 0).run(observer);

        assertThat(stopped.orElseThrow().step()).isEqualTo(1);
        assertThat(log).endsWith("judge 0", "snapshot 0.1");
    }

    @Test
    void shouldHandOutASnapshotFromBeforeAJudgementThatIsGivenUp() {
        observer.stopsWhileJudging = true;

        Optional<Snapshot> stopped = engine(0, 0).run(observer);

        assertThat(log).endsWith("look 0.2", "close", "judge 0", "snapshot 0.2");
        assertThat(stopped.orElseThrow().globalStep()).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithTheJudgementWhereOnlyThatIsLeft() {
        engine(1, 2).run(observer);

        assertThat(log).containsExactly("judge 1", "end 1", "epoch 1");
    }

    @Test
    void shouldGoOnWithinAnEpochAndAfterItWasStopped() {
        observer.directives.put("told 0.1", Directive.STOP);
        EpochEngine<Integer> engine = engine(0, 1);
        engine.run(observer);
        assertThat(log).startsWith("open 0.1", "awaits", "has", "take 0.1");
        log.clear();

        engine.run(observer);

        assertThat(log).startsWith("judge 0", "end 0", "epoch 0", "open 1.0");
    }

    @Test
    void shouldDoNothingWhereAllEpochsAreDone() {
        assertThat(engine(2, 0).run(observer)).isEmpty();

        assertThat(log).isEmpty();
    }

    @Test
    void shouldLookEverySixtyFourStepsBeforeTheStepIsTold() {
        work.stepsPerEpoch = 130;

        engine(1, 0).run(observer);

        assertThat(looks()).containsExactly("look 1.64", "look 1.128", "look 1.130");
        assertThat(log).containsSubsequence("take 1.63", "look 1.64", "told 1.63");
        assertThat(log).containsSubsequence("take 1.129", "told 1.129", "look 1.130", "close");
    }

    @Test
    void shouldLookOnceWhereSeveralReasonsFallTogether() {
        work.stepsPerEpoch = 64;
        observer.directives.put("told 1.63", Directive.CHECKPOINT);

        engine(1, 0).run(observer);

        assertThat(looks()).containsExactly("look 1.64");
        assertThat(log).containsSubsequence("look 1.64", "told 1.63", "snapshot 1.64", "close", "judge 1");
    }

    @Test
    void shouldTellOfTheStepAndThenGoBack() {
        work.stepsPerEpoch = 70;
        work.wayBackAt = "look 1.64";

        engine(1, 0).run(observer);

        assertThat(log)
                .containsSubsequence(
                        "look 1.64",
                        "told 1.63",
                        "back",
                        "rollback 1 to 0",
                        "close",
                        "open 0.0",
                        "take 0.0",
                        "epoch 0");
        // Not a step more of the state that is not finite, nor its judgement.
        assertThat(log.stream().filter("take 1.64"::equals)).hasSize(1);
        assertThat(log.stream().filter("judge 1"::equals)).hasSize(1);
    }

    @Test
    void shouldHandOutTheStateThatItHasGoneBackTo() {
        work.wayBackAt = "look 1.1";
        observer.directives.put("told 1.0", Directive.STOP);

        Optional<Snapshot> stopped = engine(1, 0).run(observer);

        assertThat(log).endsWith("told 1.0", "look 1.1", "back", "rollback 1 to 0", "snapshot 0.0", "close");
        assertThat(stopped.orElseThrow().globalStep()).isZero();
    }

    @Test
    void shouldGoBackFromAReportThatIsRefused() {
        work.wayBackAt = "judge 1";

        engine(1, 0).run(observer);

        assertThat(log).containsSubsequence("judge 1", "back", "rollback 1 to 0", "open 0.0", "epoch 0", "epoch 1");
        assertThat(log.stream().filter("epoch 1"::equals)).hasSize(1);
    }

    @Test
    void shouldEndWithoutASnapshotWhereALookFindsNoWayBack() {
        work.brokenAt = "look 0.1";
        observer.directives.put("told 0.0", Directive.CHECKPOINT);

        assertThatThrownBy(() -> engine(0, 0).run(observer)).hasMessage("no longer finite");

        assertThat(log).endsWith("told 0.0", "look 0.1", "close");
        assertThat(observer.snapshots).isEmpty();
    }

    @Test
    void shouldPutPositionAndIdentityBesideTheContentOfASnapshot() {
        Snapshot snapshot = engine(1, 1).snapshot();

        assertThat(snapshot.epoch()).isEqualTo(1);
        assertThat(snapshot.step()).isEqualTo(1);
        assertThat(snapshot.globalStep()).isEqualTo(3);
        assertThat(snapshot.content().tensors()).containsOnlyKeys("state");
        assertThat(snapshot.content().facts())
                .containsEntry("own", "fact")
                .containsEntry("fingerprint", "old")
                .containsEntry("settings", Fingerprint.EMPTY.with("seed", 7).text());
    }

    private Stream<String> looks() {
        return log.stream().filter(what -> what.startsWith("look"));
    }

    private EpochEngine<Integer> engine(int epoch, int step) {
        return new EpochEngine<>(work, epoch, step);
    }

    /** Two epochs of steps that do nothing. */
    private final class Work implements EpochWork<Integer> {
        int stepsPerEpoch = 2;
        String wayBackAt = "never";
        String brokenAt = "never";

        @Override
        public int epochs() {
            return 2;
        }

        @Override
        public int steps(int epoch) {
            return stepsPerEpoch;
        }

        @Override
        public long stepsBefore(int epoch) {
            return (long) epoch * stepsPerEpoch;
        }

        @Override
        public SnapshotIdentity identity() {
            return new SnapshotIdentity("work", Fingerprint.EMPTY.with("seed", 7), Map.of("fingerprint", "old"));
        }

        @Override
        public Steps open(int epoch, int from) {
            log.add("open %d.%d".formatted(epoch, from));
            return new Steps() {
                private int step = from;

                @Override
                public Step next() {
                    int at = step++;
                    return new Step() {
                        @Override
                        public int count() {
                            return 8;
                        }

                        @Override
                        public void take() {
                            log.add("take %d.%d".formatted(epoch, at));
                        }
                    };
                }

                @Override
                public void close() {
                    log.add("close");
                }
            };
        }

        @Override
        public Optional<WayBack> look(int epoch, int step) {
            String what = "look %d.%d".formatted(epoch, step);
            log.add(what);
            if (what.equals(brokenAt)) {
                throw new IllegalStateException("no longer finite");
            }
            return wayBack(what);
        }

        @Override
        public Optional<Integer> judge(int epoch, BooleanSupplier wantsStop) {
            log.add("judge " + epoch);
            return wantsStop.getAsBoolean() ? Optional.empty() : Optional.of(epoch);
        }

        @Override
        public Optional<WayBack> refusal(int epoch, Integer report) {
            return wayBack("judge " + report);
        }

        private Optional<WayBack> wayBack(String what) {
            if (!what.equals(wayBackAt)) {
                return Optional.empty();
            }
            wayBackAt = "never";
            return Optional.of(() -> {
                log.add("back");
                return 0;
            });
        }

        @Override
        public void endEpoch(Integer report) {
            log.add("end " + report);
        }

        @Override
        public Safetensors content() {
            return new Safetensors(Map.of("state", HostTensor.of(new float[] {1}, 1)), Map.of("own", "fact"));
        }
    }

    /** Answers as it is told to; else lets it run. */
    private final class Observer implements LoopObserver<Integer> {
        final Map<String, Directive> directives = new HashMap<>();
        final List<StepReport> reports = new ArrayList<>();
        final List<Snapshot> snapshots = new ArrayList<>();
        boolean stopsWhileJudging;

        @Override
        public void awaitsBatch() {
            log.add("awaits");
        }

        @Override
        public void hasBatch() {
            log.add("has");
        }

        @Override
        public Directive afterStep(StepReport report) {
            reports.add(report);
            return answer("told %d.%d".formatted(report.epoch(), report.step()));
        }

        @Override
        public boolean wantsStop() {
            return stopsWhileJudging;
        }

        @Override
        public Directive onEpoch(Integer report) {
            return answer("epoch " + report);
        }

        private Directive answer(String told) {
            log.add(told);
            return directives.getOrDefault(told, Directive.CONTINUE);
        }

        @Override
        public void onRollback(int epoch, int to) {
            log.add("rollback %d to %d".formatted(epoch, to));
        }

        @Override
        public void onSnapshot(Snapshot snapshot) {
            log.add("snapshot %d.%d".formatted(snapshot.epoch(), snapshot.step()));
            snapshots.add(snapshot);
        }
    }
}
