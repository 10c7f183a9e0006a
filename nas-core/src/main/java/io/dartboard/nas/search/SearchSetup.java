package io.dartboard.nas.search;

import ai.djl.Device;
import io.dartboard.nas.data.LabelledImages;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.supernet.Grouping;
import io.dartboard.nas.supernet.Supernet;
import java.util.Map;

/**
 * Everything that decides how a search goes, and where it runs.
 *
 * @param seed of all randomness
 * @param loaderThreads threads that load and augment images ahead; they do not change the result
 */
public record SearchSetup(
        Device device,
        CnnSpace space,
        SearchMethod method,
        SearchConfig config,
        SearchImages images,
        long seed,
        int loaderThreads) {
    private static final String SPACE = "search.space";
    private static final String METHOD = "search.method";
    private static final String CONFIG = "search.config";
    private static final String SEED = "search.seed";

    Supernet supernet() {
        LabelledImages train = images.train();
        Grouping grouping = device.isGpu()
                ? Grouping.unbounded()
                : Grouping.cached(config.batchSize(), train.height(), train.width());
        return new Supernet(space, config.shape(train.classes()), train.channels(), grouping);
    }

    /** What a snapshot must agree with to be continued. */
    Map<String, String> facts() {
        return Map.of(SPACE, space.id(), METHOD, method.id(), CONFIG, config.toString(), SEED, Long.toString(seed));
    }

    void requireSameSearch(Snapshot snapshot) {
        facts().forEach((name, expected) -> {
            String found = snapshot.content().fact(name);
            if (!found.equals(expected)) {
                throw new IllegalArgumentException(
                        "the snapshot belongs to another search: %s was %s, now %s".formatted(name, found, expected));
            }
        });
    }
}
