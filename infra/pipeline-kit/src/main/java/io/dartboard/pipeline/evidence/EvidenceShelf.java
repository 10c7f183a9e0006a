package io.dartboard.pipeline.evidence;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.ArtifactRef;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.view.RunJson;
import java.io.IOException;
import java.util.Optional;

/**
 * Where evidence packs lie in the store: each under its own digest, in the folder of the run that was promoted, and beside it the
 * word on which one counts, written last. Whoever knows the run finds its pack.
 */
public final class EvidenceShelf {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArtifactStore store;

    public EvidenceShelf(ArtifactStore store) {
        this.store = store;
    }

    /**
     * The pack of a run; empty where there is none.
     *
     * @throws io.dartboard.pipeline.artifact.StoreUnavailable if the store is away
     */
    public Optional<ArtifactRef> find(String run) {
        return store.find(word(run)).map(seen -> ref(run, seen.content()));
    }

    /**
     * Puts the pack of a run there, unless it has one.
     *
     * @return where that lies which counts
     * @throws io.dartboard.pipeline.artifact.StoreUnavailable if the store is away
     */
    public String put(String run, EvidencePack pack) {
        var content = pack.toBytes();
        var written = store.put("%s%s.zip".formatted(folder(run), ArtifactDigest.sha256(content)), content);
        var wins = store.putIfAbsent(word(run), EvidencePack.json(RunJson.artifact(written)));
        return wins ? written.getUri() : find(run).orElse(written).getUri();
    }

    private static String word(String run) {
        return folder(run) + "pack.json";
    }

    private static String folder(String run) {
        return "evidence/%s/".formatted(run);
    }

    private static ArtifactRef ref(String run, byte[] content) {
        try {
            var node = JSON.readTree(content);
            return new ArtifactRef(
                    node.path("uri").asText(),
                    node.path("sha256").asText(),
                    node.path("bytes").asLong());
        } catch (IOException e) {
            throw new IllegalArgumentException("%s in the store is no JSON".formatted(word(run)), e);
        }
    }
}
