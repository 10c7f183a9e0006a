package io.dartboard.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MEAN = Duration.ofSeconds(8);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Test
    void shouldBeAFunctionOfTheSeed() {
        assertThat(FaultSchedule.draw(7, HOUR, MEAN, LONGEST)).isEqualTo(FaultSchedule.draw(7, HOUR, MEAN, LONGEST));
        assertThat(FaultSchedule.draw(7, HOUR, MEAN, LONGEST)).isNotEqualTo(FaultSchedule.draw(8, HOUR, MEAN, LONGEST));
    }

    @Test
    void shouldSeeEveryKindInEachRound() {
        var round = 0;
        for (var kind : FaultKind.values()) {
            round += kind.share();
        }

        var strikes = FaultSchedule.draw(3, HOUR, MEAN, LONGEST);

        assertThat(strikes.subList(0, round)).extracting(Strike::kind).contains(FaultKind.values());
        assertThat(strikes.subList(round, 2 * round)).extracting(Strike::kind).contains(FaultKind.values());
    }

    @Test
    void shouldStayWithinTheTimeAndTheMean() {
        var strikes = FaultSchedule.draw(3, HOUR, MEAN, LONGEST);

        assertThat(strikes).hasSizeBetween(400, 500);
        assertThat(strikes).allSatisfy(strike -> {
            assertThat(strike.at()).isLessThan(HOUR);
            assertThat(strike.lasts()).isBetween(Duration.ofMillis(500), LONGEST);
            assertThat(strike.target()).isBetween(0.0, 1.0);
        });
    }
}
