package io.dartboard.pipeline.testkit;

import io.dartboard.pipeline.config.KafkaSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/** One broker, its own controller, on a free port; keeps its data in a folder, so that it can be stopped and started. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String CLUSTER = Uuid.randomUuid().toString();

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final int lockMs;
    private final @Nullable BrokerSecurity security;
    private KafkaRaftServer server;

    /** Starts a broker whose share groups lock a record for so long. */
    public EmbeddedBroker(Path folder, int lockMs) {
        this(folder, lockMs, null);
    }

    /** Starts a broker that has, beside the plain listener, those of its security. */
    public EmbeddedBroker(Path folder, int lockMs, @Nullable BrokerSecurity security) {
        this.folder = folder;
        this.lockMs = lockMs;
        this.security = security;
        // Both are held open until both are known: else the second may be the first once more.
        try (var clients = new ServerSocket(0);
                var controller = new ServerSocket(0)) {
            this.port = clients.getLocalPort();
            this.controllerPort = controller.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.server = start();
    }

    public KafkaSettings settings() {
        return KafkaSettings.at("localhost:" + port);
    }

    /** Stops it; its clients see an outage. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Starts it again, on the same port and data. */
    public void restart() {
        server = start();
    }

    @Override
    public void close() {
        stop();
    }

    private KafkaRaftServer start() {
        try {
            var formatter = new Formatter();
            if (security != null) {
                formatter.setScramArguments(security.scramArguments());
            }
            formatter
                    .setClusterId(CLUSTER)
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setIgnoreFormatted(true)
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + folder, e);
        }
        var started = new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        started.startup();
        return started;
    }

    private java.util.Properties properties() {
        var all = new HashMap<String, String>(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@localhost:" + controllerPort,
                "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "PLAINTEXT://localhost:" + port,
                "controller.listener.names",
                "CONTROLLER",
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                folder.toString()));
        all.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "offsets.topic.num.partitions", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0"));
        all.putAll(Map.of(
                "group.share.record.lock.duration.ms", Integer.toString(lockMs),
                "group.share.min.record.lock.duration.ms", "1000",
                "group.share.heartbeat.interval.ms", "500",
                "group.share.min.heartbeat.interval.ms", "500",
                "auto.create.topics.enable", "false"));
        if (security != null) {
            security.extend(all);
        }
        var properties = new java.util.Properties();
        properties.putAll(all);
        return properties;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
