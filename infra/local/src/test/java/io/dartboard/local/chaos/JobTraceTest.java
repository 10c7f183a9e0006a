package io.dartboard.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobTraceTest {
    private final JobTrace job = new JobTrace("j1", "r1", "search");

    @Test
    void shouldCountNoStepTwiceWhereEachAttemptGoesOnFromTheLast() {
        job.at(1, 1);
        job.at(1, 10);
        job.at(2, 10);
        job.at(2, 25);

        assertThat(job.stepsDoneTwice()).isZero();
        assertThat(job.steps()).isEqualTo(24);
    }

    @Test
    void shouldCountWhatAnAttemptDoesAgainAfterItsCheckpoint() {
        job.at(1, 0);
        job.at(1, 10);
        job.at(2, 6);
        job.at(2, 20);

        assertThat(job.stepsDoneTwice()).isEqualTo(4);
        assertThat(job.steps()).isEqualTo(20);
    }

    @Test
    void shouldCountWhatTwoAttemptsDoAtTheSameTime() {
        job.at(1, 0);
        job.at(2, 0);
        job.at(1, 30);
        job.at(2, 30);
        job.at(3, 5);
        job.at(3, 8);

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
        job.result("a", 1);
        job.result("a", 2);
        assertThat(job.results()).containsExactly("a");

        job.result("b", 1);
        assertThat(job.results()).containsExactly("a", "b");
        assertThat(job.deviceSeconds()).isEqualTo(2);
    }
}
