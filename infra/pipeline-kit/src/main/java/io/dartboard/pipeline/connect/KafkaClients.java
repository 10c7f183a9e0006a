package io.dartboard.pipeline.connect;

import io.dartboard.pipeline.config.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes every client of Kafka: what the client's user needs, and over it what the installation asks for. None is made
 * before a broker has answered at the bootstrap addresses, see {@link Greeting}.
 *
 * <p>Every method throws {@link KafkaUnavailable} while none can be made.
 */
public final class KafkaClients {
    private KafkaClients() {}

    /** An admin client whose calls end within the time, and whose requests within half of it. */
    public static Admin admin(KafkaSettings kafka, String id, Duration within) {
        var own = Map.<String, Object>of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) within.toMillis(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) within.toMillis() / 2);
        return make(kafka, id, own, kafka.client().forAdmin(), Admin::create);
    }

    /** A producer of bytes. */
    public static KafkaProducer<byte[], byte[]> producer(KafkaSettings kafka, String id, Map<String, Object> own) {
        return make(
                kafka,
                id,
                own,
                kafka.client().forProducer(),
                all -> new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** A consumer of bytes, of no group: of committed records, from the beginning. */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings kafka, String id) {
        return consumer(kafka, id, Map.of());
    }

    /**
     * A consumer of bytes, of a group that commits when it is told to: of committed records, from the beginning.
     *
     * @param atOnce how many records it gives out at most before it is asked for more
     */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings kafka, String id, String group, int atOnce) {
        return consumer(
                kafka,
                id,
                Map.of(ConsumerConfig.GROUP_ID_CONFIG, group, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, atOnce));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings kafka, String id, Map<String, Object> more) {
        var own = new HashMap<String, Object>(more);
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return make(
                kafka,
                id,
                own,
                kafka.client().forConsumer(),
                all -> new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** A consumer of bytes from a share group. */
    public static KafkaShareConsumer<byte[], byte[]> shareConsumer(
            KafkaSettings kafka, String id, Map<String, Object> own) {
        return make(
                kafka,
                id,
                own,
                kafka.client().forShareConsumer(),
                all -> new KafkaShareConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Settings for Kafka Streams. */
    public static Properties streams(KafkaSettings kafka, String id, Map<String, Object> own) {
        return make(kafka, id, own, kafka.client().forStreams(), all -> {
            var properties = new Properties();
            properties.putAll(all);
            return properties;
        });
    }

    private static <C> C make(
            KafkaSettings kafka,
            String id,
            Map<String, Object> own,
            Map<String, Object> installation,
            Function<Map<String, Object>, C> maker) {
        Greeting.exchange(kafka);
        var all = new HashMap<String, Object>(own);
        all.putAll(installation);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, kafka.client().clientId(id));
        try {
            return maker.apply(all);
        } catch (KafkaException | IllegalArgumentException | SecurityException e) {
            throw new KafkaUnavailable(KafkaTrouble.of(kafka, e), e);
        }
    }
}
