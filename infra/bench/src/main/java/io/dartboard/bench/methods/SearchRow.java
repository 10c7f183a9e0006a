package io.dartboard.bench.methods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.nas.guard.GuardPolicy;
import io.dartboard.nas.provenance.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one search has come to: a line of raw results.
 *
 * @param settings all that determines it, the device included: by them it is known again
 * @param cell as its authors write it; empty if the search failed
 * @param guarded whether it had a guard
 * @param epochs what it would have come to after each epoch; of one made anew those of both
 * @param steered what its guard has done
 * @param seconds that the search took on its device, with what a guard has thrown away; of a random search
 *     that the brief retrainings took among which it chose; 0 of a cell drawn at random
 * @param steps of the search
 * @param peakBytes of memory that it needed at most; 0 where nobody tells
 * @param retrained what the cell's network came to; empty if it was not trained
 * @param failure why there is no cell; empty if there is one
 */
record SearchRow(
        String space,
        String method,
        boolean guarded,
        long seed,
        Fingerprint settings,
        String cell,
        List<Epoch> epochs,
        List<Steered> steered,
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
     * @param skipMass mixing weight of the skip connection in the normal cell; empty where there is none
     * @param eigenvalue the largest of the alpha Hessian, where it was measured
     * @param gap accuracy lost by discretisation as a share of 1, where it was measured
     */
    record Epoch(
            String cell, double validAccuracy, OptionalDouble skipMass, OptionalDouble eigenvalue, OptionalDouble gap) {
        private void json(ObjectNode epoch) {
            epoch.put("cell", cell).put("validAccuracy", validAccuracy);
            skipMass.ifPresent(mass -> epoch.put("skipMass", mass));
            eigenvalue.ifPresent(value -> epoch.put("eigenvalue", value));
            gap.ifPresent(lost -> epoch.put("gap", lost));
        }

        private static Epoch parse(JsonNode epoch) {
            return new Epoch(
                    epoch.required("cell").asText(),
                    epoch.required("validAccuracy").asDouble(),
                    optional(epoch, "skipMass"),
                    optional(epoch, "eigenvalue"),
                    optional(epoch, "gap"));
        }

        private static OptionalDouble optional(JsonNode epoch, String field) {
            return epoch.has(field) ? OptionalDouble.of(epoch.required(field).asDouble()) : OptionalDouble.empty();
        }
    }

    /**
     * What a guard has done.
     *
     * @param at epoch of the search at which it did, from 1
     * @param action what
     * @param epoch whose cell it kept; 0 where none was healthy
     * @param reasons what it had found
     * @param remedy with what the search was made anew; empty if it was not
     */
    record Steered(int at, GuardPolicy.Action action, int epoch, List<String> reasons, String remedy) {
        Steered {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A brief retraining.
     *
     * @param accuracy on the half of the images that did not train it, in percent, after the last epoch
     */
    record Retrained(double accuracy, double seconds) {}

    SearchRow {
        epochs = List.copyOf(epochs);
        steered = List.copyOf(steered);
    }

    /** A search without a result. */
    static SearchRow failed(SearchTask task, Fingerprint settings, String failure) {
        return new SearchRow(
                task.space(),
                task.method(),
                task.guarded(),
                task.seed(),
                settings,
                "",
                List.of(),
                List.of(),
                0,
                0,
                0,
                Optional.empty(),
                failure);
    }

    /** What of the table it belongs to. */
    SearchTask.Subject subject() {
        return new SearchTask.Subject(method, guarded);
    }

    boolean succeeded() {
        return failure.isEmpty();
    }

    /** One line, which {@link #parse} reads. */
    String json() {
        ObjectNode row = MAPPER.createObjectNode()
                .put("space", space)
                .put("method", method)
                .put("guarded", guarded)
                .put("seed", seed);
        ObjectNode given = row.putObject("settings");
        settings.settings().forEach(given::put);
        if (!succeeded()) {
            return row.put("failure", failure).toString();
        }
        row.put("cell", cell).put("seconds", seconds).put("steps", steps).put("peakBytes", peakBytes);
        retrained.ifPresent(
                network -> row.put("retrainedAccuracy", network.accuracy()).put("retrainSeconds", network.seconds()));
        ArrayNode all = row.putArray("epochs");
        epochs.forEach(epoch -> epoch.json(all.addObject()));
        ArrayNode done = row.putArray("steered");
        steered.forEach(each -> {
            ObjectNode told = done.addObject()
                    .put("at", each.at())
                    .put("action", each.action().name())
                    .put("epoch", each.epoch())
                    .put("remedy", each.remedy());
            each.reasons().forEach(told.putArray("reasons")::add);
        });
        return row.toString();
    }

    private static Steered steered(JsonNode told) {
        List<String> reasons = new ArrayList<>();
        told.required("reasons").forEach(reason -> reasons.add(reason.asText()));
        return new Steered(
                told.required("at").asInt(),
                GuardPolicy.Action.valueOf(told.required("action").asText()),
                told.required("epoch").asInt(),
                reasons,
                told.required("remedy").asText());
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
            row.path("epochs").forEach(epoch -> epochs.add(Epoch.parse(epoch)));
            List<Steered> steered = new ArrayList<>();
            row.path("steered").forEach(told -> steered.add(steered(told)));
            String failure = row.path("failure").asText();
            return new SearchRow(
                    row.required("space").asText(),
                    row.required("method").asText(),
                    row.path("guarded").asBoolean(),
                    row.required("seed").asLong(),
                    new Fingerprint(settings),
                    failure.isEmpty() ? row.required("cell").asText() : "",
                    epochs,
                    steered,
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
