package io.dartboard.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreCredentialsTest {
    private static final Map<String, String> KEYS =
            Map.of("dartboard.s3.access-key", "a", "dartboard.s3.secret-key", "top-secret");
    private static final Map<String, String> FILES =
            Map.of("dartboard.s3.access-key-file", "/run/a", "dartboard.s3.secret-key-file", "/run/s");

    @Test
    void shouldTakeTheFirstThatIsThere() {
        var aws = Map.of("AWS_ACCESS_KEY_ID", "x", "AWS_WEB_IDENTITY_TOKEN_FILE", "/t");

        assertThat(of(KEYS, aws)).isEqualTo(new StoreCredentials.Keys("a", "top-secret"));
        assertThat(of(FILES, aws)).isEqualTo(new StoreCredentials.KeyFiles(Path.of("/run/a"), Path.of("/run/s")));
        assertThat(of(Map.of(), aws)).isEqualTo(new StoreCredentials.Environment());
        assertThat(of(Map.of(), Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/t"))).isEqualTo(new StoreCredentials.Role());
        assertThat(of(Map.of(), Map.of("AWS_PROFILE", "p"))).isEqualTo(new StoreCredentials.Profile());
    }

    @ParameterizedTest
    @CsvSource({"environment, Environment", "profile, Profile", "role, Role"})
    void shouldTakeTheSourceThatIsNamed(String name, String kind) {
        assertThat(of(Map.of("dartboard.s3.credentials", name), Map.of())
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void shouldFallBackOnTheKeysOfANewMinioWhereNothingIsConfigured() {
        assertThat(of(Map.of(), Map.of())).isEqualTo(new StoreCredentials.Keys("minioadmin", "minioadmin"));
    }

    @Test
    void shouldRefuseHalfAPair() {
        assertThatThrownBy(() -> of(Map.of("dartboard.s3.access-key", "a"), Map.of()))
                .hasMessageContaining("dartboard.s3.secret-key is missing");
        assertThatThrownBy(() -> of(Map.of("dartboard.s3.secret-key-file", "/s"), Map.of()))
                .hasMessageContaining("dartboard.s3.access-key-file is missing");
        assertThatThrownBy(() -> of(Map.of("dartboard.s3.credentials", "keys"), Map.of()))
                .hasMessageContaining("dartboard.s3.access-key is missing");
    }

    @Test
    void shouldTellNoKey() {
        assertThat(of(KEYS, Map.of()).toString()).doesNotContain("top-secret");
    }

    private static StoreCredentials of(Map<String, String> settings, Map<String, String> environment) {
        var config = new SmallRyeConfigBuilder()
                .withMapping(PipelineConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(PipelineConfig.class);
        return StoreCredentials.of(config.s3(), environment);
    }
}
