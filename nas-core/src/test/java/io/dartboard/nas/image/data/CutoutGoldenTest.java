package io.dartboard.nas.image.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.GoldenJson;
import org.junit.jupiter.api.Test;

class CutoutGoldenTest {

    @Test
    void shouldCutTheRectanglesThatTheAuthorsCut() {
        JsonNode golden = GoldenJson.read("schedules_and_small_functions.json");
        for (GoldenJson.Numbered name : GoldenJson.numbered(golden::fieldNames, "cutout_#_on_#")) {
            assertThat(golden.get(name.name())).isNotEmpty();
            golden.get(name.name()).forEach(expected -> check(name.whole(0), name.whole(1), expected));
        }
    }

    private static void check(int length, int side, JsonNode expected) {
        Cutout.Rectangle cut = new Cutout(length)
                .around(
                        expected.get("center_y").asInt(),
                        expected.get("center_x").asInt(),
                        side,
                        side);

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
