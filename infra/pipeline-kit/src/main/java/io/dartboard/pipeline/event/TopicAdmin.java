package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.schemas.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and refuses those that are not as the pipeline needs them. */
public final class TopicAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);

    private final KafkaSettings kafka;

    public TopicAdmin(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when all the topics are there; waits for as long as the brokers are away.
     *
     * @throws IllegalStateException if one has another number of partitions than {@link Topic#PARTITIONS}
     * @throws KafkaException if the brokers refuse for good, as for a missing permission
     * @throws InterruptException if the thread is told to stop
     */
    public void ensure(Collection<? extends Topic<?>> topics) {
        var backoff = Backoff.forOutages();
        var told = false;
        while (true) {
            try (var admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    kafka.bootstrapServers(),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    10_000,
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    5_000))) {
                create(admin, topics);
                check(admin, topics);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw new KafkaException(
                            "cannot create the topics on Kafka at %s: %s"
                                    .formatted(kafka.bootstrapServers(), messageOf(e)),
                            e);
                }
                if (!told) {
                    told = true;
                    LOG.warn(
                            "Kafka at {} cannot be reached ({}); set dartboard.kafka.bootstrap-servers if that is the wrong address. Trying again until it is there",
                            kafka.bootstrapServers(),
                            messageOf(e));
                }
                sleep(backoff);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptException(e);
            }
        }
    }

    private void create(Admin admin, Collection<? extends Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        var present = admin.listTopics().names().get();
        var missing = topics.stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), Topic.PARTITIONS, kafka.replicationFactor())
                        .configs(topic.settings()))
                .toList();
        for (var created : admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get();
                LOG.info("created topic {}", created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private static void check(Admin admin, Collection<? extends Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        var byName = topics.stream().collect(Collectors.toMap(Topic::name, Function.identity()));
        var described = admin.describeTopics(List.copyOf(byName.keySet()))
                .allTopicNames()
                .get();
        for (var description : described.values()) {
            var partitions = description.partitions().size();
            if (partitions != Topic.PARTITIONS) {
                throw new IllegalStateException(
                        "topic %s has %d partitions and must have %d, so that planners see all facts in one order; delete it or create it anew"
                                .formatted(description.name(), partitions, Topic.PARTITIONS));
            }
        }
    }

    private static void sleep(Backoff backoff) {
        try {
            backoff.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private static String messageOf(ExecutionException e) {
        return e.getCause() == null ? e.toString() : String.valueOf(e.getCause().getMessage());
    }
}
