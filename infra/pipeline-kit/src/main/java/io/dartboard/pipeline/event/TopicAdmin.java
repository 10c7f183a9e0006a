package io.dartboard.pipeline.event;

import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.connect.KafkaTrouble;
import io.dartboard.pipeline.connect.KafkaUnavailable;
import io.dartboard.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing and refuses those that are not as the pipeline needs them. */
public final class TopicAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAdmin.class);
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    /** What has been logged: a planner that tries again says nothing twice. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    public TopicAdmin(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns when all the topics are there; waits for as long as the brokers are away or refuse us.
     *
     * @throws IllegalStateException if one is such that history could be lost; one line with the command that repairs it
     * @throws InterruptException if the thread is told to stop
     */
    public void ensure(Collection<? extends Topic<?>> topics) {
        var backoff = Backoff.forOutages();
        while (true) {
            try {
                ensureNow(topics);
                return;
            } catch (KafkaUnavailable e) {
                if (told.add(String.valueOf(e.getMessage()))) {
                    LOG.warn("{}. Trying again until it can", e.getMessage());
                }
                sleep(backoff);
            }
        }
    }

    /**
     * Returns if all the topics are there or could be made; tries once.
     *
     * @throws KafkaUnavailable if the brokers are away, or refuse as for a missing right; one line
     * @throws IllegalStateException if one is such that history could be lost; one line with the command that repairs it
     * @throws InterruptException if the thread is told to stop
     */
    public void ensureNow(Collection<? extends Topic<?>> topics) {
        try (var admin = KafkaClients.admin(kafka, "dartboard-topics", WITHIN)) {
            create(admin, topics);
            check(admin, topics);
        } catch (ExecutionException e) {
            throw new KafkaUnavailable(
                    "cannot prepare the topics on Kafka at %s: %s"
                            .formatted(kafka.bootstrapServers(), KafkaTrouble.of(kafka, e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private void create(Admin admin, Collection<? extends Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        var present = admin.listTopics().names().get();
        var missing = topics.stream()
                .filter(topic -> !present.contains(topic.name()))
                .collect(Collectors.toMap(Topic::name, Function.<Topic<?>>identity()));
        var asked = missing.values().stream()
                .map(topic -> new NewTopic(topic.name(), Topic.PARTITIONS, kafka.replicationFactor())
                        .configs(topic.settings()))
                .toList();
        for (var created : admin.createTopics(asked).values().entrySet()) {
            try {
                created.getValue().get();
                LOG.info("created topic {}", created.getKey());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    throw new KafkaUnavailable(
                            "topic %s is missing, or hidden from this user, who may not create it; give the right Describe on it, or have it made: %s"
                                    .formatted(
                                            created.getKey(),
                                            TopicFit.creation(
                                                    kafka, Objects.requireNonNull(missing.get(created.getKey())))),
                            e);
                }
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void check(Admin admin, Collection<? extends Topic<?>> topics)
            throws ExecutionException, InterruptedException {
        var names = topics.stream().map(Topic::name).toList();
        var described = admin.describeTopics(names).allTopicNames().get();
        var settings = settings(admin, names);
        var refusals = new ArrayList<String>();
        for (var topic : topics) {
            var description = described.get(topic.name());
            if (description == null) {
                continue;
            }
            var fit = TopicFit.of(
                    kafka, topic, description.partitions().size(), settings.getOrDefault(topic.name(), Map.of()));
            fit.remarks().stream().filter(told::add).forEach(LOG::info);
            refusals.addAll(fit.refusals());
        }
        if (!refusals.isEmpty()) {
            throw new IllegalStateException(String.join("; and ", refusals));
        }
    }

    /** The settings of each topic as they hold; of none where they may not be read. */
    private Map<String, Map<String, String>> settings(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var settings = new HashMap<String, Map<String, String>>();
        for (var answer : admin.describeConfigs(resources).values().entrySet()) {
            try {
                var ofTopic = new HashMap<String, String>();
                answer.getValue().get().entries().forEach(entry -> ofTopic.put(entry.name(), entry.value()));
                settings.put(answer.getKey().name(), ofTopic);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof AuthorizationException)) {
                    throw e;
                }
                if (told.add("settings")) {
                    LOG.warn(
                            "may not read the settings of topic {} and does not know whether its history is kept; {}",
                            answer.getKey().name(),
                            KafkaTrouble.of(kafka, e));
                }
            }
        }
        return settings;
    }

    private static void sleep(Backoff backoff) {
        try {
            backoff.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
