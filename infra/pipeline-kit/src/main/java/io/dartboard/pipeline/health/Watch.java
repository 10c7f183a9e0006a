package io.dartboard.pipeline.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks something slow now and then, so that a health check need not wait for it. Says once in the log when trouble begins,
 * and once when it ends; falls silent when it is closed.
 */
public final class Watch implements AutoCloseable, Supplier<Optional<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String name;
    private final Runnable question;
    private final ScheduledExecutorService timer;
    private volatile Optional<String> answer;

    /**
     * Starts to ask.
     *
     * @param name what is asked, e.g. Kafka
     * @param every pause between two questions
     * @param question returns if all is well and throws otherwise
     */
    public Watch(String name, Duration every, Runnable question) {
        this.name = name;
        this.question = question;
        this.answer = Optional.of("%s has not been asked yet".formatted(name));
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "watch-" + name);
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(this::ask, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> get() {
        return answer;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void ask() {
        Optional<String> now;
        try {
            question.run();
            now = Optional.empty();
        } catch (RuntimeException e) {
            now = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        if (timer.isShutdown()) {
            return; // An answer that the end has cut short is no news.
        }
        var before = answer;
        answer = now;
        if (now.isPresent() && !now.equals(before)) {
            LOG.warn("not ready: {}", now.get());
        } else if (now.isEmpty() && before.isPresent()) {
            LOG.info("{} is there", name);
        }
    }
}
