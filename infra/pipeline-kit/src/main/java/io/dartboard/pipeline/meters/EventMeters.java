package io.dartboard.pipeline.meters;

import io.dartboard.events.Alarm;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.SteeringAction;
import io.dartboard.events.Verdict;
import io.dartboard.events.VersionDecided;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.JobQueue;
import io.dartboard.pipeline.planner.PlannerWitness;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.Word;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Events read, by what became of them. */
public final class EventMeters implements PlannerWitness {
    private static final List<String> OUTCOMES =
            List.of("taken", "duplicate", "ignored", "passed-over", "dead-lettered");
    /** A planner looks every few seconds. */
    private static final Duration LOOKS_WITHIN = Duration.ofMinutes(1);

    private final MeterRegistry registry;
    private final Clock clock;

    public EventMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Shows every count of a planner from its start, at 0, and the jobs that wait for it. */
    public void of(Decider decider) {
        for (var input : decider.inputs()) {
            OUTCOMES.forEach(outcome -> consumed(input.name(), outcome));
            deadLetters(input.name());
        }
        if (decider.outputs().contains(Topics.CHAMPIONS)) {
            Stream.of(Verdict.values())
                    .filter(verdict -> verdict != Verdict.UNKNOWN)
                    .forEach(this::verdicts);
        }
        if (decider.outputs().contains(Topics.SEARCH_JOBS)) {
            Stream.of(RunOutcome.values())
                    .filter(outcome -> outcome != RunOutcome.UNKNOWN)
                    .forEach(this::finished);
        }
        if (decider.outputs().contains(Topics.STEERING) && decider.outputs().contains(Topics.GENOTYPES)) {
            for (var alarm : List.of(Alarm.WARNING, Alarm.SETTLED, Alarm.COLLAPSE)) {
                Stream.of(SteeringAction.values())
                        .filter(action -> action != SteeringAction.UNKNOWN)
                        .forEach(action -> steerings(alarm, action));
            }
        }
        if (decider.outputs().contains(Topics.EVAL_JOBS)) {
            reused(Stage.SELECTION);
            reused(Stage.FULL);
            NasMeters.RACING_STOPS.counter(registry);
            NasMeters.RACING_DEVICE_SECONDS.counter(registry);
        }
        if (decider.outputs().contains(Topics.DECISIONS)) {
            Stream.of(DecisionAction.values())
                    .filter(action -> action != DecisionAction.UNKNOWN)
                    .forEach(this::decisions);
            deviceSeconds("spent");
            deviceSeconds("saved");
            Stream.of(DecisionAction.MEASURE, DecisionAction.SEARCH, DecisionAction.KEEP, DecisionAction.PASS)
                    .forEach(this::due);
        }
        for (var queue : decider.queues()) {
            gauge(NasMeters.JOBS_WAITING, queue.topic(), decider, JobQueue::waiting);
            gauge(NasMeters.JOBS_WAITING_OLDEST, queue.topic(), decider, seen -> seen.oldest()
                    .map(since -> Duration.between(since, clock.instant()).toMillis() / 1e3)
                    .orElse(0.0));
        }
    }

    /**
     * Whether what a planner saw then still holds: it looks every few seconds, and one that does not may have lost its
     * partitions to another process.
     */
    public static boolean isRecent(Instant asOf, Clock clock) {
        return Duration.between(asOf, clock.instant()).compareTo(LOOKS_WITHIN) < 0;
    }

    /** Not a number once the planner looks no more: another process may have its partitions. */
    private void gauge(NasMeters meter, String topic, Decider decider, ToDoubleFunction<JobQueue> value) {
        Gauge.builder(meter.id(), decider, asked -> asked.queues().stream()
                        .filter(queue -> queue.topic().equals(topic))
                        .filter(queue -> isRecent(queue.asOf(), clock))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(Double.NaN))
                .description(meter.description())
                .tag("topic", topic)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void taken(String topic, Instant told) {
        consumed(topic, "taken").increment();
        var age = Duration.between(told, clock.instant());
        NasMeters.EVENT_AGE.timer(registry, "topic", topic).record(age.isNegative() ? Duration.ZERO : age);
    }

    @Override
    public void duplicate(String topic) {
        consumed(topic, "duplicate").increment();
    }

    @Override
    public void ignored(String topic) {
        consumed(topic, "ignored").increment();
    }

    @Override
    public void passedOver(String topic) {
        consumed(topic, "passed-over").increment();
    }

    @Override
    public void deadLettered(String topic) {
        consumed(topic, "dead-lettered").increment();
        deadLetters(topic).increment();
    }

    /** A verdict is told under its dataset and under its run; it counts once. */
    @Override
    public void told(String key, SpecificRecord value) {
        if (value instanceof ChampionDecided decided && key.equals(decided.getRun())) {
            verdicts(decided.getVerdict()).increment();
        } else if (value instanceof RunFinished finished) {
            finished(finished.getOutcome()).increment();
        } else if (value instanceof SearchSteered steered) {
            steerings(steered.getAlarm(), steered.getAction()).increment();
        } else if (value instanceof RetrainingReused reused) {
            reused(reused.getStage()).increment(reused.getDeviceSeconds());
        } else if (value instanceof RetrainingStopped stopped) {
            NasMeters.RACING_STOPS.counter(registry).increment();
            NasMeters.RACING_DEVICE_SECONDS.counter(registry).increment(stopped.getDeviceSecondsSaved());
        } else if (value instanceof VersionDecided decided) {
            decisions(decided.getAction()).increment();
            if (decided.getDue() != null) {
                due(decided.getAction()).increment();
            }
            if (OrderView.isFinal(decided.getAction())) {
                deviceSeconds("spent").increment(decided.getDeviceSecondsSpent());
                deviceSeconds("saved").increment(decided.getDeviceSecondsSaved());
            }
        }
    }

    private Counter verdicts(Verdict verdict) {
        return NasMeters.VERDICTS.counter(registry, "verdict", Word.of(verdict));
    }

    private Counter reused(Stage stage) {
        return NasMeters.REUSED_DEVICE_SECONDS.counter(
                registry, "stage", stage == Stage.SELECTION ? StageView.SELECTION : StageView.EVALUATION);
    }

    private Counter finished(RunOutcome outcome) {
        return NasMeters.RUNS_FINISHED.counter(registry, "outcome", Word.of(outcome));
    }

    private Counter due(DecisionAction action) {
        return NasMeters.TRIGGERS.counter(registry, "source", "schedule", "outcome", Word.of(action));
    }

    private Counter steerings(Alarm alarm, SteeringAction action) {
        return NasMeters.STEERINGS.counter(registry, "alarm", Word.of(alarm), "action", Word.of(action));
    }

    private Counter decisions(DecisionAction action) {
        return NasMeters.DECISIONS.counter(registry, "action", Word.of(action));
    }

    private Counter deviceSeconds(String kind) {
        return NasMeters.DECISION_DEVICE_SECONDS.counter(registry, "kind", kind);
    }

    private Counter deadLetters(String topic) {
        return NasMeters.DEAD_LETTERS.counter(registry, "topic", topic);
    }

    private Counter consumed(String topic, String outcome) {
        return NasMeters.EVENTS_CONSUMED.counter(registry, "topic", topic, "outcome", outcome);
    }
}
