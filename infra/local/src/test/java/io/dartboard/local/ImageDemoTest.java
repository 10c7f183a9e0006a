package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.local.home.Home;
import io.dartboard.nas.image.data.made.MadeScenes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDemoTest {
    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void setUp() {
        home = new Home(folder.resolve("home")).create();
    }

    @Test
    void shouldSearchOnPhotographsAtTheResolutionThatIsAskedFor() throws IOException {
        var photographs = folder.resolve("holidays");
        MadeScenes.writeImageFolder(photographs, 1, 1, 16, 1);

        var plan = ImageDemo.plan(home, photographs, 40, 64);

        assertThat(plan.searched().path()).isEqualTo(photographs);
        assertThat(plan.runFile().path("dataset").asText()).isEqualTo("holidays");
        for (var stage : List.of("search", "selection", "evaluation")) {
            assertThat(plan.runFile().path(stage).path("resolution").asInt()).isEqualTo(64);
            assertThat(plan.runFile().path(stage).path("images").asInt()).isEqualTo(40);
        }
        assertThat(plan.runFile().path("transfer").path("resolution").asInt())
                .as("as the recipe has it")
                .isEqualTo(ImageDemo.plan(home, photographs, null, null)
                        .runFile()
                        .path("transfer")
                        .path("resolution")
                        .asInt());
    }
}
