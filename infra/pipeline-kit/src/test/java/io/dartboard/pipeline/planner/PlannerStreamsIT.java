package io.dartboard.pipeline.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.RunPaused;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerStreamsIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;

    @BeforeAll
    static void start() {
        broker = new EmbeddedBroker(folder.resolve("kafka"), 2_000);
        kafka = broker.settings();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldStartOnceATopicIsRepairedAndTheBrokerIsBack() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("nas.steering", 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "delete", "retention.ms", "60000"))))
                    .all()
                    .get();
        }
        broker.stop();
        try (var planner = planner("restored", Topics.STEERING, fact -> {})) {
            planner.start();
            trouble(planner, "nothing listens there");

            broker.restart();
            trouble(
                    planner,
                    "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name nas.steering --add-config retention.ms=-1"
                            .formatted(kafka.bootstrapServers()));

            try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                admin.incrementalAlterConfigs(Map.of(
                                new ConfigResource(ConfigResource.Type.TOPIC, "nas.steering"),
                                List.of(new AlterConfigOp(
                                        new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET))))
                        .all()
                        .get();
            }
            await().atMost(SOON).until(() -> planner.trouble().isEmpty());
        }
    }

    @Test
    void shouldNotBeReadyWhileItRunsAndCommitsNothing() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var planner = planner("stuck", Topics.RUNS, fact -> {
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
                var sender = new EventSender(kafka, new ServiceIdentity("test-svc", "1"), Clock.systemUTC())) {
            planner.start();
            await().atMost(SOON).until(() -> planner.trouble().isEmpty());

            sender.deliver(Topics.RUNS, "r", new RunPaused("r", "", 0), "r", "");
            trouble(planner, "has committed nothing for");
            assertThat(planner.trouble().orElseThrow()).contains("1 on nas.runs");
            assertThat(planner.streams().orElseThrow().state().name()).isEqualTo("RUNNING");

            goOn.countDown();
            await().atMost(SOON).until(() -> planner.trouble().isEmpty());
        }
    }

    @Test
    void shouldSayThatItDiesAgainAndAgain() throws Exception {
        var deaths = new AtomicInteger();
        try (var planner = planner("dying", Topics.DATASETS, fact -> {
                    deaths.incrementAndGet();
                    throw new StackOverflowError("too deep");
                });
                var sender = new EventSender(kafka, new ServiceIdentity("test-svc", "1"), Clock.systemUTC())) {
            planner.start();
            await().atMost(SOON).until(() -> planner.trouble().isEmpty());

            sender.deliver(Topics.DATASETS, "d", Samples.dataset(), "", "");

            await().atMost(SOON).until(() -> deaths.get() >= 3);
            trouble(planner, "too deep");
        }
    }

    private static void trouble(PlannerStreams planner, String word) {
        await().atMost(SOON).untilAsserted(() -> assertThat(planner.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains(word)));
    }

    private static PlannerStreams planner(String name, Topic<?> input, java.util.function.Consumer<Fact> on) {
        return new PlannerStreams(
                name,
                "1",
                new Decider() {
                    @Override
                    public Set<Topic<?>> inputs() {
                        return Set.of(input);
                    }

                    @Override
                    public Set<Topic<?>> outputs() {
                        return Set.of(Topics.GENOTYPES);
                    }

                    @Override
                    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
                        on.accept(fact);
                        ledger.mark(fact.id());
                    }
                },
                PlannerWitness.NONE,
                SchemaBook.AS_IT_IS,
                kafka,
                folder.resolve("state-" + name),
                Duration.ofSeconds(3),
                () -> new TopicAdmin(kafka).ensureNow(Set.of(input, Topics.GENOTYPES, Topics.DEAD_LETTERS)));
    }
}
