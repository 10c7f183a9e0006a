package io.dartboard.pipeline.planner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a planner. Starts on a thread of its own, so that a service whose broker is not there yet is up and says so in its
 * readiness; replaces a stream thread that dies; leaves the group when it closes, so that its successor need not wait for
 * a session to lapse.
 */
public final class PlannerStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlannerStreams.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(8);
    /** A killed planner's open transaction hides what follows it until this has passed. */
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private static final int SESSION_TIMEOUT_MS = 10_000;

    private final String service;
    private final String version;
    private final Decider decider;
    private final PlannerWitness witness;
    private final String bootstrapServers;
    private final Path stateDir;
    private final Runnable ensureTopics;
    private final AtomicReference<@Nullable KafkaStreams> running = new AtomicReference<>();
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>("the planner has not started");
    private final Thread starter;

    /**
     * Prepares a planner; {@link #start()} runs it.
     *
     * @param service service name; the application id is {@code dartboard-<service>-planner}
     * @param version its version
     * @param decider what it decides
     * @param witness sees what becomes of each record
     * @param bootstrapServers the brokers
     * @param stateDir folder of this process for Kafka Streams' own lock and checkpoint files
     * @param ensureTopics creates the topics and returns when they are there; blocks while the broker is away
     */
    public PlannerStreams(
            String service,
            String version,
            Decider decider,
            PlannerWitness witness,
            String bootstrapServers,
            Path stateDir,
            Runnable ensureTopics) {
        this.service = service;
        this.version = version;
        this.decider = decider;
        this.witness = witness;
        this.bootstrapServers = bootstrapServers;
        this.stateDir = stateDir;
        this.ensureTopics = ensureTopics;
        this.starter = new Thread(this::bringUp, service + "-planner-start");
        starter.setDaemon(true);
    }

    /** Starts in the background. */
    public void start() {
        starter.start();
    }

    /** Why the planner is not at work; empty while it is. */
    public Optional<String> trouble() {
        var streams = running.get();
        if (streams == null) {
            return Optional.ofNullable(trouble.get());
        }
        return switch (streams.state()) {
            case RUNNING -> Optional.empty();
            case REBALANCING, CREATED -> Optional.of("the planner is taking over its partitions");
            default ->
                Optional.of("the planner is %s: %s"
                        .formatted(streams.state().name().toLowerCase(java.util.Locale.ROOT), trouble.get()));
        };
    }

    /** The client, for its metrics; empty before it has started. */
    public Optional<KafkaStreams> streams() {
        return Optional.ofNullable(running.get());
    }

    @Override
    public void close() {
        starter.interrupt();
        var streams = running.getAndSet(null);
        trouble.set("the planner is closed");
        if (streams != null
                && !streams.close(
                        new KafkaStreams.CloseOptions().timeout(CLOSE_WITHIN).leaveGroup(true))) {
            LOG.warn(
                    "the planner did not close within {} s; its group moves on when the session lapses",
                    CLOSE_WITHIN.toSeconds());
        }
    }

    private void bringUp() {
        try {
            ensureTopics.run();
            var streams = new KafkaStreams(PlannerTopology.build(service, version, decider, witness), settings());
            streams.setUncaughtExceptionHandler(failure -> {
                trouble.set(String.valueOf(failure.getMessage()));
                LOG.error("planner thread failed and is replaced: {}", failure.getMessage(), failure);
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            });
            streams.start();
            running.set(streams);
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                trouble.set("the planner could not start: " + e.getMessage());
                LOG.error("the planner could not start: {}", e.getMessage(), e);
            }
        }
    }

    private Properties settings() {
        var settings = new Properties();
        settings.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                "dartboard-" + service + "-planner",
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
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
        return settings;
    }
}
