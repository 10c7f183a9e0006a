package io.dartboard.search.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;

/** JSON answers. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** An object with one list. */
    public static String list(String name, List<?> elements) {
        return lists(Map.of(name, elements));
    }

    /** An object with lists by name. */
    public static String lists(Map<String, List<?>> lists) {
        var root = MAPPER.createObjectNode();
        new TreeMap<>(lists).forEach((name, elements) -> {
            var list = root.putArray(name);
            elements.forEach(element ->
                    list.add(element instanceof SpecificRecordBase event ? of(event) : MAPPER.valueToTree(element)));
        });
        return root.toString();
    }

    /** What there may be; an empty object if there is nothing. */
    public static String orEmpty(Optional<?> value) {
        return value.<JsonNode>map(MAPPER::valueToTree)
                .orElseGet(MAPPER::createObjectNode)
                .toString();
    }

    /** An event as JSON. */
    public static JsonNode of(SpecificRecordBase event) {
        try {
            return MAPPER.readTree(event.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
