package io.dartboard.search.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.BudgetUnit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetMetersTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldShowWhatIsLeftOfEachUnitAndTakeItAwayWithTheRun() {
        var meters = new BudgetMeters(registry, Clock.fixed(NOW, ZoneOffset.UTC));
        meters.show(new BudgetStandings(
                NOW,
                List.of(
                        new BudgetStanding("r1", BudgetUnit.DEVICE_SECONDS, 100, 30),
                        new BudgetStanding("r1", BudgetUnit.EPOCHS, 9, 10))));

        assertThat(value("nas.run.budget", "deviceSeconds")).isEqualTo(100);
        assertThat(value("nas.run.budget.left", "deviceSeconds")).isEqualTo(70);
        assertThat(value("nas.run.budget.left", "epochs")).isZero();

        meters.show(new BudgetStandings(NOW, List.of()));
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldShowNothingOfLongAgo() {
        var meters = new BudgetMeters(registry, Clock.fixed(NOW.plus(Duration.ofMinutes(2)), ZoneOffset.UTC));
        meters.show(new BudgetStandings(NOW, List.of(new BudgetStanding("r1", BudgetUnit.EPOCHS, 9, 1))));
        assertThat(value("nas.run.budget.left", "epochs")).isNaN();
    }

    private double value(String meter, String unit) {
        return registry.get(meter).tag("run", "r1").tag("unit", unit).gauge().value();
    }
}
