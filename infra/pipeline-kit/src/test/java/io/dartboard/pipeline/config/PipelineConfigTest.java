package io.dartboard.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineConfigTest {
    private static final Map<String, String> EVERYTHING = Map.ofEntries(
            Map.entry("dartboard.kafka.bootstrap-servers", "k1:9092,k2:9092"),
            Map.entry("dartboard.kafka.replication-factor", "3"),
            Map.entry("dartboard.s3.endpoint", "https://s3.example:9000"),
            Map.entry("dartboard.s3.access-key", "a"),
            Map.entry("dartboard.s3.secret-key", "b"),
            Map.entry("dartboard.s3.bucket", "c"),
            Map.entry("dartboard.s3.region", "d"),
            Map.entry("dartboard.roles", "planner, worker"),
            Map.entry("dartboard.devices", "gpu0,gpu1"),
            Map.entry("dartboard.threads", "4"),
            Map.entry("dartboard.loader-threads", "6"),
            Map.entry("dartboard.work-dir", "/var/lib/dartboard"),
            Map.entry("dartboard.job.lease", "7s"),
            Map.entry("dartboard.job.max-attempts", "9"),
            Map.entry("dartboard.job.retry-backoff", "2s"),
            Map.entry("dartboard.job.stall-timeout", "3m"),
            Map.entry("dartboard.job.progress-interval", "500ms"),
            Map.entry("dartboard.job.shutdown-grace", "40"),
            Map.entry("dartboard.checkpoint.interval", "PT1M"),
            Map.entry("dartboard.checkpoint.epochs", "7"),
            Map.entry("dartboard.checkpoint.keep", "2"),
            Map.entry("dartboard.cache.keep", "5d"),
            Map.entry("dartboard.datasets.folders", "/data,/more/data"),
            Map.entry("dartboard.datasets.folders-file", "/etc/dartboard/folders"),
            Map.entry("dartboard.verdict.level", "0.01"));

    @Test
    void shouldStartWithoutAnySetting() {
        var config = read(Map.of());

        assertThat(KafkaSettings.of(config)).isEqualTo(new KafkaSettings("localhost:9092", (short) -1));
        assertThat(StoreSettings.of(config))
                .isEqualTo(new StoreSettings("http://localhost:9000", "minioadmin", "minioadmin", "nas", "us-east-1"));
        assertThat(JobSettings.of(config))
                .isEqualTo(new JobSettings(
                        List.of("cpu"),
                        Duration.ofSeconds(30),
                        5,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(25)));
        assertThat(CheckpointSettings.of(config))
                .isEqualTo(new CheckpointSettings(Path.of("work"), Duration.ofMinutes(5), 1, 3));
        assertThat(CacheSettings.of(config)).isEqualTo(new CacheSettings(Path.of("work"), Duration.ofDays(30)));
        assertThat(Role.of(config)).containsExactlyInAnyOrder(Role.values());
        assertThat(config.threads()).isZero();
        assertThat(config.datasets().folders()).isEmpty();
        assertThat(config.datasets().foldersFile()).isEmpty();
        assertThat(LoaderThreads.of(config, 12)).isEqualTo(12);
        assertThat(config.verdict().level()).isEqualTo(0.05);
    }

    @Test
    void shouldTakeEverySetting() {
        var config = read(EVERYTHING);

        assertThat(KafkaSettings.of(config)).isEqualTo(new KafkaSettings("k1:9092,k2:9092", (short) 3));
        assertThat(StoreSettings.of(config))
                .isEqualTo(new StoreSettings("https://s3.example:9000", "a", "b", "c", "d"));
        assertThat(JobSettings.of(config))
                .isEqualTo(new JobSettings(
                        List.of("gpu0", "gpu1"),
                        Duration.ofSeconds(7),
                        9,
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(3),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(40)));
        assertThat(CheckpointSettings.of(config))
                .isEqualTo(new CheckpointSettings(Path.of("/var/lib/dartboard"), Duration.ofMinutes(1), 7, 2));
        assertThat(Role.of(config)).containsExactlyInAnyOrder(Role.PLANNER, Role.WORKER);
        assertThat(config.threads()).isEqualTo(4);
        assertThat(config.datasets().folders()).hasValue(List.of("/data", "/more/data"));
        assertThat(config.datasets().foldersFile()).hasValue("/etc/dartboard/folders");
        assertThat(LoaderThreads.of(config, 12)).isEqualTo(6);
        assertThat(config.verdict().level()).isEqualTo(0.01);
    }

    @Test
    void shouldShareTheProcessorsAmongTheDevicesAndLeaveNoneWithoutALoader() {
        assertThat(LoaderThreads.of(read(Map.of("dartboard.devices", "gpu0,gpu1,gpu2")), 16))
                .isEqualTo(5);
        assertThat(LoaderThreads.of(read(Map.of("dartboard.devices", "gpu0,gpu1")), 1))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "dartboard.kafka.bootstrap-servers, ' '",
        "dartboard.kafka.replication-factor, 0",
        "dartboard.s3.endpoint, minio",
        "dartboard.roles, reporter",
        "dartboard.roles, 'worker,reporter'",
        "dartboard.s3.endpoint, http://user:pass@minio:9000",
        "dartboard.s3.credentials, guess",
        "dartboard.devices, tpu",
        "dartboard.loader-threads, -1",
        "dartboard.job.max-attempts, 0",
        "dartboard.job.stall-timeout, 5s",
        "dartboard.job.lease, 0s",
        "dartboard.checkpoint.keep, 0",
        "dartboard.checkpoint.interval, 0",
        "dartboard.checkpoint.epochs, 0"
    })
    void shouldNameTheOptionThatIsWrong(String option, String value) {
        assertThatThrownBy(() -> {
                    var config = read(Map.of(option, value));
                    KafkaSettings.of(config);
                    StoreSettings.of(config);
                    JobSettings.of(config);
                    Role.of(config);
                    CheckpointSettings.of(config);
                    LoaderThreads.of(config);
                })
                .hasMessageContaining(option);
    }

    @Test
    void shouldExplainHowToWriteADuration() {
        assertThatThrownBy(() -> new DurationConverter().convert("soon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT30S")
                .hasMessageContaining("soon");
    }

    @Test
    void shouldNotPrintTheSecret() {
        assertThat(new StoreSettings("http://h:1", "key", "top-secret", "nas", "r").toString())
                .doesNotContain("top-secret");
    }

    private static PipelineConfig read(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(PipelineConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(PipelineConfig.class);
    }
}
