package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.local.show.Situation;
import io.dartboard.local.show.Situation.Name;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class WatchingTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final Situation RUNNING = new Situation(Name.RUNNING, "", START);

    @Test
    void shouldWatchOnWhileThereIsSomethingToSee() {
        assertThatCode(() -> look(RUNNING, 3_600, Watching.FOR_EVER)).doesNotThrowAnyException();
        assertThatCode(() -> look(new Situation(Name.PAUSED, "", START), 3_600, Watching.FOR_EVER))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldEndWhenTheTimeIsOver() {
        assertEnds(
                RUNNING, 10, Duration.ofSeconds(10), Exit.GOES_ON, "watched for 10 s and it has not ended (RUNNING)");
    }

    @Test
    void shouldEndAfterTheStackWasTakenDownButNotForARestart() {
        var stopped = new Situation(Name.STOPPED, "Kafka and S3 told to end; go on with: infra/run up", START);

        assertThatCode(() -> look(stopped, 10, Watching.FOR_EVER)).doesNotThrowAnyException();
        assertEnds(
                stopped, 16, Watching.FOR_EVER, Exit.GOES_ON, "go on with: infra/run up. After that the run goes on");
    }

    @Test
    void shouldEndWhenAServiceStaysDown() {
        var down = new Situation(Name.SERVICE_DOWN, "search-svc has ended on its own", START);

        assertThatCode(() -> look(down, 60, Watching.FOR_EVER)).doesNotThrowAnyException();
        assertEnds(down, 121, Watching.FOR_EVER, Exit.ENVIRONMENT, "search-svc has ended on its own");
    }

    private static void assertEnds(Situation situation, long seconds, Duration atMost, int exit, String line) {
        assertThatThrownBy(() -> look(situation, seconds, atMost))
                .hasMessageContaining(line)
                .hasMessageContaining("infra/run watch r1")
                .asInstanceOf(InstanceOfAssertFactories.type(CommandFailure.class))
                .returns(exit, CommandFailure::exitCode);
    }

    private static void look(Situation situation, long seconds, Duration atMost) {
        Watching.giveUp("r1", situation, Duration.ofSeconds(seconds), atMost, START.plusSeconds(seconds));
    }
}
