package io.dartboard.pipeline.planner;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.schemas.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a planner and never gives it up. A thread of its own brings it up, again and again until the brokers are there, let
 * us in and have the topics as they must be; then it watches whether the planner commits what waits for it, and begins anew
 * when the planner has died. What is wrong meanwhile stands in {@link #trouble()}, so that a service whose broker is not
 * there yet is up and says so in its readiness. Leaves the group when it closes, so that its successor need not wait for a
 * session to lapse.
 */
public final class PlannerStreams implements AutoCloseable {
    /**
     * Raised when what a ledger holds is laid out anew: the planner then begins a state of its own from all facts, and an
     * earlier version, if it comes back, finds its own as it left it.
     */
    private static final int LAYOUT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PlannerStreams.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** A killed planner's open transaction hides what follows it until this has passed. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private static final String TAKING_OVER = "the planner is taking over its partitions";
    private static final int SESSION_TIMEOUT_MS = 10_000;
    /** So many deaths in so long are no accident. */
    private static final int DEATHS = 3;

    private static final Duration DEATHS_WITHIN = Duration.ofMinutes(10);

    private final String service;
    private final String version;
    private final Decider decider;
    private final PlannerWitness witness;
    private final SchemaBook schemas;
    private final KafkaSettings kafka;
    private final Path stateDir;
    private final Duration stallTimeout;
    private final Runnable ensureTopics;
    private final Clock clock = Clock.systemUTC();
    private final AtomicReference<@Nullable KafkaStreams> running = new AtomicReference<>();
    /** Why there is no planner, or not one to trust. */
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>("the planner has not started");

    private final AtomicReference<@Nullable String> lastWords = new AtomicReference<>();
    private final Thread keeper;
    private volatile boolean closed;

    /**
     * Prepares a planner; {@link #start()} runs it.
     *
     * @param service service name; the application id is {@code dartboard-<service>-planner-<layout>}
     * @param version its version
     * @param decider what it decides
     * @param witness sees what becomes of each record
     * @param schemas knows what newer writers write with
     * @param kafka the brokers
     * @param stateDir folder of this process for Kafka Streams' own lock and checkpoint files
     * @param stallTimeout a planner with records waiting that commits nothing for so long is in trouble
     * @param ensureTopics creates the topics and returns when they are there; throws, in one line, when they are not
     */
    public PlannerStreams(
            String service,
            String version,
            Decider decider,
            PlannerWitness witness,
            SchemaBook schemas,
            KafkaSettings kafka,
            Path stateDir,
            Duration stallTimeout,
            Runnable ensureTopics) {
        this.service = service;
        this.version = version;
        this.decider = decider;
        this.witness = witness;
        this.schemas = schemas;
        this.kafka = kafka;
        this.stateDir = stateDir;
        this.stallTimeout = stallTimeout;
        this.ensureTopics = ensureTopics;
        this.keeper = new Thread(this::keep, service + "-planner-keeper");
        keeper.setDaemon(true);
    }

    /** Starts in the background. */
    public void start() {
        keeper.start();
    }

    /** Why the planner is not at work, one line; empty while it is. */
    public Optional<String> trouble() {
        var streams = running.get();
        var known = Optional.ofNullable(trouble.get());
        if (streams == null || known.isPresent()) {
            return known;
        }
        return switch (streams.state()) {
            case RUNNING -> Optional.empty();
            case REBALANCING, CREATED -> Optional.of(TAKING_OVER);
            default ->
                Optional.of("the planner is %s: %s"
                        .formatted(streams.state().name().toLowerCase(Locale.ROOT), lastWords.get()));
        };
    }

    /** The client, for its metrics; empty while there is none. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(running.get());
    }

    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        var streams = running.getAndSet(null);
        trouble.set("the planner is closed");
        if (streams != null && !leave(streams)) {
            LOG.warn(
                    "the planner did not close within {} s; its group moves on when the session lapses",
                    CLOSE_WITHIN.toSeconds());
        }
    }

    private void keep() {
        var backoff = Backoff.forOutages();
        var deaths = new ArrayDeque<Instant>();
        while (!closed) {
            try {
                var streams = bringUp();
                if (streams == null) {
                    return;
                }
                watch(streams, deaths, backoff);
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                say("the planner could not start: " + KafkaTrouble.of(kafka, e));
            }
            try {
                backoff.pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void say(String why) {
        if (!closed && !why.equals(trouble.getAndSet(why))) {
            LOG.warn("{}. Trying again until it can", why);
        }
    }

    /** @return null if it has been closed meanwhile */
    private @Nullable KafkaStreams bringUp() {
        ensureTopics.run();
        var streams = new KafkaStreams(PlannerTopology.build(service, version, decider, witness, schemas), settings());
        streams.setUncaughtExceptionHandler(failure -> {
            lastWords.set(KafkaTrouble.of(kafka, failure));
            LOG.error("the planner has died and begins anew: {}", lastWords.get(), failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        running.set(streams);
        if (closed) {
            leave(streams);
            return null;
        }
        streams.start();
        trouble.set(
                lastWords.get() == null ? TAKING_OVER : "%s; it had died: %s".formatted(TAKING_OVER, lastWords.get()));
        return streams;
    }

    /** Returns when the planner has died. */
    private void watch(KafkaStreams streams, Deque<Instant> deaths, Backoff backoff) throws InterruptedException {
        var progress = new PlannerProgress(stallTimeout);
        PlannerLag lag = null;
        try {
            while (isAlive(streams)) {
                try {
                    if (streams.state() == KafkaStreams.State.RUNNING) {
                        lag = lag == null ? new PlannerLag(kafka, group(), inputs()) : lag;
                        look(lag, progress, deaths, backoff);
                    }
                } catch (KafkaException e) {
                    // Kafka's own probe says that the brokers are away; what we did not see is no stall.
                    LOG.debug("cannot see how far the planner is: {}", e.getMessage());
                    if (lag != null) {
                        lag.close();
                        lag = null;
                    }
                    progress = new PlannerProgress(stallTimeout);
                }
                Thread.sleep(LOOK_EVERY.toMillis());
            }
        } finally {
            if (lag != null) {
                lag.close();
            }
        }
        if (!closed) {
            deaths.addLast(clock.instant());
            say("the planner has died: " + lastWords.get());
            running.set(null);
            leave(streams);
        }
    }

    private void look(PlannerLag lag, PlannerProgress progress, Deque<Instant> deaths, Backoff backoff)
            throws InterruptedException {
        var position = lag.look();
        var stuck = progress.see(position, clock.instant());
        if (stuck.isPresent()) {
            say(stuck.get());
            return;
        }
        if (!progress.isMoving()) {
            return; // Not seen at work yet: what was wrong before may be wrong still.
        }
        while (!deaths.isEmpty() && deaths.getFirst().isBefore(clock.instant().minus(DEATHS_WITHIN))) {
            deaths.removeFirst();
        }
        if (deaths.size() >= DEATHS) {
            say("the planner has died %d times within %d minutes: %s"
                    .formatted(deaths.size(), DEATHS_WITHIN.toMinutes(), lastWords.get()));
            return;
        }
        backoff.reset();
        if (trouble.getAndSet(null) != null) {
            LOG.info("the planner is at work");
        }
    }

    private static boolean isAlive(KafkaStreams streams) {
        return switch (streams.state()) {
            case CREATED, REBALANCING, RUNNING -> true;
            case PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR -> false;
        };
    }

    private static boolean leave(KafkaStreams streams) {
        return streams.close(
                new KafkaStreams.CloseOptions().timeout(CLOSE_WITHIN).leaveGroup(true));
    }

    private String group() {
        return "dartboard-%s-planner-%d".formatted(service, LAYOUT);
    }

    private List<TopicPartition> inputs() {
        return decider.inputs().stream().flatMap(Topic::partitions).toList();
    }

    private Properties settings() {
        return KafkaClients.streams(
                kafka,
                group(),
                Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        group(),
                        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                        StreamsConfig.EXACTLY_ONCE_V2,
                        StreamsConfig.STATE_DIR_CONFIG,
                        stateDir.toString(),
                        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        1,
                        StreamsConfig.REPLICATION_FACTOR_CONFIG,
                        -1,
                        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                        TRANSACTION_TIMEOUT_MS,
                        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                        SESSION_TIMEOUT_MS,
                        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                        "earliest"));
    }
}
