package io.dartboard.pipeline.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * The result of each job, written once as {@code <prefix>/result.json} before its fact is told. A job that comes again
 * finds it there and tells the same fact.
 *
 * <p>The file holds the fact twice: as JSON for people, and in its wire form with the schema that it was written with, so
 * that any version reads it, an earlier one after a rollback too.
 */
public final class ResultStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArtifactStore store;

    public ResultStore(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Writes a result unless there is one.
     *
     * @return the result that stands: this one, or that of the attempt that was first
     */
    public <V extends SpecificRecord> JobResult<?> writeOnce(String prefix, JobResult<V> result) {
        if (store.putIfAbsent(key(prefix), text(result))) {
            return result;
        }
        return read(prefix).orElseThrow(() -> new ArtifactMissing(key(prefix) + " was there and is gone"));
    }

    /**
     * Reads a job's result.
     *
     * @throws ArtifactCorrupt if there is one that cannot be read
     */
    public Optional<JobResult<?>> read(String prefix) {
        byte[] content;
        try {
            content = store.get(key(prefix));
        } catch (ArtifactMissing e) {
            return Optional.empty();
        }
        try {
            var root = JSON.readTree(content);
            var topic = Topics.named(root.path("topic").asText())
                    .orElseThrow(() -> new ArtifactCorrupt("%s names the unknown topic '%s'"
                            .formatted(key(prefix), root.path("topic").asText())));
            learn(prefix, root.path("schema"));
            return Optional.of(result(
                    topic,
                    root.path("key").asText(),
                    Base64.getDecoder().decode(root.path("event").asText()),
                    root.path("attempt").asInt()));
        } catch (IOException | IllegalArgumentException | UnreadableEvent e) {
            throw new ArtifactCorrupt("%s is no result: %s".formatted(key(prefix), e.getMessage()), e);
        }
    }

    /** Removes a result that cannot be read, so that it can be written anew; for the holder of the job's lease alone. */
    public void discard(String prefix) {
        store.delete(key(prefix));
    }

    /** Results of before 0.4.0 have no schema beside them: it was released. */
    private static void learn(String prefix, JsonNode schema) {
        if (schema.isMissingNode()) {
            return;
        }
        try {
            EventCodec.learn(schema.toString());
        } catch (IllegalArgumentException e) {
            throw new ArtifactCorrupt("%s is no result: %s".formatted(key(prefix), e.getMessage()), e);
        }
    }

    private static <V extends SpecificRecord> JobResult<V> result(
            Topic<V> topic, String key, byte[] event, int attempt) {
        return new JobResult<>(topic, key, topic.decode(event), attempt);
    }

    private static <V extends SpecificRecord> byte[] text(JobResult<V> result) {
        try {
            var root = JSON.createObjectNode()
                    .put("topic", result.topic().name())
                    .put("key", result.key())
                    .put("attempt", result.attempt())
                    .put("type", result.fact().getSchema().getFullName())
                    .put(
                            "event",
                            Base64.getEncoder().encodeToString(result.topic().encode(result.fact())));
            root.set("schema", JSON.readTree(EventCodec.schemaText(result.fact())));
            root.set("fact", JSON.readTree(result.fact().toString()));
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the result cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    private static String key(String prefix) {
        return prefix + "/result.json";
    }
}
