package io.dartboard.pipeline.job;

import io.dartboard.pipeline.event.EventSender;
import io.dartboard.schemas.Topic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Takes facts from the training thread and delivers them, in order, on a thread of its own. */
final class FactOutbox implements AutoCloseable {
    private final EventSender sender;
    private final ExecutorService thread;
    private final AtomicBoolean lossyPending = new AtomicBoolean();
    private final AtomicReference<@Nullable KafkaException> refused = new AtomicReference<>();

    FactOutbox(EventSender sender, String name) {
        this.sender = sender;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            var worker = new Thread(work, name);
            worker.setDaemon(true);
            return worker;
        });
    }

    /** Delivers for certain. */
    <V extends SpecificRecord> void put(Topic<V> topic, String key, V fact, String run, String cause) {
        thread.execute(() -> {
            try {
                sender.deliver(topic, key, fact, run, cause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (KafkaException e) {
                refused.compareAndSet(null, e);
            }
        });
    }

    /** Tries to deliver, unless an earlier one is still on its way. */
    <V extends SpecificRecord> void offer(Topic<V> topic, String key, V fact, String run, String cause) {
        if (!lossyPending.compareAndSet(false, true)) {
            return;
        }
        thread.execute(() -> {
            try {
                sender.send(topic, key, fact, run, cause).whenComplete((sent, failure) -> lossyPending.set(false));
            } catch (InterruptException e) {
                lossyPending.set(false);
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Waits until all facts are told.
     *
     * @throws KafkaException if the broker refused one for good
     */
    void flush() throws InterruptedException {
        var end = new CompletableFuture<Void>();
        thread.execute(() -> end.complete(null));
        try {
            end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("completes only normally", e);
        }
        var failure = refused.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
