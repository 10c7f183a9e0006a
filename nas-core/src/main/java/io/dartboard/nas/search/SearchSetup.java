package io.dartboard.nas.search;

import ai.djl.Device;
import io.dartboard.nas.data.LabelledImages;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.Fingerprint;
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

    Supernet supernet() {
        LabelledImages train = images.train();
        Grouping grouping = device.isGpu()
                ? Grouping.unbounded()
                : Grouping.cached(config.batchSize(), train.height(), train.width());
        return new Supernet(space, config.shape(train.classes()), train.channels(), grouping);
    }

    /** Whose snapshots may be gone on from. */
    SnapshotIdentity identity() {
        Fingerprint settings = Fingerprint.EMPTY
                .with("space", space.id())
                .with("method", method.id())
                .with("config", config)
                .with("data", images.digest())
                .with("seed", seed)
                .with("images.train", images.train().size())
                .with("images.valid", images.valid().size());
        return new SnapshotIdentity(
                "search",
                settings,
                Map.of(
                        "search.space",
                        space.id(),
                        "search.method",
                        method.id(),
                        "search.config",
                        Fingerprint.textOfOld(config),
                        "search.seed",
                        Long.toString(seed)));
    }
}
