package io.dartboard.pipeline.config;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers comma-separated host:port
 * @param replicationFactor replicas of a topic that a service creates; -1 takes the broker's default
 */
public record KafkaSettings(String bootstrapServers, short replicationFactor) {
    public KafkaSettings {
        Check.filled("dartboard.kafka.bootstrap-servers", bootstrapServers);
        if (replicationFactor != -1 && replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "dartboard.kafka.replication-factor must be at least 1, or -1 for the broker's default (was %d)"
                            .formatted(replicationFactor));
        }
    }

    /** Brokers with their own default replication. */
    public static KafkaSettings at(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, (short) -1);
    }

    /** From the shared configuration. */
    public static KafkaSettings of(PipelineConfig config) {
        return new KafkaSettings(
                config.kafka().bootstrapServers(), config.kafka().replicationFactor());
    }
}
