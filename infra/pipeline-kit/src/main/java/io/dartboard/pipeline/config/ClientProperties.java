package io.dartboard.pipeline.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Settings of Kafka's own clients that an installation adds: security, timeouts, sizes. Checked when made: a name that no
 * client knows, a value that none takes and what the pipeline rests on are refused. Never tells a secret.
 */
public final class ClientProperties {
    private static final String OPTION = "dartboard.kafka.properties.";
    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
    private static final String CLIENT_ID = "client.id";
    private static final String HIDDEN = "[hidden]";
    private static final int SHORTEST_SECRET = 3;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"|'([^']+)'|=\\s*([^\\s;\"']+)");

    private static final ConfigDef ADMIN = AdminClientConfig.configDef();
    private static final ConfigDef PRODUCER = ProducerConfig.configDef();
    private static final ConfigDef CONSUMER = ConsumerConfig.configDef();

    /** Exactly once, one record at a time, committed records only, and no group but our own: all of it hangs on these. */
    private static final Set<String> RESERVED = Set.of(
            "bootstrap.servers",
            "bootstrap.controllers",
            "isolation.level",
            "acks",
            "enable.idempotence",
            "transactional.id",
            "transaction.timeout.ms",
            "transaction.two.phase.commit.enable",
            "retries",
            "max.in.flight.requests.per.connection",
            "partitioner.class",
            "key.serializer",
            "value.serializer",
            "key.deserializer",
            "value.deserializer",
            "group.id",
            "group.instance.id",
            "group.protocol",
            "group.remote.assignor",
            "partition.assignment.strategy",
            "session.timeout.ms",
            "heartbeat.interval.ms",
            "max.poll.records",
            "max.poll.interval.ms",
            "auto.offset.reset",
            "enable.auto.commit",
            "auto.commit.interval.ms",
            "allow.auto.create.topics",
            "exclude.internal.topics",
            "internal.leave.group.on.close",
            "internal.throw.on.fetch.stable.offset.unsupported",
            "share.acquire.mode",
            "share.acknowledgement.mode");

    /** None. Stands behind what it is checked against. */
    public static final ClientProperties NONE = new ClientProperties(Map.of());

    private final Map<String, String> properties;

    /**
     * Takes what was configured.
     *
     * @throws IllegalArgumentException in one line, if a property is unknown, reserved or has a value that Kafka does not take
     */
    public ClientProperties(Map<String, String> properties) {
        var all = new TreeMap<String, String>();
        properties.forEach((name, value) -> all.put(unquoted(name), value));
        this.properties = Map.copyOf(all);
        all.keySet().forEach(ClientProperties::checkName);
        checkValues();
    }

    /**
     * Reads what Kafka's own tools read with {@code --command-config}, and then sets the given ones over it.
     *
     * @throws IllegalArgumentException if the file cannot be read, or as the constructor
     */
    public static ClientProperties of(Path file, Map<String, String> over) {
        var read = new Properties();
        try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "dartboard.kafka.client-file cannot be read (%s: %s); name a readable file of Kafka client properties"
                            .formatted(e.getClass().getSimpleName(), file),
                    e);
        }
        var all = new HashMap<String, String>();
        read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
        over.forEach((name, value) -> all.put(unquoted(name), value));
        return new ClientProperties(all);
    }

    /** What of it an admin client takes. */
    public Map<String, Object> forAdmin() {
        return known(List.of(ADMIN), Set.of());
    }

    /** What of it a producer takes. */
    public Map<String, Object> forProducer() {
        return known(List.of(PRODUCER), Set.of());
    }

    /** What of it a consumer takes. */
    public Map<String, Object> forConsumer() {
        return known(List.of(CONSUMER), Set.of());
    }

    /** What of it a consumer of a share group takes. */
    public Map<String, Object> forShareConsumer() {
        return known(List.of(CONSUMER), Set.of("interceptor.classes"));
    }

    /** All of it: Kafka Streams gives each of its clients what it takes. */
    public Map<String, Object> forStreams() {
        return known(List.of(ADMIN, PRODUCER, CONSUMER), Set.of());
    }

    /** The client's id, behind the installation's own prefix if it has one. */
    public String clientId(String own) {
        var prefix = properties.get(CLIENT_ID);
        return prefix == null || prefix.isBlank() ? own : prefix.strip() + "-" + own;
    }

    /** The text without any secret that stands in these settings. */
    public String scrubbed(String text) {
        var clean = text;
        for (var secret : secrets()) {
            clean = clean.replace(secret, HIDDEN);
        }
        return clean;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientProperties that && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return properties.hashCode();
    }

    /** Names and values, secrets hidden. */
    @Override
    public String toString() {
        var shown = new TreeMap<String, String>();
        properties.forEach((name, value) -> shown.put(name, isSecret(name) ? HIDDEN : value));
        return shown.toString();
    }

    private Map<String, Object> known(List<ConfigDef> clients, Set<String> not) {
        var known = new HashMap<String, Object>();
        properties.forEach((name, value) -> {
            var taken = isProvider(name)
                    || clients.stream().anyMatch(def -> def.names().contains(name));
            if (taken && !name.equals(CLIENT_ID) && !not.contains(name)) {
                known.put(name, value);
            }
        });
        return known;
    }

    private static void checkName(String name) {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException(
                    "%s%s cannot be set: the pipeline rests on its own value of it; remove it%s"
                            .formatted(
                                    OPTION,
                                    name,
                                    name.equals("bootstrap.servers")
                                            ? " and set dartboard.kafka.bootstrap-servers"
                                            : ""));
        }
        if (!isProvider(name)
                && List.of(ADMIN, PRODUCER, CONSUMER).stream()
                        .noneMatch(def -> def.names().contains(name))) {
            throw new IllegalArgumentException(
                    "%s%s is no property of a client of Kafka %s; check its spelling (https://kafka.apache.org/documentation/#configuration)"
                            .formatted(OPTION, name, AppInfoParser.getVersion()));
        }
    }

    /** Values that come from a provider are resolved when a client is made. */
    private void checkValues() {
        for (var def : List.of(ADMIN, PRODUCER, CONSUMER)) {
            properties.forEach((name, value) -> {
                var key = def.configKeys().get(name);
                if (key == null || value.contains("${")) {
                    return;
                }
                try {
                    var parsed = ConfigDef.parseType(name, value, key.type);
                    if (key.validator != null) {
                        key.validator.ensureValid(name, parsed);
                    }
                } catch (ConfigException e) {
                    // Without the cause: its message may hold the value.
                    throw new IllegalArgumentException("%s%s has a value that Kafka does not take%s"
                            .formatted(
                                    OPTION,
                                    name,
                                    isSecret(name) ? "" : " (%s)".formatted(String.valueOf(e.getMessage()))));
                }
            });
        }
    }

    private List<String> secrets() {
        var secrets = new ArrayList<String>();
        properties.forEach((name, value) -> {
            if (!isSecret(name)) {
                return;
            }
            if (value.length() >= SHORTEST_SECRET) {
                secrets.add(value);
            }
            var parts = QUOTED.matcher(value);
            while (parts.find()) {
                for (var group = 1; group <= parts.groupCount(); group++) {
                    var part = parts.group(group);
                    if (part != null && part.length() >= SHORTEST_SECRET) {
                        secrets.add(part);
                    }
                }
            }
        });
        secrets.sort((one, other) -> other.length() - one.length());
        return secrets;
    }

    private static boolean isProvider(String name) {
        return name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".");
    }

    private static boolean isSecret(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("secret")
                || lower.contains("assertion")
                || name.startsWith(PROVIDERS + ".") && name.contains(".param.")
                || List.of(ADMIN, PRODUCER, CONSUMER).stream()
                        .map(def -> def.configKeys().get(name))
                        .anyMatch(key -> key != null && key.type == ConfigDef.Type.PASSWORD);
    }

    private static String unquoted(String name) {
        var bare = name.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }
}
