package io.dartboard.search.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.DatasetPublished;

/** A published dataset as JSON: the fields of the event, and under {@code found} what else the check has found. */
final class PublishedJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PublishedJson() {}

    static ObjectNode of(DatasetPublished dataset, Found found) {
        try {
            var answer = (ObjectNode) JSON.readTree(dataset.toString());
            answer.set("found", of(found));
            return answer;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is not JSON: " + e.getMessage(), e);
        }
    }

    /** Counts and first names for programs, lines for people. */
    static ObjectNode of(Found what) {
        var findings = what.findings();
        var found = JSON.createObjectNode();
        what.details().forEach(found.putObject("details")::put);
        found.put("corrupt", findings.corrupt().count());
        findings.corrupt().first().forEach(found.putArray("firstCorrupt")::add);
        var over = found.putObject("passedOver");
        findings.passedOver().forEach((why, files) -> over.put(why, files.count()));
        findings.lines().forEach(found.putArray("lines")::add);
        return found;
    }
}
