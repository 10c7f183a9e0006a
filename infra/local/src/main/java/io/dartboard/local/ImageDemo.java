package io.dartboard.local;

import io.dartboard.local.DemoPlan.Source;
import io.dartboard.local.home.Home;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demonstration on images. */
final class ImageDemo {
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
                plan.runFile().withObject("/" + stage).put("images", images.intValue());
            }
        }
        return plan;
    }
}
