package io.dartboard.nas.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CutoutGoldenTest {

    private static final String FILE = "schedules_and_small_functions.json";

    @Test
    void shouldCutTheRectanglesThatTheAuthorsCut() throws IOException {
        JsonNode cases = golden().get("cutout_16_on_32");
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

    private static JsonNode golden() throws IOException {
        String folder = System.getProperty("golden.dir", "");
        try (InputStream in = folder.isBlank()
                ? Objects.requireNonNull(CutoutGoldenTest.class.getResourceAsStream("/golden/" + FILE))
                : Files.newInputStream(Path.of(folder, FILE))) {
            return new ObjectMapper().readTree(in);
        }
    }
}
