package io.dartboard.transfer.handover;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.schemas.Topics;
import java.util.Optional;

/** Follows the verdicts, where promotions are to be handed over. */
public final class HandoverReader implements AutoCloseable {
    /** The consumer group that the processes of this service take verdicts in. */
    public static final String GROUP = "dartboard-handover";

    private final Optional<GroupReader> reader;

    /** @param handover empty where nobody is to be told */
    public HandoverReader(Optional<Handover> handover, KafkaSettings kafka, EventSender sender) {
        this.reader = handover.map(sink -> new GroupReader(kafka, Topics.CHAMPIONS.name(), GROUP, 1, sender, sink));
    }

    /** Begins in the background. */
    public void start() {
        reader.ifPresent(GroupReader::start);
    }

    /** Why no verdict can be read, one line; empty while all is well. */
    public Optional<String> trouble() {
        return reader.flatMap(GroupReader::trouble);
    }

    @Override
    public void close() {
        reader.ifPresent(GroupReader::close);
    }
}
