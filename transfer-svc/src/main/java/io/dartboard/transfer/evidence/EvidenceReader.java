package io.dartboard.transfer.evidence;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.schemas.Topics;
import java.util.Optional;

/** Follows the verdicts, so that each promotion has its evidence packed. */
public final class EvidenceReader implements AutoCloseable {
    /** The consumer group that the processes of this service take verdicts in. */
    public static final String GROUP = "dartboard-evidence";

    private final GroupReader reader;

    /** @param sink packs the evidence */
    public EvidenceReader(GroupReader.Sink sink, KafkaSettings kafka, EventSender sender) {
        this.reader = new GroupReader(kafka, Topics.CHAMPIONS.name(), GROUP, 1, sender, sink);
    }

    /** Begins in the background. */
    public void start() {
        reader.start();
    }

    /** Why no verdict can be read, one line; empty while all is well. */
    public Optional<String> trouble() {
        return reader.trouble();
    }

    @Override
    public void close() {
        reader.close();
    }
}
