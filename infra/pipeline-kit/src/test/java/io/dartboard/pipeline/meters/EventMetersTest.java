package io.dartboard.pipeline.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.Alarm;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.SteeringAction;
import io.dartboard.events.VersionDecided;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventMeters meters = new EventMeters(registry, Clock.systemUTC());

    private static VersionDecided decided(String version, DecisionAction action, double spent, double saved) {
        return VersionDecided.newBuilder()
                .setOrder("nightly")
                .setDataset("shapes")
                .setVersion(version)
                .setAction(action)
                .setReasons(List.of("because"))
                .setDeviceSecondsSpent(spent)
                .setDeviceSecondsSaved(saved)
                .build();
    }

    /** Of a version that was measured, deferred and searched on. */
    private static final List<VersionDecided> STORY = List.of(
            decided("v1", DecisionAction.MEASURE, 0, 0),
            decided("v1", DecisionAction.DEFER, 12, 0),
            decided("v1", DecisionAction.SEARCH, 12, 0),
            decided("v2", DecisionAction.MEASURE, 0, 0),
            decided("v2", DecisionAction.KEEP, 8, 92));

    @Test
    void shouldCountDecisionsAndTheirSecondsFromZero() {
        meters.of(new Telling(Topics.DECISIONS));
        assertThat(count("nas.decisions", "action", "keep")).isZero();
        assertThat(count("nas.decision.device.seconds", "kind", "saved")).isZero();

        STORY.forEach(decided -> meters.told("shapes@" + decided.getVersion(), decided));

        assertThat(count("nas.decisions", "action", "measure")).isEqualTo(2);
        assertThat(count("nas.decisions", "action", "defer")).isEqualTo(1);
        assertThat(count("nas.decisions", "action", "search")).isEqualTo(1);
        assertThat(count("nas.decisions", "action", "keep")).isEqualTo(1);
        assertThat(count("nas.decision.device.seconds", "kind", "spent")).isEqualTo(20);
        assertThat(count("nas.decision.device.seconds", "kind", "saved")).isEqualTo(92);
    }

    @Test
    void shouldCountTheSecondsOfRetrainingsThatOthersStandFor() {
        meters.of(new Telling(Topics.EVAL_JOBS));
        assertThat(count("nas.reused.device.seconds", "stage", "evaluation")).isZero();

        meters.told("r1", new RetrainingReused("r1", "e2", "b", "e1", "a", "h", Stage.FULL, 0L, 12.5));

        assertThat(count("nas.reused.device.seconds", "stage", "evaluation")).isEqualTo(12.5);
        assertThat(count("nas.reused.device.seconds", "stage", "selection")).isZero();
    }

    @Test
    void shouldCountWhatRacingSaves() {
        meters.of(new Telling(Topics.EVAL_JOBS));
        assertThat(registry.get("nas.racing.device.seconds.saved").counter().count())
                .isZero();

        meters.told("e1", RunStory.IMAGES.stopped("r1", "e1"));

        assertThat(registry.get("nas.racing.device.seconds.saved").counter().count())
                .isEqualTo(120);
        assertThat(registry.get("nas.racing.stops").counter().count()).isEqualTo(1);
    }

    @Test
    void shouldCountWhatAScheduleHadDecided() {
        meters.of(new Telling(Topics.DECISIONS));
        var due = VersionDecided.newBuilder(decided("v3", DecisionAction.SEARCH, 0, 0))
                .setDue("2026-01-01T10:00:00Z")
                .build();

        meters.told("shapes@v3", due);
        meters.told("shapes@v3", decided("v3", DecisionAction.SEARCH, 0, 0));

        assertThat(count("nas.triggers", "outcome", "search")).isEqualTo(1);
        assertThat(count("nas.triggers", "outcome", "keep")).isZero();
    }

    @Test
    void shouldSumUpAnOrderLikewise() {
        var view = new OrderView(
                new OrderPlaced(),
                STORY.stream()
                        .map(decided -> new OrderView.Told(decided, Instant.EPOCH))
                        .toList(),
                Optional.empty());
        assertThat(view.deviceSecondsSpent()).isEqualTo(20);
        assertThat(view.deviceSecondsSaved()).isEqualTo(92);
    }

    private double count(String name, String label, String value) {
        return registry.get(name).tag(label, value).counter().count();
    }

    @Test
    void shouldCountTheGuardsWords() {
        meters.of(new Telling(Topics.GENOTYPES, Topics.STEERING));
        assertThat(steerings("collapse", "relaunch")).isZero();

        meters.told(
                "s1",
                SearchSteered.newBuilder()
                        .setSearch("s1")
                        .setRun("r1")
                        .setAction(SteeringAction.ROLL_BACK)
                        .setAlarm(Alarm.COLLAPSE)
                        .build());

        assertThat(steerings("collapse", "roll-back")).isEqualTo(1);
        assertThat(steerings("collapse", "relaunch")).isZero();
    }

    private double steerings(String alarm, String action) {
        return registry.get("nas.steerings")
                .tags("alarm", alarm, "action", action)
                .counter()
                .count();
    }

    /** Tells on some topics. */
    private record Telling(Set<Topic<?>> outputs) implements Decider {
        Telling(Topic<?>... topics) {
            this(Set.of(topics));
        }

        @Override
        public Set<Topic<?>> inputs() {
            return Set.of(Topics.DATASETS);
        }

        @Override
        public void decide(Fact fact, Ledger ledger, Outbox outbox) {
            // Nothing is taken here.
        }
    }
}
