package io.dartboard.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobTraceTest {
    private static final Instant NOW = Instant.EPOCH;

    private final JobTrace job = new JobTrace("j1", "r1", "search");

    @Test
    void shouldCountNoStepTwiceWhereEachAttemptGoesOnFromTheLast() {
        job.at(1, 1, NOW);
        job.at(1, 10, NOW);
        job.at(2, 10, NOW);
        job.at(2, 25, NOW);

        assertThat(job.stepsDoneTwice()).isZero();
        assertThat(job.steps()).isEqualTo(24);
    }

    @Test
    void shouldCountWhatAnAttemptDoesAgainAfterItsCheckpoint() {
        job.at(1, 0, NOW);
        job.at(1, 10, NOW);
        job.at(2, 6, NOW);
        job.at(2, 20, NOW);

        assertThat(job.stepsDoneTwice()).isEqualTo(4);
        assertThat(job.steps()).isEqualTo(20);
    }

    @Test
    void shouldCountWhatTwoAttemptsDoAtTheSameTime() {
        job.at(1, 0, NOW);
        job.at(2, 0, NOW);
        job.at(1, 30, NOW);
        job.at(2, 30, NOW);
        job.at(3, 5, NOW);
        job.at(3, 8, NOW);

        assertThat(job.stepsDoneTwice()).isEqualTo(33);
    }

    @Test
    void shouldKnowAttemptsThatToldNothing() {
        job.begun(3);

        assertThat(job.newest()).isEqualTo(3);
        assertThat(job.stepsDoneTwice()).isZero();
        assertThat(job.steps()).isZero();
    }

    @Test
    void shouldTellResultsThatDiffer() {
        job.result("a", 1, NOW);
        job.result("a", 2, NOW);
        assertThat(job.results()).containsExactly("a");

        job.result("b", 1, NOW);
        assertThat(job.results()).containsExactly("a", "b");
        assertThat(job.deviceSeconds()).isEqualTo(2);
    }
}
