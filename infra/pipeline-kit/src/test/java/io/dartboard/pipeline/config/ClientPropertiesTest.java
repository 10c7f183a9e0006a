package io.dartboard.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\" password=\"open-sesame\";";

    @TempDir
    Path folder;

    @Test
    void shouldGiveEachClientWhatItKnows() {
        var properties = new ClientProperties(Map.of(
                "security.protocol",
                "SASL_SSL",
                "linger.ms",
                "5",
                "fetch.max.bytes",
                "1000",
                "config.providers",
                "file"));

        assertThat(properties.forAdmin()).containsOnlyKeys("security.protocol", "config.providers");
        assertThat(properties.forProducer()).containsOnlyKeys("security.protocol", "linger.ms", "config.providers");
        assertThat(properties.forConsumer())
                .containsOnlyKeys("security.protocol", "fetch.max.bytes", "config.providers");
        assertThat(properties.forStreams())
                .containsOnlyKeys("security.protocol", "linger.ms", "fetch.max.bytes", "config.providers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isolation.level",
                "acks",
                "enable.idempotence",
                "group.id",
                "value.deserializer",
                "share.acknowledgement.mode",
                "transactional.id",
                "auto.offset.reset",
                "bootstrap.servers"
            })
    void shouldRefuseWhatThePipelineRestsOn(String name) {
        assertThatThrownBy(() -> new ClientProperties(Map.of(name, "x")))
                .hasMessageStartingWith("dartboard.kafka.properties." + name)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseANameThatNoClientKnows() {
        assertThatThrownBy(() -> new ClientProperties(Map.of("ssl.truststore.locaton", "/ca.pem")))
                .hasMessageContaining("ssl.truststore.locaton")
                .hasMessageContaining("spelling");
    }

    @Test
    void shouldRefuseAValueThatKafkaDoesNotTake() {
        assertThatThrownBy(() -> new ClientProperties(Map.of("security.protocol", "SLL")))
                .hasMessageContaining("security.protocol")
                .hasMessageContaining("SLL");
        assertThatThrownBy(() -> new ClientProperties(Map.of("request.timeout.ms", "soon")))
                .hasMessageContaining("request.timeout.ms");
    }

    @Test
    void shouldTellNoSecret() {
        var properties = new ClientProperties(Map.of(
                "sasl.jaas.config", LOGIN, "ssl.keystore.key", "PEM-OF-KEY", "ssl.truststore.location", "/ca.pem"));
        var settings = new KafkaSettings("k:1", (short) 1, properties);

        assertThat(settings.toString())
                .contains("sasl.jaas.config=[hidden]", "/ca.pem")
                .doesNotContain("open-sesame", "PEM-OF-KEY");
        assertThat(properties.scrubbed("cannot parse open-sesame in " + LOGIN)).doesNotContain("open-sesame");
    }

    @Test
    void shouldPutThePrefixBeforeEachClientsId() {
        assertThat(new ClientProperties(Map.of("client.id", "team-a")).clientId("search-svc-sender"))
                .isEqualTo("team-a-search-svc-sender");
        assertThat(ClientProperties.NONE.clientId("search-svc-sender")).isEqualTo("search-svc-sender");
    }

    @Test
    void shouldReadTheFileThatKafkasToolsReadAndSetTheOptionsOverIt() throws Exception {
        var file = Files.writeString(
                folder.resolve("client.properties"), "security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n");

        var settings = KafkaSettings.of(read(Map.of(
                "dartboard.kafka.client-file",
                file.toString(),
                "dartboard.kafka.properties.\"sasl.mechanism\"",
                "SCRAM-SHA-512")));

        assertThat(settings.client())
                .isEqualTo(new ClientProperties(
                        Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512")));
    }

    @Test
    void shouldNameTheFileThatCannotBeRead() {
        assertThatThrownBy(() -> KafkaSettings.of(read(Map.of("dartboard.kafka.client-file", "/no/such/file"))))
                .hasMessageContaining("dartboard.kafka.client-file")
                .hasMessageContaining("/no/such/file");
    }

    @Test
    void shouldTakePropertiesFromTheEnvironment() {
        var config = new SmallRyeConfigBuilder()
                .withMapping(PipelineConfig.class)
                .withSources(new EnvConfigSource(
                        Map.of(
                                "DARTBOARD_KAFKA_PROPERTIES__SECURITY_PROTOCOL_", "SSL",
                                "DARTBOARD_KAFKA_PROPERTIES__SSL_TRUSTSTORE_LOCATION_", "/ca.pem"),
                        300))
                .build()
                .getConfigMapping(PipelineConfig.class);

        assertThat(KafkaSettings.of(config).client())
                .isEqualTo(
                        new ClientProperties(Map.of("security.protocol", "SSL", "ssl.truststore.location", "/ca.pem")));
    }

    private static PipelineConfig read(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(PipelineConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(PipelineConfig.class);
    }
}
