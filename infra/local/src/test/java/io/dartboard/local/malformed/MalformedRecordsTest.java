package io.dartboard.local.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.RunRequested;
import io.dartboard.events.SearchJob;
import io.dartboard.local.SilentLog;
import io.dartboard.local.malformed.MalformedRecords.Malformed;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.UnknownKind;
import io.dartboard.schemas.UnreadableEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thousands of malformed records on every topic: each is refused with a reason, or taken, and nobody falls over it. */
@ExtendWith(SilentLog.class)
class MalformedRecordsTest {
    private static final int RECORDS = Integer.getInteger("malformed.records", 7_000);
    private static final long SEED = Long.getLong("malformed.seed", 11L);
    private static final int BETWEEN_PROBES = 250;
    private static final int LARGEST_LETTER = 300_000;
    /** Entries of all planners for each record: most are refused and leave none. */
    private static final int MOST_KEPT = 1;

    private final Listeners listeners = new Listeners();
    /** What went wrong first of each kind. */
    private final Map<String, String> faults = new LinkedHashMap<>();

    @Test
    void shouldRefuseOrTakeEveryRecordAndLiveOn() throws Exception {
        ValidRecords.events().forEach(event -> listeners.hear(event, "k"));
        var records = new MalformedRecords(SEED);
        var refused = 0;
        for (var i = 0; i < RECORDS; i++) {
            if (i % BETWEEN_PROBES == 0) {
                probe(i);
            }
            var record = records.next();
            try {
                refused += check(i, record, listeners.hear(record));
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
                note(
                        i,
                        record,
                        "%s at %s"
                                .formatted(
                                        e,
                                        List.of(e.getStackTrace()).subList(0, Math.min(6, e.getStackTrace().length))));
            }
        }
        probe(RECORDS);
        assertThat(faults).isEmpty();
        assertThat(refused).isGreaterThan(RECORDS / 2);
        assertThat(listeners.kept()).isLessThan((long) MOST_KEPT * RECORDS);
    }

    /** 1 for a record that somebody refused. */
    private int check(int i, Malformed record, Listeners.Came came) {
        for (var letter : came.letters()) {
            if (EventCodec.encode(letter).length > LARGEST_LETTER) {
                note(i, record, "a letter of " + EventCodec.encode(letter).length + " bytes");
            }
        }
        for (var reason : Listeners.reasons(came)) {
            if (!ClearLine.is(reason)) {
                note(i, record, "unclear: " + reason.substring(0, Math.min(300, reason.length())));
            }
        }
        if (came.letters().isEmpty() && !isEvent(record)) {
            note(i, record, "nobody refuses it");
        }
        return came.letters().isEmpty() ? 0 : 1;
    }

    private void note(int i, Malformed record, String what) {
        faults.putIfAbsent(
                what.substring(0, Math.min(60, what.length())), "record %d, %s: %s".formatted(i, record, what));
    }

    private static boolean isEvent(Malformed record) {
        if (record.key() == null || record.value() == null) {
            return false;
        }
        try {
            record.topic().decode(record.value());
            return true;
        } catch (UnknownKind e) {
            return true;
        } catch (UnreadableEvent e) {
            return false;
        }
    }

    /** What is asked for amid all this is planned, and shown. */
    private void probe(int i) {
        var dataset = DatasetPublished.newBuilder(RunStory.IMAGES.dataset("probe", "v1"))
                .setHeight(32)
                .setWidth(32)
                .build();
        var run = "probe-" + i;
        var request = RunRequested.newBuilder(RunStory.IMAGES.request(run))
                .setDataset("probe")
                .setSearchSeeds(List.of((long) i))
                .setTransfer(null)
                .build();

        listeners.hear(dataset, "probe@v1");
        var came = listeners.hear(request, run);

        assertThat(came.letters()).isEmpty();
        assertThat(came.told()).hasSize(1).first().isInstanceOf(SearchJob.class);
        assertThat(listeners.board().run(run)).isPresent();
        assertThat(listeners.showAll()).isGreaterThan(i / BETWEEN_PROBES);
    }
}
