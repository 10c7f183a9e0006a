package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.dartboard.local.chaos.ChaosPlan;
import io.dartboard.local.chaos.ChaosRun;
import io.dartboard.local.chaos.Promise;
import io.dartboard.local.home.Home;
import io.dartboard.local.launch.Launch;
import io.dartboard.local.show.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A short chaos of a fixed seed. Needs the services' packages, which {@code mvn verify} has made by the time it comes here. */
@Tag("chaos")
class ChaosIT {
    private static final long SEED = 63;
    private static final Duration LENGTH = Duration.ofSeconds(75);
    private static final Duration SETTLE = Duration.ofMinutes(5);
    private static final int WORKERS = 2;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // The logs of what failed are wanted.
    private Path folder;

    @Test
    void shouldKeepEveryPromiseThroughTwoMinutesOfFaults() throws Exception {
        var repository = Path.of("").toAbsolutePath().resolve("../..").normalize();
        assumeThat(new Launch(repository, "cpu", 1).missing())
                .describedAs("services that are not packaged; mvn verify packages them")
                .isEmpty();
        var terminal = Terminal.plain(System.out);
        var plan = new ChaosPlan(
                SEED,
                LENGTH,
                WORKERS,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(3),
                3,
                List.of(),
                SETTLE);

        var report = new ChaosRun(
                        plan,
                        new Home(folder.resolve("chaos")),
                        repository,
                        address -> new SearchApi(address, Duration.ofSeconds(15)),
                        new LaunchLines(terminal),
                        terminal)
                .run();

        report.show(terminal);
        assertThat(report.checks())
                .allSatisfy(check ->
                        assertThat(check.broken()).describedAs(check.what()).isEmpty());
        assertThat(report.checks()).extracting(Promise::what).hasSize(6);
    }
}
