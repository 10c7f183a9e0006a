package io.dartboard.pipeline.job;

import java.time.Duration;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's hold on one record of a share group (KIP-932, KIP-1222). Used by the poll thread alone.
 *
 * <p>A renewed record comes back with the next poll, and only a record that has come back can be renewed again or
 * accepted. So a claim is either in hand or on its way back, and a claim whose renewal the broker refused is lost: the lock
 * had lapsed, and another worker may have the record. Then the worker looks for it whenever a renewal is due, until
 * it meets another record instead: the broker hands a record to whoever asks first, and after a restart of the broker that
 * is often the very worker that has been at it.
 */
final class Claim {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int LOOKS = 2;

    private final ConsumerRecord<byte[], byte[]> first;
    private final String key;
    private @Nullable ConsumerRecord<byte[], byte[]> inHand;
    private boolean held;
    private boolean gone;

    private Claim(ConsumerRecord<byte[], byte[]> record) {
        this.first = record;
        this.key = record.topic() + "/" + record.partition() + "/" + record.offset();
        this.inHand = record;
        this.held = true;
    }

    /**
     * Claims a record that has just been polled. Records wait in the client after they were fetched, and their lock may
     * have lapsed meanwhile: only a renewal that the broker confirms makes it certain that the job is ours to start.
     *
     * @return the claim; {@link #held()} tells if it is one
     */
    static Claim of(ShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
        var claim = new Claim(record);
        claim.renew(consumer);
        return claim;
    }

    /** True unless the broker has said otherwise. */
    boolean held() {
        return held;
    }

    /** Renews the lock; fetches the record first if it is not in hand. */
    void renew(ShareConsumer<byte[], byte[]> consumer) {
        if (fetch(consumer)) {
            held = acknowledge(consumer, AcknowledgeType.RENEW);
        }
    }

    /**
     * Accepts the record for good.
     *
     * @return false if the broker did not take it; the record comes again then
     */
    boolean accept(ShareConsumer<byte[], byte[]> consumer) {
        if (!fetch(consumer)) {
            return false;
        }
        held = false;
        return acknowledge(consumer, AcknowledgeType.ACCEPT);
    }

    private boolean fetch(ShareConsumer<byte[], byte[]> consumer) {
        for (var looks = 0; inHand == null && !gone && looks < LOOKS; looks++) {
            try {
                for (var record : consumer.poll(LOOK)) {
                    if (isSame(record)) {
                        inHand = record;
                    } else {
                        // Ours is with another worker. Looking on would count as a delivery of this one each time.
                        consumer.acknowledge(record, AcknowledgeType.RELEASE);
                        gone = true;
                    }
                }
            } catch (WakeupException e) {
                // Only cuts a wait for new work short; a claim outlives it.
                LOG.debug("woken while fetching {}", key);
            }
        }
        if (inHand == null) {
            held = false;
        }
        return inHand != null;
    }

    private boolean acknowledge(ShareConsumer<byte[], byte[]> consumer, AcknowledgeType type) {
        var record = inHand;
        inHand = null;
        if (record == null) {
            return false;
        }
        try {
            consumer.acknowledge(record, type);
            var failure = commit(consumer);
            if (failure == null) {
                return true;
            }
            say(type, failure);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | IllegalStateException e) {
            say(type, e);
        }
        return false;
    }

    private static @Nullable Exception commit(ShareConsumer<byte[], byte[]> consumer) {
        while (true) {
            try {
                for (var result : consumer.commitSync(COMMIT_WITHIN).values()) {
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
                return null;
            } catch (WakeupException e) {
                LOG.debug("woken while committing");
            }
        }
    }

    private void say(AcknowledgeType type, Exception failure) {
        if (failure instanceof InvalidRecordStateException) {
            LOG.warn("{} could not be kept ({}): its lock has lapsed", key, type);
        } else {
            LOG.warn("{} could not be kept ({}): {}", key, type, failure.getMessage());
        }
    }

    private boolean isSame(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(first.topic())
                && record.partition() == first.partition()
                && record.offset() == first.offset();
    }
}
