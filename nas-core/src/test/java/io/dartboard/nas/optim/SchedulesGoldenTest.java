package io.dartboard.nas.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import org.junit.jupiter.api.Test;

class SchedulesGoldenTest {
    private static final double TOLERANCE = 1e-12;

    private final JsonNode golden = GoldenJson.read("schedules_and_small_functions.json");

    @Test
    void shouldFollowTheSearchSchedule() {
        JsonNode rates = golden.get("search_cosine_lr_50_0.025_0.001");
        Schedule schedule = new CosineSchedule(0.025, 0.001, rates.size());

        for (int epoch = 0; epoch < rates.size(); epoch++) {
            assertThat(schedule.at(epoch)).isCloseTo(rates.get(epoch).asDouble(), within(TOLERANCE));
        }
    }

    @Test
    void shouldFollowTheEvaluationSchedule() {
        check(new CosineSchedule(0.025, 0, 600), "eval_cosine_lr_600_epochs", "eval_cosine_lr_600_0.025_0");
    }

    @Test
    void shouldFollowTheImageNetSchedule() {
        check(new StepSchedule(0.1, 0.97), "imagenet_step_lr_epochs", "imagenet_step_lr");
    }

    @Test
    void shouldRefuseARisingRate() {
        assertThatThrownBy(() -> new CosineSchedule(0.001, 0.025, 10)).hasMessageContaining("from 0.001 to 0.025");
        assertThatThrownBy(() -> new StepSchedule(0.1, 1.1)).hasMessageContaining("a factor in (0, 1]");
    }

    private void check(Schedule schedule, String epochs, String rates) {
        for (int i = 0; i < golden.get(epochs).size(); i++) {
            int epoch = golden.get(epochs).get(i).asInt();
            assertThat(schedule.at(epoch)).isCloseTo(golden.get(rates).get(i).asDouble(), within(TOLERANCE));
        }
    }
}
