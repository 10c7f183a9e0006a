package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.JobProgressed;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostStepsTest {
    private final List<JobProgressed> told =
            List.of(told("s1", 1, 90), told("s1", 2, 120), told("s1", 2, 130), told("s2", 2, 999));

    @Test
    void shouldCountWhatTheAttemptBeforeHadDoneBeyondItsLastCheckpoint() {
        assertThat(LostSteps.of("s1", 3, 100, told)).isEqualTo(30);
        assertThat(LostSteps.of("s1", 2, 80, told)).isEqualTo(10);
    }

    @Test
    void shouldCountNothingWhereTheCheckpointWasTheLastWord() {
        assertThat(LostSteps.of("s1", 3, 130, told)).isZero();
        assertThat(LostSteps.of("s1", 3, 131, told)).isZero();
    }

    @Test
    void shouldCountNothingForAnAttemptThatToldOfNoStep() {
        assertThat(LostSteps.of("s1", 4, 100, told)).isZero();
        assertThat(LostSteps.of("s3", 2, 0, told)).isZero();
    }

    @Test
    void shouldTakeWhatAnAttemptToldWhileItPreparedForItsOwnOnlyIfItTrainedNoStep() {
        var prepared = told("s1", 2, 12, "prepare");

        assertThat(LostSteps.of("s1", 3, 5, List.of(told("s1", 1, 12), prepared, told("s1", 2, 6))))
                .isEqualTo(1);
        assertThat(LostSteps.of("s1", 3, 5, List.of(told("s1", 1, 12), prepared)))
                .isEqualTo(7);
    }

    private static JobProgressed told(String job, int attempt, long step) {
        return told(job, attempt, step, "train");
    }

    private static JobProgressed told(String job, int attempt, long step, String phase) {
        return new JobProgressed(
                job, "r1", "search", attempt, 0.5, 1.0, 1.0, "", "cpu", step, 0.0, phase, "", 0.0, null);
    }
}
