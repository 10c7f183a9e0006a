package io.dartboard.transfer.evidence;

import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.view.FreshBoard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the evidence of each promotion and stores it, once. A promotion that has its pack is passed over, however often it is told;
 * one that cannot be packed becomes a dead letter, from where {@code infra/run dlq} has it tried again.
 */
public final class EvidenceWriter implements GroupReader.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceWriter.class);

    private final FreshBoard boards;
    private final ArtifactStore store;
    private final EvidenceShelf shelf;
    private final String release;
    private final Counter written;
    private final Counter refused;

    /**
     * Makes a writer.
     *
     * @param release of this service
     */
    public EvidenceWriter(FreshBoard boards, ArtifactStore store, String release, MeterRegistry registry) {
        this.boards = boards;
        this.store = store;
        this.shelf = new EvidenceShelf(store);
        this.release = release;
        this.written = NasMeters.EVIDENCE_PACKS.counter(registry, "outcome", "written");
        this.refused = NasMeters.EVIDENCE_PACKS.counter(registry, "outcome", "refused");
    }

    @Override
    public void take(String key, Optional<byte[]> value) throws InterruptedException {
        if (value.isEmpty()) {
            return;
        }
        var backoff = Backoff.forOutages();
        while (!isTaken(key, value.get())) {
            backoff.pause();
        }
    }

    /** False while the store is away. */
    private boolean isTaken(String key, byte[] record) throws InterruptedException {
        var promotion = EvidenceEvents.of(key, record);
        if (promotion.isEmpty()) {
            return true;
        }
        var run = promotion.get().run();
        try {
            if (shelf.find(run).isEmpty()) {
                var pack = promotion.get().pack(boards.read(), store, release);
                var place = shelf.put(run, pack);
                written.increment();
                LOG.info("the evidence of run {} is packed: {}", run, place);
            }
            return true;
        } catch (StoreUnavailable e) {
            LOG.warn("the evidence of run {} is not packed yet: {}", run, e.getMessage());
            return false;
        } catch (ArtifactMissing | ArtifactCorrupt | IllegalArgumentException e) {
            refused.increment();
            throw new IllegalArgumentException(
                    "the evidence of run %s was not packed: %s".formatted(run, e.getMessage()), e);
        }
    }
}
