package io.dartboard.search.event;

import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/** Events in memory: what is told is known at once. */
public final class FakeEventLog implements EventLog {
    private final RunBoard board = new RunBoard();
    private final List<SpecificRecord> told = new ArrayList<>();
    private boolean away;

    public void away(boolean isAway) {
        away = isAway;
    }

    /** What has been told through {@link #tell}. */
    public List<SpecificRecord> told() {
        return List.copyOf(told);
    }

    /** Something that somebody else has told. */
    public void heard(SpecificRecord event) {
        board.apply(event, Instant.EPOCH);
    }

    @Override
    public RunBoard now() {
        if (away) {
            throw new KafkaException("localhost:9092 did not answer");
        }
        return board;
    }

    @Override
    public RunBoard known() {
        return board;
    }

    @Override
    public <V extends SpecificRecord> void tell(Topic<V> topic, String key, V event, String run) {
        topic.encode(event);
        told.add(event);
        heard(event);
    }
}
