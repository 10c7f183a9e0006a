package io.dartboard.local;

import io.dartboard.local.DemoPlan.Source;
import io.dartboard.local.home.Home;
import io.dartboard.nas.image.data.made.MadeShapes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The demonstration on images. */
final class ImageDemo {
    private static final int FEWEST_CLASSES = 2;

    private ImageDemo() {}

    /**
     * Plans it.
     *
     * @param data images in any form, else shapes are made
     * @param images how many to train on before the transfer, else as the run's file says
     * @param resolution to which images are brought before the transfer, else as they are
     */
    static DemoPlan plan(Home home, @Nullable Path data, @Nullable Integer images, @Nullable Integer resolution) {
        var searched = data == null ? new Source(DemoData.shapes(home), "shapes") : Source.of(data);
        var scenes = new Source(DemoData.scenes(home), "scenes");
        var plan = DemoPlan.of(searched, Optional.of(scenes), "/demo-run.json");
        for (var stage : List.of("search", "selection", "evaluation")) {
            var settings = plan.runFile().withObject("/" + stage);
            if (images != null) {
                settings.put("images", images.intValue());
                // Half of the images train, and half of them judge.
                settings.put("batchSize", Math.min(settings.path("batchSize").asInt(), images / 2));
            }
            if (resolution != null) {
                settings.put("resolution", resolution.intValue());
            }
        }
        return plan;
    }

    /** Plans a search that cannot but collapse, which a guard ends, has made anew and takes back. */
    static DemoPlan collapse(Home home) {
        return DemoPlan.of(new Source(DemoData.shapes(home), "shapes"), Optional.empty(), "/demo-collapse-run.json");
    }

    /** How many images are needed before the transfer at least: one of each class on either side of the split. */
    static int fewestImages(@Nullable Path data) {
        return 2 * (data == null ? MadeShapes.names().size() : FEWEST_CLASSES);
    }
}
