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
        GoldenJson.Numbered name = GoldenJson.numbered(golden::fieldNames, "search_cosine_lr_#_#_#")
                .get(0);
        JsonNode rates = golden.get(name.name());
        assertThat(rates).hasSize(name.whole(0));
        Schedule schedule = new CosineSchedule(name.number(1), name.number(2), name.whole(0));

        for (int epoch = 0; epoch < rates.size(); epoch++) {
            assertThat(schedule.at(epoch)).isCloseTo(rates.get(epoch).asDouble(), within(TOLERANCE));
        }
    }

    @Test
    void shouldFollowTheEvaluationSchedule() {
        GoldenJson.Numbered name =
                GoldenJson.numbered(golden::fieldNames, "eval_cosine_lr_#_#_#").get(0);
        check(
                new CosineSchedule(name.number(1), name.number(2), name.whole(0)),
                "eval_cosine_lr_%d_epochs".formatted(name.whole(0)),
                name.name());
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
        assertThat(golden.get(epochs)).isNotEmpty();
        for (int i = 0; i < golden.get(epochs).size(); i++) {
            int epoch = golden.get(epochs).get(i).asInt();
            assertThat(schedule.at(epoch)).isCloseTo(golden.get(rates).get(i).asDouble(), within(TOLERANCE));
        }
    }
}
