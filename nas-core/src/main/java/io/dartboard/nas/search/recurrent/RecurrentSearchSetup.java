package io.dartboard.nas.search.recurrent;

import ai.djl.Device;
import io.dartboard.nas.data.TextCorpus;
import io.dartboard.nas.loop.Snapshot;
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
    private static final String SPACE = "search.space";
    private static final String METHOD = "search.method";
    private static final String CONFIG = "search.config";
    private static final String CORPUS = "search.corpus";
    private static final String SEED = "search.seed";

    RecurrentSupernet supernet() {
        return new RecurrentSupernet(space, corpus.vocabulary(), config.width());
    }

    /** What a snapshot must agree with to be continued. */
    Map<String, String> facts() {
        return Map.of(
                SPACE,
                space.id(),
                METHOD,
                method.id(),
                CONFIG,
                config.toString(),
                CORPUS,
                corpus.digest(),
                SEED,
                Long.toString(seed));
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
