package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.event.Backoff;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outlasts a store that is away. */
public final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private Patience() {}

    /**
     * Asks until the store answers. Says once that it is away and once that it is back.
     *
     * @throws InterruptedException if the thread is told to stop
     */
    public static <T> T outlast(Supplier<T> request) throws InterruptedException {
        var backoff = Backoff.forOutages();
        var told = false;
        while (true) {
            try {
                var answer = request.get();
                if (told) {
                    LOG.info("the artifact store is back");
                }
                return answer;
            } catch (StoreUnavailable e) {
                if (!told) {
                    told = true;
                    LOG.warn("{}. Trying again until it is back", e.getMessage());
                }
            }
            backoff.pause();
        }
    }
}
