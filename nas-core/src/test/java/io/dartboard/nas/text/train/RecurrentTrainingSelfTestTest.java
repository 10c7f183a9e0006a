package io.dartboard.nas.text.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.nas.train.Compute;
import org.junit.jupiter.api.Test;

class RecurrentTrainingSelfTestTest {
    private static final Compute CPU = Compute.on("cpu", 1);

    @Test
    void shouldPassWhereTrainingWorks() {
        assertThat(new RecurrentTrainingSelfTest(CPU).run()).isEmpty();
    }

    @Test
    void shouldSayInOneLineThatNothingIsLearned() {
        assertThat(new RecurrentTrainingSelfTest(CPU, 1e-9).run())
                .hasValueSatisfying(line ->
                        assertThat(line).contains("the weights do not learn").doesNotContain("\n"));
    }
}
