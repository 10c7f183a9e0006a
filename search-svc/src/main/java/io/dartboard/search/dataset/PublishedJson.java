package io.dartboard.search.dataset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.DatasetPublished;
import io.dartboard.search.body.Json;

/** A published dataset as JSON: the fields of the event, and under {@code found} what else the check has found. */
final class PublishedJson {
    private PublishedJson() {}

    static ObjectNode of(DatasetPublished dataset, Found found) {
        var answer = (ObjectNode) Json.of(dataset);
        answer.set("found", of(found));
        return answer;
    }

    /** Counts and first names for programs, lines for people. */
    static ObjectNode of(Found what) {
        var findings = what.findings();
        var found = JsonNodeFactory.instance.objectNode();
        what.details().forEach(found.putObject("details")::put);
        found.put("corrupt", findings.corrupt().count());
        findings.corrupt().first().forEach(found.putArray("firstCorrupt")::add);
        var over = found.putObject("passedOver");
        findings.passedOver().forEach((why, files) -> over.put(why, files.count()));
        findings.lines().forEach(found.putArray("lines")::add);
        return found;
    }
}
