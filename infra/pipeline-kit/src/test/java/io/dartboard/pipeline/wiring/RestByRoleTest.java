package io.dartboard.pipeline.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestByRoleTest {

    @ParameterizedTest
    @CsvSource({
        "'api,planner,worker', true",
        "'api', true",
        "'worker, api', true",
        "'worker', false",
        "'planner,worker', false",
        "'', true"
    })
    void shouldOpenAPortForRestOnlyWithTheRoleApi(String roles, boolean listens) {
        var config = new SmallRyeConfigBuilder()
                .addDiscoveredInterceptors()
                .withSources(new PropertiesConfigSource(
                        roles.isEmpty() ? Map.of() : Map.of("dartboard.roles", roles), "test", 500))
                .withDefaultValue("quarkus.http.host-enabled", "true")
                .build();

        assertThat(config.getValue("quarkus.http.host-enabled", Boolean.class)).isEqualTo(listens);
        assertThat(config.getOptionalValue("quarkus.http.port", Integer.class)).isEmpty();
    }
}
