package io.dartboard.pipeline.wiring;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what was begun, the last first: a worker writes its checkpoint and hands its job over while the sender and the store
 * that it needs are still there. A service enters what it starts with {@link #closeAtEnd}.
 */
@ApplicationScoped
public class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Deque<Entry> entries = new ArrayDeque<>();
    private boolean ended;

    /**
     * Closes this when the service ends, before all that was entered earlier.
     *
     * @return the same
     * @throws IllegalStateException if the service has ended already
     */
    public synchronized <T extends AutoCloseable> T closeAtEnd(String name, T part) {
        if (ended) {
            throw new IllegalStateException("%s was started while the service was ending".formatted(name));
        }
        entries.push(new Entry(name, part));
        return part;
    }

    /** SIGTERM, or the end of the application for another reason. */
    void onShutdown(@Observes ShutdownEvent event) {
        end();
    }

    /** Closes everything, once. */
    public void end() {
        Deque<Entry> all;
        synchronized (this) {
            ended = true;
            all = new ArrayDeque<>(entries);
            entries.clear();
        }
        for (var entry : all) {
            try {
                entry.part().close();
                LOG.debug("closed {}", entry.name());
            } catch (Exception e) {
                LOG.warn("{} did not close cleanly: {}", entry.name(), e.getMessage());
            }
        }
    }

    private record Entry(String name, AutoCloseable part) {}
}
