package io.dartboard.nas.image.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.train.Compute;
import org.junit.jupiter.api.Test;

class TrainingSelfTestTest {
    @Test
    void shouldPassWhereTrainingWorks() {
        assertThat(new TrainingSelfTest(Compute.on("cpu", 1)).run()).isEmpty();
    }

    @Test
    void shouldSayThatTheWeightsDoNotLearnWhereAStepDoesNothing() {
        assertThat(new TrainingSelfTest(Compute.on("cpu", 1), 1e-30).run())
                .hasValueSatisfying(trouble -> assertThat(trouble).endsWith("the weights do not learn"));
    }
}
