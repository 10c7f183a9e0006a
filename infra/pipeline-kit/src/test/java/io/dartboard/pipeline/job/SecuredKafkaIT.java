package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunFinished;
import io.dartboard.events.RunOutcome;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.config.ServiceIdentity;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.health.KafkaProbe;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.PlannerStreams;
import io.dartboard.pipeline.planner.PlannerWitness;
import io.dartboard.pipeline.testkit.BrokerSecurity;
import io.dartboard.pipeline.testkit.Certificate;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pipeline's clients on a broker as operators have it, and what is said when a setting or a right is wrong. */
class SecuredKafkaIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static BrokerSecurity security;
    private static Certificate stranger;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        var certificates = folder.resolve("certificates");
        var client = certificate(certificates, "client");
        var other = certificate(certificates, "stranger");
        security = new BrokerSecurity(certificate(certificates, "broker").get(), client.get());
        stranger = other.get();
        broker = new EmbeddedBroker(folder.resolve("kafka"), 5_000, security);
        grant(BrokerSecurity.USER, "nas.", "dartboard-", "workers-");
        new TopicAdmin(broker.settings()).ensure(Topics.ALL);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of("tls", security.tls()),
                Arguments.of("mutual", security.mutual()),
                Arguments.of("scram", security.scram(BrokerSecurity.USER, BrokerSecurity.PASSWORD)),
                Arguments.of("plain", security.plain(BrokerSecurity.USER, BrokerSecurity.PASSWORD)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void shouldTellReadPlanAndTakeJobs(String way, KafkaSettings kafka) throws Exception {
        new KafkaProbe(kafka).run();
        try (var sender = sender(kafka);
                var planner = planner(way, kafka)) {
            planner.start();
            var job = Samples.job("job-" + way, "run-" + way);
            sender.deliver(Topics.SEARCH_JOBS, job.getJob(), job, job.getRun(), "");
            sender.deliver(Topics.RUNS, "run-" + way, new RunCancelled("run-" + way, "enough", 0), "run-" + way, "");

            assertThat(takes(kafka, "workers-" + way, "job-" + way)).isTrue();
            await().atMost(SOON).until(() -> planner.trouble().isEmpty());
            await().atMost(SOON).until(() -> EventReader.readAll(kafka, Topics.RUNS, SOON).stream()
                    .anyMatch(event ->
                            event.value() instanceof RunFinished && event.key().equals("run-" + way)));
        }
    }

    @Test
    void shouldNameTheLoginThatIsRefusedAndHideThePassword() {
        for (var wrong : List.of(
                security.scram(BrokerSecurity.USER, "wrong-password"),
                security.plain(BrokerSecurity.USER, "wrong-password"))) {
            assertThatThrownBy(() -> new KafkaProbe(wrong).run())
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("refuses the login")
                    .hasMessageContaining("sasl.jaas.config")
                    .hasMessageNotContaining("wrong-password")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void shouldNameTheCertificateThatIsNotTrusted() {
        var wrong = security.at("TLS")
                .with(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.truststore.type",
                        "PEM",
                        "ssl.truststore.location",
                        stranger.trusted().toString()));

        assertThatThrownBy(() -> new KafkaProbe(wrong).run()).hasMessageContaining("ssl.truststore.location");
        assertThatThrownBy(() -> new KafkaProbe(security.at("MUTUAL")
                                .with(Map.of(
                                        "security.protocol",
                                        "SSL",
                                        "ssl.truststore.type",
                                        "PEM",
                                        "ssl.truststore.location",
                                        folder.resolve("certificates/broker.crt.pem")
                                                .toString())))
                        .run())
                .hasMessageContaining("wants a certificate of the client")
                .hasMessageContaining("ssl.keystore.location");
    }

    @Test
    void shouldSayThatTheCertificateIsForAnotherName() {
        var byNumber = security.tls();
        var other = new KafkaSettings(
                byNumber.bootstrapServers().replace("localhost", "127.0.0.1"), (short) 1, byNumber.client());

        assertThatThrownBy(() -> new KafkaProbe(other).run())
                .hasMessageContaining("for another name")
                .hasMessageContaining("dartboard.kafka.bootstrap-servers");
    }

    @Test
    void shouldNameTheFileThatIsMissing() {
        var missing = security.at("TLS")
                .with(Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.location", "/no/such/ca.pem"));

        assertThatThrownBy(() -> new KafkaProbe(missing).run()).hasMessageContaining("/no/such/ca.pem");
    }

    @Test
    void shouldSayWhichProtocolAListenerSpeaks() {
        var plain = KafkaSettings.at(broker.settings().bootstrapServers());
        assertThatThrownBy(() -> new KafkaProbe(security.at("TLS")).run()).hasMessageContaining("speaks TLS");
        assertThatThrownBy(() -> new KafkaProbe(security.at("PLAIN")).run()).hasMessageContaining("asks for a login");
        assertThatThrownBy(() -> new KafkaProbe(plain.with(Map.of("security.protocol", "SSL"))).run())
                .hasMessageContaining("a broker without TLS");
        assertThatThrownBy(() -> new KafkaProbe(plain.with(Map.of(
                                "security.protocol",
                                "SASL_PLAINTEXT",
                                "sasl.mechanism",
                                "PLAIN",
                                "sasl.jaas.config",
                                BrokerSecurity.login(
                                        "org.apache.kafka.common.security.plain.PlainLoginModule", "a", "bcd"))))
                        .run())
                .hasMessageContaining("takes no login");
    }

    @Test
    void shouldTellAfterThePasswordHasBeenMended() throws Exception {
        var password = Files.writeString(folder.resolve("password.properties"), "password=wrong-one");
        var kafka = security.plain(BrokerSecurity.USER, "unused");
        var properties = new HashMap<String, String>();
        kafka.client().forAdmin().forEach((name, value) -> properties.put(name, (String) value));
        properties.put("config.providers", "file");
        properties.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        properties.put(
                "sasl.jaas.config",
                BrokerSecurity.login(
                        "org.apache.kafka.common.security.plain.PlainLoginModule",
                        BrokerSecurity.USER,
                        "${file:%s:password}".formatted(password)));
        var read = kafka.with(properties);
        try (var sender = sender(read);
                var planner = planner("mended", read)) {
            planner.start();
            await().atMost(SOON).untilAsserted(() -> assertThat(planner.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("refuses the login")));
            var told = CompletableFuture.supplyAsync(() -> {
                try {
                    return sender.deliver(Topics.RUNS, "run-m", new RunCancelled("run-m", "enough", 0), "run-m", "");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Thread.sleep(500);
            assertThat(told).isNotDone();

            Files.writeString(password, "password=" + BrokerSecurity.PASSWORD);

            assertThat(told.get().offset()).isNotNegative();
            await().atMost(SOON).until(() -> planner.trouble().isEmpty());
        }
    }

    @Test
    void shouldPlanOnceTheRightsAreGranted() throws Exception {
        var kafka = security.scram(BrokerSecurity.STRANGER, BrokerSecurity.PASSWORD);
        var group = "workers-stranger";
        try (var planner = planner("stranger", kafka);
                var consumer = ShareGroup.consumer(kafka, group, "stranger")) {
            consumer.subscribe(List.of(Topics.SEARCH_JOBS.name()));
            assertThatThrownBy(() -> {
                        for (var tries = 0; tries < 50; tries++) {
                            consumer.poll(Duration.ofMillis(200));
                        }
                    })
                    .satisfies(e -> assertThat(io.dartboard.pipeline.connect.KafkaTrouble.of(kafka, e))
                            .contains("no right on")
                            .contains("kafka-acls.sh --add"));
            planner.start();
            await().atMost(SOON).untilAsserted(() -> assertThat(planner.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("kafka-topics.sh", "--create")));
            assertThatThrownBy(() -> EventReader.readAll(kafka, Topics.RUNS, Duration.ofSeconds(5)))
                    .hasMessageContaining("no right on topic nas.runs");

            grant(BrokerSecurity.STRANGER, "nas.", "dartboard-", "workers-");

            await().atMost(SOON).until(() -> planner.trouble().isEmpty());
        }
    }

    private static boolean takes(KafkaSettings kafka, String group, String job) throws InterruptedException {
        assertThat(ShareGroup.configure(kafka, group)).isTrue();
        var deadline = System.nanoTime() + SOON.toNanos();
        try (var consumer = ShareGroup.consumer(kafka, group, group)) {
            consumer.subscribe(List.of(Topics.SEARCH_JOBS.name()));
            while (System.nanoTime() < deadline) {
                for (var record : consumer.poll(Duration.ofMillis(500))) {
                    consumer.acknowledge(record, AcknowledgeType.ACCEPT);
                    var kept = consumer.commitSync();
                    assertThat(kept.values()).allMatch(java.util.Optional::isEmpty);
                    if (new String(record.key(), StandardCharsets.UTF_8).equals(job)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static EventSender sender(KafkaSettings kafka) {
        return new EventSender(kafka, new ServiceIdentity("test-svc", "1"), Clock.systemUTC());
    }

    private static PlannerStreams planner(String name, KafkaSettings kafka) {
        return new PlannerStreams(
                name,
                "1",
                new Finisher(),
                PlannerWitness.NONE,
                SchemaBook.AS_IT_IS,
                kafka,
                folder.resolve("state-" + name),
                Duration.ofMinutes(1),
                () -> new TopicAdmin(kafka).ensureNow(Topics.ALL));
    }

    private static void grant(String user, String topics, String planners, String workers)
            throws ExecutionException, InterruptedException {
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", broker.settings().bootstrapServers()))) {
            admin.createAcls(Stream.of(
                                    acls(user, ResourceType.TOPIC, topics, AclOperation.ALL),
                                    acls(user, ResourceType.TOPIC, planners, AclOperation.ALL),
                                    acls(user, ResourceType.GROUP, planners, AclOperation.READ, AclOperation.DESCRIBE),
                                    acls(
                                            user,
                                            ResourceType.GROUP,
                                            workers,
                                            AclOperation.READ,
                                            AclOperation.DESCRIBE,
                                            AclOperation.ALTER_CONFIGS),
                                    acls(
                                            user,
                                            ResourceType.TRANSACTIONAL_ID,
                                            planners,
                                            AclOperation.WRITE,
                                            AclOperation.DESCRIBE))
                            .flatMap(List::stream)
                            .toList())
                    .all()
                    .get();
        }
    }

    private static List<AclBinding> acls(String user, ResourceType type, String prefix, AclOperation... operations) {
        return Stream.of(operations)
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, prefix, PatternType.PREFIXED),
                        new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)))
                .toList();
    }

    private static CompletableFuture<Certificate> certificate(Path into, String name) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Certificate.make(into, name, "dns:localhost");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Finishes each cancelled run. */
    private static final class Finisher implements Decider {
        @Override
        public Set<Topic<?>> inputs() {
            return Set.of(Topics.RUNS);
        }

        @Override
        public Set<Topic<?>> outputs() {
            return Set.of(Topics.RUNS);
        }

        @Override
        public void decide(Fact fact, Ledger ledger, Outbox outbox) {
            if (fact.value() instanceof RunCancelled && ledger.mark("finished/" + fact.key())) {
                outbox.send(
                        Topics.RUNS, fact.key(), new RunFinished(fact.key(), RunOutcome.CANCELLED, "", 0), fact.key());
            }
        }
    }
}
