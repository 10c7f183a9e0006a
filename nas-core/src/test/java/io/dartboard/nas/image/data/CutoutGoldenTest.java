package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import org.junit.jupiter.api.Test;

class CutoutGoldenTest {

    @Test
    void shouldCutTheRectanglesThatTheAuthorsCut() {
        JsonNode cases = GoldenJson.read("schedules_and_small_functions.json").get("cutout_16_on_32");
        assertThat(cases).isNotEmpty();
        for (JsonNode expected : cases) {
            Cutout.Rectangle cut = new Cutout(16)
                    .around(
                            expected.get("center_y").asInt(),
                            expected.get("center_x").asInt(),
                            32,
                            32);

            assertThat(cut)
                    .isEqualTo(new Cutout.Rectangle(
                            expected.get("y_from").asInt(),
                            expected.get("y_to_exclusive").asInt(),
                            expected.get("x_from").asInt(),
                            expected.get("x_to_exclusive").asInt()));
            assertThat((cut.bottom() - cut.top()) * (cut.right() - cut.left()))
                    .isEqualTo(expected.get("zeros").asInt());
        }
    }
}
