package io.dartboard.pipeline.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where Kafka is, and how its clients reach it.
 *
 * @param bootstrapServers comma-separated host:port
 * @param replicationFactor replicas of a topic that a service creates; -1 takes the broker's default
 * @param client what the installation adds to the settings of every client
 */
public record KafkaSettings(String bootstrapServers, short replicationFactor, ClientProperties client) {
    public KafkaSettings {
        Check.filled("dartboard.kafka.bootstrap-servers", bootstrapServers);
        if (replicationFactor != -1 && replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "dartboard.kafka.replication-factor must be at least 1, or -1 for the broker's default (was %d)"
                            .formatted(replicationFactor));
        }
    }

    /** Brokers that need no more than their address. */
    public KafkaSettings(String bootstrapServers, short replicationFactor) {
        this(bootstrapServers, replicationFactor, ClientProperties.NONE);
    }

    /** Brokers with their own default replication. */
    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, (short) -1);
    }

    /** The same brokers, reached with these properties. */
    public KafkaSettings with(Map<String, String> properties) {
        return new KafkaSettings(bootstrapServers, replicationFactor, new ClientProperties(properties));
    }

    /** From the shared configuration. */
    public static KafkaSettings of(PipelineConfig config) {
        var kafka = config.kafka();
        var client = kafka.clientFile()
                .map(file -> ClientProperties.of(Path.of(file.strip()), kafka.properties()))
                .orElseGet(() -> new ClientProperties(kafka.properties()));
        return new KafkaSettings(kafka.bootstrapServers(), kafka.replicationFactor(), client);
    }
}
