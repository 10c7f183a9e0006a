package io.dartboard.pipeline.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.RunPaused;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Table<RunPaused> PAUSED = Table.of(RunPaused.class);

    private final KeyValueStore<String, byte[]> store = SteppedPlanner.store();
    private final Ledger ledger = new Ledger(store);
    private final List<String> told = new ArrayList<>();
    private final Outbox outbox = new Outbox() {
        @Override
        public <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, String runId) {
            told.add(key);
        }
    };

    @Test
    void shouldShowADecisionItsOwnChangesBeforeTheyAreKept() {
        ledger.put(PAUSED, "r1", paused("a"));
        ledger.put(PAUSED, "r1", paused("b"));
        ledger.mark("done/r1");
        assertThat(ledger.get(PAUSED, "r1")).contains(paused("b"));
        assertThat(ledger.all(PAUSED)).containsExactly(paused("b"));
        assertThat(ledger.marks("done/")).containsExactly("r1");
        assertThat(store.approximateNumEntries()).isZero();

        assertThat(ledger.keep()).isTrue();
        assertThat(new Ledger(store).get(PAUSED, "r1")).contains(paused("b"));
        assertThat(new Ledger(store).marked("done/r1")).isTrue();
    }

    @Test
    void shouldForgetWhatADecisionHasChangedThatIsDropped() {
        ledger.put(PAUSED, "r1", paused("a"));
        ledger.mark("done/r1");
        ledger.keep();

        ledger.put(PAUSED, "r1", paused("b"));
        ledger.remove(PAUSED, "r1");
        ledger.unmark("done/r1");
        ledger.mark("done/r2");
        assertThat(ledger.all(PAUSED)).isEmpty();
        assertThat(ledger.marks("done/")).containsExactly("r2");
        ledger.drop();

        assertThat(ledger.get(PAUSED, "r1")).contains(paused("a"));
        assertThat(ledger.marks("done/")).containsExactly("r1");
        assertThat(ledger.keep()).isFalse();
    }

    @Test
    void shouldKeepNothingOfAPartThatThrowsAndAllOfItsNeighbours() {
        // When
        var good = ledger.standsOrFalls(outbox, part -> decide("good", part));
        var bad = ledger.standsOrFalls(outbox, part -> {
            decide("bad", part);
            ledger.unmark("done/good");
            throw new IllegalStateException("cannot stand it");
        });
        var other = ledger.standsOrFalls(outbox, part -> decide("other", part));
        ledger.keep();

        // Then
        assertThat(good).isEmpty();
        assertThat(bad).get().extracting(RuntimeException::getMessage).isEqualTo("cannot stand it");
        assertThat(other).isEmpty();
        assertThat(told).containsExactly("good", "other");
        assertThat(new Ledger(store).marks("done/")).containsExactly("good", "other");
    }

    @Test
    void shouldNotTakeItsOwnUnreadableStateForAFaultOfTheDecision() {
        store.put("RunPaused/r1", "garbage".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ledger.standsOrFalls(outbox, part -> ledger.get(PAUSED, "r1")))
                .isInstanceOf(LedgerUnreadable.class)
                .hasMessageContaining("RunPaused/r1");
    }

    private void decide(String run, Outbox part) {
        ledger.put(PAUSED, run, paused(run));
        ledger.mark("done/" + run);
        part.send(Topics.RUNS, run, paused(run), run);
    }

    private static RunPaused paused(String reason) {
        return new RunPaused("r1", reason, 1);
    }
}
