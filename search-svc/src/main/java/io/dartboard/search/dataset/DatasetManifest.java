package io.dartboard.search.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.DatasetPublished;
import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import io.dartboard.search.body.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The manifest of one version of a dataset, {@code datasets/<name>/<version>/manifest.json}: written once, after the
 * archive. It holds the event twice, as JSON for people and in its wire form, which any later version reads; every label;
 * and what was found when it was checked.
 */
public final class DatasetManifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArtifactStore store;
    private final String prefix;

    DatasetManifest(ArtifactStore store, String dataset, String version) {
        this.store = store;
        this.prefix = "datasets/%s/%s/".formatted(dataset, version);
    }

    /** Where the archive lies. */
    String archiveKey() {
        return prefix + "archive";
    }

    /** The version, if it has been stored. */
    Optional<DatasetPublished> read() {
        try {
            var event = JSON.readTree(store.get(key())).path("event").asText();
            return Optional.of(Topics.DATASETS.decode(Base64.getDecoder().decode(event)));
        } catch (ArtifactMissing e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | UnreadableEvent e) {
            throw new ArtifactCorrupt("%s is no manifest: %s".formatted(key(), e.getMessage()), e);
        }
    }

    /**
     * Writes the manifest unless there is one, and returns what stands.
     *
     * @param labels all of them, of which the event has none where they are many
     */
    DatasetPublished writeOnce(DatasetPublished dataset, List<String> labels, Found found) {
        try {
            var root = JSON.createObjectNode()
                    .put("format", 1)
                    .put("event", Base64.getEncoder().encodeToString(Topics.DATASETS.encode(dataset)));
            root.set("dataset", Json.of(dataset));
            labels.forEach(root.putArray("labels")::add);
            root.set("found", PublishedJson.of(found));
            return store.putIfAbsent(
                            key(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root))
                    ? dataset
                    : read().orElseThrow();
        } catch (IOException e) {
            throw new IllegalArgumentException("the dataset cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    private String key() {
        return prefix + "manifest.json";
    }
}
