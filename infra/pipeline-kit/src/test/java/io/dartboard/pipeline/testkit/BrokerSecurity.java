package io.dartboard.pipeline.testkit;

import io.dartboard.pipeline.config.KafkaSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Listeners of a broker as operators have them, all at once: TLS, TLS with a certificate of the client, SASL_SSL with
 * SCRAM-SHA-512, and SASL PLAIN. Who comes by the plain listener, or by TLS without a certificate, may do all.
 */
public final class BrokerSecurity {
    /** Users of the SASL listeners; none may do anything before it is granted. */
    public static final String USER = "alice";

    /** One who is granted nothing. */
    public static final String STRANGER = "bob";

    /** Of every user. */
    public static final String PASSWORD = "open-sesame";

    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private final Certificate broker;
    private final Certificate client;
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    public BrokerSecurity(Certificate broker, Certificate client) {
        this.broker = broker;
        this.client = client;
        for (var listener : List.of("TLS", "MUTUAL", "SCRAM", "PLAIN")) {
            ports.put(listener, EmbeddedBroker.freePort());
        }
    }

    /** The address of a listener: TLS, MUTUAL, SCRAM or PLAIN. */
    public KafkaSettings at(String listener) {
        return KafkaSettings.at("localhost:" + ports.get(listener));
    }

    public KafkaSettings tls() {
        return at("TLS").with(trusting(Map.of("security.protocol", "SSL")));
    }

    public KafkaSettings mutual() {
        return at("MUTUAL")
                .with(trusting(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.location",
                        client.identity().toString())));
    }

    public KafkaSettings scram(String user, String password) {
        return at("SCRAM")
                .with(trusting(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.mechanism",
                        "SCRAM-SHA-512",
                        "sasl.jaas.config",
                        login(SCRAM, user, password))));
    }

    public KafkaSettings plain(String user, String password) {
        return at("PLAIN")
                .with(Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        login(PLAIN, user, password)));
    }

    public static String login(String module, String user, String password) {
        return "%s required username=\"%s\" password=\"%s\";".formatted(module, user, password);
    }

    List<String> scramArguments() {
        return List.of(USER, STRANGER).stream()
                .map(user -> "SCRAM-SHA-512=[name=%s,password=%s]".formatted(user, PASSWORD))
                .toList();
    }

    void extend(Map<String, String> broker) {
        ports.forEach((listener, port) -> {
            broker.merge("listeners", "%s://localhost:%d".formatted(listener, port), BrokerSecurity::joined);
            broker.merge("advertised.listeners", "%s://localhost:%d".formatted(listener, port), BrokerSecurity::joined);
        });
        broker.merge(
                "listener.security.protocol.map",
                "TLS:SSL,MUTUAL:SSL,SCRAM:SASL_SSL,PLAIN:SASL_PLAINTEXT",
                BrokerSecurity::joined);
        broker.put("inter.broker.listener.name", "PLAINTEXT");
        broker.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
        broker.put("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        broker.put("listener.name.scram.scram-sha-512.sasl.jaas.config", SCRAM + " required;");
        broker.put("listener.name.plain.sasl.enabled.mechanisms", "PLAIN");
        broker.put(
                "listener.name.plain.plain.sasl.jaas.config",
                "%s required user_%s=\"%s\" user_%s=\"%s\";".formatted(PLAIN, USER, PASSWORD, STRANGER, PASSWORD));
        broker.put("ssl.keystore.type", "PKCS12");
        broker.put("ssl.keystore.location", this.broker.store().toString());
        broker.put("ssl.keystore.password", Certificate.PASSWORD);
        broker.put("ssl.truststore.type", "PEM");
        broker.put("ssl.truststore.location", client.trusted().toString());
        broker.put("listener.name.mutual.ssl.client.auth", "required");
        broker.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        broker.put("super.users", "User:ANONYMOUS;User:CN=client");
    }

    private Map<String, String> trusting(Map<String, String> other) {
        var all = new LinkedHashMap<>(other);
        all.put("ssl.truststore.type", "PEM");
        all.put("ssl.truststore.location", broker.trusted().toString());
        return all;
    }

    private static String joined(String one, String other) {
        return one + "," + other;
    }
}
