package io.dartboard.pipeline.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.ArtifactRef;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The JSON text of a checkpoint's manifest, and where it lies. */
final class CheckpointManifest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "manifest.json";
    private static final int FORMAT = 1;

    private CheckpointManifest() {}

    /** {@code <prefix>/checkpoints/<epoch>-<step>/attempt-<n>/}; fixed width, so that keys sort as checkpoints do. */
    static String folder(String prefix, int epoch, long step, int attempt) {
        return "%s%05d-%010d/attempt-%06d/".formatted(root(prefix), epoch, step, attempt);
    }

    static String root(String prefix) {
        return prefix + "/checkpoints/";
    }

    static String key(String folder) {
        return folder + NAME;
    }

    static String stateKey(String folder) {
        return folder + "state.safetensors";
    }

    static boolean isManifest(String key) {
        return key.endsWith("/" + NAME);
    }

    static byte[] write(
            String job,
            int epoch,
            long step,
            int attempt,
            boolean last,
            ArtifactRef state,
            Map<String, String> facts,
            Instant time) {
        var root = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("job", job)
                .put("epoch", epoch)
                .put("step", step)
                .put("attempt", attempt)
                .put("last", last)
                .put("time", time.toString());
        root.putObject("state")
                .put("uri", state.getUri())
                .put("sha256", state.getSha256())
                .put("bytes", state.getBytes());
        var told = root.putObject("facts");
        new TreeMap<>(facts).forEach(told::put);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers can be written", e);
        }
    }

    static Checkpoint read(String uri, byte[] content) {
        try {
            var root = JSON.readTree(content);
            if (root.path("format").asInt() != FORMAT) {
                throw new ArtifactCorrupt("%s is of format %s, and this version reads %d"
                        .formatted(uri, root.path("format").asText(), FORMAT));
            }
            var facts = new HashMap<String, String>();
            field(root, uri, "facts")
                    .properties()
                    .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
            var state = field(root, uri, "state");
            return new Checkpoint(
                    field(root, uri, "job").asText(),
                    field(root, uri, "epoch").asInt(),
                    field(root, uri, "step").asLong(),
                    field(root, uri, "attempt").asInt(),
                    field(root, uri, "last").asBoolean(),
                    new ArtifactRef(
                            field(state, uri, "uri").asText(),
                            field(state, uri, "sha256").asText(),
                            field(state, uri, "bytes").asLong()),
                    facts,
                    Instant.parse(field(root, uri, "time").asText()),
                    new ArtifactRef(uri, ArtifactDigest.sha256(content), (long) content.length));
        } catch (IOException | DateTimeException e) {
            throw new ArtifactCorrupt("%s is no checkpoint manifest: %s".formatted(uri, e.getMessage()), e);
        }
    }

    private static JsonNode field(JsonNode root, String uri, String name) {
        var field = root.get(name);
        if (field == null) {
            throw new ArtifactCorrupt("%s is no checkpoint manifest: it has no field %s".formatted(uri, name));
        }
        return field;
    }
}
