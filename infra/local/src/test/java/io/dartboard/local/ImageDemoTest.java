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
    void shouldDrawAFewCellsInThePlaceOfASearch() {
        var plan = plan();

        plan.searchBy("random");

        assertThat(plan.runFile().path("method").asText()).isEqualTo("random");
        assertThat(plan.runFile().path("search")).hasToString("{\"parameters\":{\"draws\":4}}");
        assertThat(plan.runFile().has("seeds")).isFalse();
        assertThat(plan.runFile().path("selection").path("images").asInt()).isEqualTo(800);
    }

    /** What is asked for, without the data, which take longer to make. */
    private DemoPlan plan() {
        var data = DemoPlan.Source.of(folder);
        return DemoPlan.of(data, data, "/demo-run.json");
    }

    @Test
    void shouldGiveEveryStageTheCellsOfTheNetworkThatASearchBeginsWith() {
        var runFile = plan().runFile();

        ImageDemo.beginWithANetwork(runFile);

        assertThat(runFile.has("space")).isFalse();
        assertThat(runFile.path("search").path("start").asText()).isEqualTo("ResNet18");
        for (var stage : List.of("search", "selection", "evaluation", "transfer")) {
            assertThat(runFile.path(stage).path("cells").asInt()).isEqualTo(4);
        }
        assertThat(runFile.path("search").path("epochs").asInt())
                .as("alphas move after the warm-up")
                .isGreaterThan(
                        runFile.at("/search/parameters/alphaWarmupEpochs").asInt());
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
