package io.dartboard.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.home.Home;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Member;
import io.dartboard.local.home.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
    private static final Instance FIRST = Instance.first(Member.EVAL);
    private static final Instance SECOND = new Instance(Member.EVAL, 2);

    @TempDir
    private Path folder;

    private final Ports ports = Ports.standard().withWorkers(2);

    @Test
    void shouldMakeAFurtherProcessAWorkerAloneWithPlacesOfItsOwn() {
        var home = new Home(folder).create();
        var launch = new Launch(folder, "cpu", 1);

        var first = launch.environment(FIRST, home, ports);
        var second = launch.environment(SECOND, home, ports);

        assertThat(first).doesNotContainKey("DARTBOARD_ROLES");
        assertThat(second).containsEntry("DARTBOARD_ROLES", "worker");
        assertThat(second.get("DARTBOARD_WORK_DIR")).isNotEqualTo(first.get("DARTBOARD_WORK_DIR"));
        assertThat(second.get("QUARKUS_MANAGEMENT_PORT")).isNotEqualTo(first.get("QUARKUS_MANAGEMENT_PORT"));
        assertThat(home.log(SECOND)).isNotEqualTo(home.log(FIRST));
    }

    @Test
    void shouldHaveEveryLogTurnedOver() {
        var home = new Home(folder).create();
        var launch = new Launch(folder, "cpu", 1);

        assertThat(launch.environment(FIRST, home, ports))
                .containsEntry("QUARKUS_LOG_FILE_PATH", home.log(FIRST).toString())
                .containsEntry("QUARKUS_LOG_FILE_ROTATION_MAX_FILE_SIZE", "10M")
                .containsEntry("QUARKUS_LOG_CONSOLE_ENABLED", "false");
        var stack = Instance.first(Member.STACK);
        assertThat(launch.command(stack, home)).contains("-Ddartboard.log=" + home.log(stack));
    }

    @Test
    void shouldLetEveryProcessNameFilesInEveryScript() {
        var home = new Home(folder).create();
        var launch = new Launch(folder, "cpu", 1);

        for (var instance : List.of(Instance.first(Member.STACK), FIRST, SECOND)) {
            assertThat(launch.environment(instance, home, ports)).containsEntry("LC_ALL", "C.UTF-8");
            assertThat(launch.command(instance, home)).contains("-Dfile.encoding=UTF-8");
        }
    }

    @Test
    void shouldLetSettingsStandAboveTheUsual() {
        var home = new Home(folder).create();
        var launch = new Launch(
                folder,
                "cpu",
                1,
                "-Xmx384m",
                List.of("-XX:TieredStopAtLevel=1"),
                Map.of("DARTBOARD_S3_ENDPOINT", "http://127.0.0.1:1"));

        assertThat(launch.environment(FIRST, home, ports)).containsEntry("DARTBOARD_S3_ENDPOINT", "http://127.0.0.1:1");
        assertThat(launch.environment(Instance.first(Member.STACK), home, ports))
                .doesNotContainKey("DARTBOARD_S3_ENDPOINT");
        assertThat(launch.command(FIRST, home)).contains("-Xmx384m", "-XX:TieredStopAtLevel=1");
        assertThat(launch.command(Instance.first(Member.STACK), home))
                .contains("-XX:TieredStopAtLevel=1")
                .doesNotContain("-Xmx384m");
    }
}
