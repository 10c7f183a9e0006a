package io.dartboard.search.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderMetersTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant time = NOW;
    private final OrderMeters meters = new OrderMeters(registry, new Clock() {
        @Override
        public Instant instant() {
            return time;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    @Test
    void shouldShowOrdersAndChampions() {
        var due = Optional.of(NOW.minusSeconds(90));
        meters.show(new Standings(
                NOW,
                List.of(
                        new OrderStanding("daily", 1000, 1200, 2, due),
                        new OrderStanding("free", 0, 50, 0, Optional.empty())),
                Map.of("shapes", NOW.minusSeconds(3600))));

        assertThat(value("nas.order.budget.seconds", "order", "daily")).isEqualTo(1000);
        assertThat(value("nas.order.budget.left.seconds", "order", "daily")).isZero();
        assertThat(value("nas.order.versions.undecided", "order", "daily")).isEqualTo(2);
        assertThat(value("nas.order.version.due.seconds", "order", "daily")).isEqualTo(90);
        assertThat(value("nas.order.version.due.seconds", "order", "free")).isZero();
        assertThat(value("nas.champion.promoted.timestamp.seconds", "dataset", "shapes"))
                .isEqualTo(NOW.getEpochSecond() - 3600);
        assertThat(registry.find("nas.order.budget.seconds")
                        .tag("order", "free")
                        .gauges())
                .isEmpty();

        time = NOW.plus(Duration.ofMinutes(2));
        assertThat(value("nas.order.versions.undecided", "order", "daily"))
                .as("another process may look now")
                .isNaN();
    }

    @Test
    void shouldTakeAwayWhatIsNoMore() {
        meters.show(new Standings(
                NOW, List.of(new OrderStanding("daily", 1000, 0, 0, Optional.empty())), Map.of("shapes", NOW)));
        meters.show(new Standings(NOW, List.of(), Map.of()));

        assertThat(registry.getMeters()).isEmpty();
    }

    private double value(String meter, String label, String name) {
        return registry.get(meter).tag(label, name).gauge().value();
    }
}
