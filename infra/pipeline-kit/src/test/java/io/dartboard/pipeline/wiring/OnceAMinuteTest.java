package io.dartboard.pipeline.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class OnceAMinuteTest {
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private final InstantSource source = () -> now;
    private final OnceAMinute filter = new OnceAMinute(source.withZone(ZoneOffset.UTC));

    @Test
    void shouldTellAWarningOnceAMinute() {
        assertThat(isTold(Level.WARNING, "{} is away", "Kafka")).isTrue();
        now = now.plusSeconds(59);
        assertThat(isTold(Level.WARNING, "{} is away", "Kafka")).isFalse();
        now = now.plusSeconds(1);
        assertThat(isTold(Level.WARNING, "{} is away", "Kafka")).isTrue();
    }

    @Test
    void shouldKeepNothingBackThatDiffers() {
        assertThat(isTold(Level.WARNING, "{} is away", "Kafka")).isTrue();
        assertThat(isTold(Level.WARNING, "{} is away", "the store")).isTrue();
        assertThat(isTold(Level.SEVERE, "it failed", "")).isTrue();
    }

    @Test
    void shouldLetThroughWhatIsNoWarning() {
        assertThat(isTold(Level.INFO, "step", "1")).isTrue();
        assertThat(isTold(Level.INFO, "step", "1")).isTrue();
    }

    private boolean isTold(Level level, String message, String value) {
        var record = new LogRecord(level, message);
        record.setLoggerName("io.dartboard");
        record.setParameters(new Object[] {value});
        return filter.isLoggable(record);
    }
}
