package io.dartboard.nas.search.recurrent;

import ai.djl.Device;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.provenance.Fingerprint;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.supernet.recurrent.RecurrentSupernet;
import java.util.Map;

/**
 * Everything that decides how a search for a recurrent cell goes, and where it runs. The training text trains the weights,
 * the validation text the alphas; the test text is not read.
 *
 * @param seed of all randomness
 */
public record RecurrentSearchSetup(
        Device device,
        RecurrentSpace space,
        RecurrentSearchMethod method,
        RecurrentSearchConfig config,
        TextCorpus corpus,
        long seed) {

    RecurrentSupernet supernet() {
        return new RecurrentSupernet(space, corpus.vocabulary(), config.width());
    }

    /** Whose snapshots may be gone on from. */
    SnapshotIdentity identity() {
        Fingerprint settings = Fingerprint.EMPTY
                .with("space", space.id())
                .with("method", method.id())
                .with("config", config)
                .with("data", corpus.digest())
                .with("seed", seed);
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
                        "search.corpus",
                        corpus.digest(),
                        "search.seed",
                        Long.toString(seed)));
    }
}
