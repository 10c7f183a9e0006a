package io.dartboard.bench.methods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.nas.provenance.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one search has come to: a line of raw results.
 *
 * @param settings all that determines it, the device included: by them it is known again
 * @param cell as its authors write it; empty if the search failed
 * @param epochs what it would have come to after each epoch
 * @param seconds that the search took on its device; 0 of a cell drawn at random
 * @param steps of the search
 * @param peakBytes of memory that it needed at most; 0 where nobody tells
 * @param retrained what the cell's network came to; empty if it was not trained
 * @param failure why there is no cell; empty if there is one
 */
record SearchRow(
        String space,
        String method,
        long seed,
        Fingerprint settings,
        String cell,
        List<Epoch> epochs,
        double seconds,
        long steps,
        long peakBytes,
        Optional<Retrained> retrained,
        String failure) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A search after an epoch.
     *
     * @param cell that would be derived
     * @param validAccuracy of the supernet, in percent
     */
    record Epoch(String cell, double validAccuracy) {}

    /**
     * A brief retraining.
     *
     * @param accuracy on the half of the images that did not train it, in percent, after the last epoch
     */
    record Retrained(double accuracy, double seconds) {}

    SearchRow {
        epochs = List.copyOf(epochs);
    }

    /** A search without a result. */
    static SearchRow failed(SearchTask task, Fingerprint settings, String failure) {
        return new SearchRow(
                task.space(), task.method(), task.seed(), settings, "", List.of(), 0, 0, 0, Optional.empty(), failure);
    }

    boolean succeeded() {
        return failure.isEmpty();
    }

    /** One line, which {@link #parse} reads. */
    String json() {
        ObjectNode row = MAPPER.createObjectNode()
                .put("space", space)
                .put("method", method)
                .put("seed", seed);
        ObjectNode told = row.putObject("settings");
        settings.settings().forEach(told::put);
        if (!succeeded()) {
            return row.put("failure", failure).toString();
        }
        row.put("cell", cell).put("seconds", seconds).put("steps", steps).put("peakBytes", peakBytes);
        retrained.ifPresent(
                network -> row.put("retrainedAccuracy", network.accuracy()).put("retrainSeconds", network.seconds()));
        ArrayNode all = row.putArray("epochs");
        epochs.forEach(epoch -> all.addObject().put("cell", epoch.cell()).put("validAccuracy", epoch.validAccuracy()));
        return row.toString();
    }

    /** @throws IllegalArgumentException if a text is no such line */
    static SearchRow parse(String json) {
        try {
            JsonNode row = MAPPER.readTree(json);
            SortedMap<String, String> settings = new TreeMap<>();
            row.required("settings")
                    .properties()
                    .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
            List<Epoch> epochs = new ArrayList<>();
            row.path("epochs")
                    .forEach(epoch -> epochs.add(new Epoch(
                            epoch.required("cell").asText(),
                            epoch.required("validAccuracy").asDouble())));
            String failure = row.path("failure").asText();
            return new SearchRow(
                    row.required("space").asText(),
                    row.required("method").asText(),
                    row.required("seed").asLong(),
                    new Fingerprint(settings),
                    failure.isEmpty() ? row.required("cell").asText() : "",
                    epochs,
                    row.path("seconds").asDouble(),
                    row.path("steps").asLong(),
                    row.path("peakBytes").asLong(),
                    row.has("retrainedAccuracy")
                            ? Optional.of(new Retrained(
                                    row.path("retrainedAccuracy").asDouble(),
                                    row.path("retrainSeconds").asDouble()))
                            : Optional.empty(),
                    failure);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
    }
}
