package io.dartboard.local;

import io.dartboard.local.DemoPlan.Source;
import io.dartboard.local.home.Home;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demonstration on images. */
final class ImageDemo {
    /** Two batches of the smallest size. */
    static final int FEWEST = 4;

    private ImageDemo() {}

    /**
     * Plans it.
     *
     * @param data images in any form, else shapes are made
     * @param images how many to train on before the transfer, else as the run's file says
     */
    static DemoPlan plan(Home home, @Nullable Path data, @Nullable Integer images) {
        var searched = data == null ? new Source(DemoData.shapes(home), "shapes") : Source.of(data);
        var scenes = new Source(DemoData.scenes(home), "scenes");
        var plan = DemoPlan.of(searched, scenes, "/demo-run.json");
        if (images != null) {
            for (var stage : List.of("search", "selection", "evaluation")) {
                var settings = plan.runFile().withObject("/" + stage).put("images", images.intValue());
                // Half of the images train, and half of them judge.
                settings.put("batchSize", Math.min(settings.path("batchSize").asInt(), images / 2));
            }
        }
        return plan;
    }
}
