package io.dartboard.local.stack;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka broker that is its own controller (KRaft). Its data lives over restarts.
 *
 * <p>The settings differ from a cluster's in what one node and one machine ask for: one replica of everything, few
 * partitions for the internal topics, and short waits when a consumer group forms.
 */
final class Broker implements AutoCloseable {
    private static final String NODE = "1";
    /** Every local stack has the same id, so that a folder left half formatted by a crash is formatted to its end. */
    private static final String CLUSTER = "ZGFydGJvYXJkLWxvY2FsMQ";

    private final KafkaRaftServer server;

    private Broker(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Formats the folder where it is new, and starts; returns when the broker takes requests.
     *
     * @param folder log segments and metadata
     * @param port for clients
     * @param controllerPort for the quorum
     */
    static Broker start(Path folder, int port, int controllerPort) {
        try (var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setNodeId(Integer.parseInt(NODE))
                    .setClusterId(CLUSTER)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setIgnoreFormatted(true)
                    .setPrintStream(silent)
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "cannot prepare the broker's folder %s: %s".formatted(folder, e.getMessage()), e);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings(folder, port, controllerPort)), Time.SYSTEM);
        server.startup();
        return new Broker(server);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Map<String, String> settings(Path folder, int port, int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("node.id", NODE);
        settings.put("process.roles", "broker,controller");
        settings.put("controller.quorum.voters", "%s@127.0.0.1:%d".formatted(NODE, controllerPort));
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:%d".formatted(port));
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        for (var internal : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(internal + ".replication.factor", "1");
            settings.put(internal + ".num.partitions", "2");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        // After a kill the broker is let in again once its former session has ended.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        // A dead worker's job comes back within the shortest lock that the broker grants. Redeliveries are counted and
        // ended by the worker, which leaves a dead letter; the broker's own limit, which leaves none, stands above.
        settings.put("group.share.record.lock.duration.ms", "15000");
        settings.put("group.share.delivery.count.limit", "10");
        return settings;
    }
}
