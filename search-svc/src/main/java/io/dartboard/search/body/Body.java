package io.dartboard.search.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dartboard.schemas.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A JSON object, read strictly: every field is asked for by name and type, {@link #end()} refuses what nobody asked for, and
 * each refusal names the field by its path.
 */
public final class Body {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    private Body(JsonNode object, String path) {
        if (!object.isObject()) {
            throw Refused.malformed("%s must be an object in braces (was %s)"
                    .formatted(path.isEmpty() ? "the body" : path, said(object)));
        }
        this.object = object;
        this.path = path;
    }

    /** Reads a request's body. */
    public static Body of(String text) {
        if (text.isBlank()) {
            throw Refused.malformed("the body is empty; send a JSON object");
        }
        try {
            return new Body(JSON.readTree(text), "");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : ", line %d column %d".formatted(at.getLineNr(), at.getColumnNr());
            throw Refused.malformed("the body is not JSON%s: %s".formatted(where, why(e)));
        }
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refused.malformed("%s is missing; it names %s".formatted(at(name), "the " + name)));
    }

    public Optional<String> optionalText(String name) {
        return field(name).map(node -> {
            if (!node.isTextual()) {
                throw wrong(name, "a text in quotes", node);
            }
            return node.textValue();
        });
    }

    public Optional<Long> optionalLong(String name) {
        return field(name).map(node -> whole(at(name), node));
    }

    public Optional<Integer> optionalInt(String name) {
        return field(name).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                throw wrong(name, "a whole number", node);
            }
            return node.intValue();
        });
    }

    public Optional<Double> optionalDouble(String name) {
        return field(name).map(node -> {
            if (!node.isNumber()) {
                throw wrong(name, "a number", node);
            }
            return node.doubleValue();
        });
    }

    public Optional<List<Long>> optionalLongs(String name) {
        return field(name).map(node -> {
            if (!node.isArray()) {
                throw wrong(name, "a list of whole numbers in brackets", node);
            }
            var numbers = new ArrayList<Long>();
            node.forEach(element -> numbers.add(whole("%s[%d]".formatted(at(name), numbers.size()), element)));
            return List.copyOf(numbers);
        });
    }

    /** Numbers by names that are the writer's affair. */
    public Optional<Map<String, Double>> optionalNumbers(String name) {
        return optionalObject(name).map(numbers -> {
            var all = new TreeMap<String, Double>();
            numbers.object.fieldNames().forEachRemaining(each -> numbers.optionalDouble(each)
                    .ifPresent(number -> all.put(each, number)));
            return all;
        });
    }

    /** Texts by names that are the writer's affair. */
    public Optional<Map<String, String>> optionalTexts(String name) {
        return optionalObject(name).map(texts -> {
            var all = new TreeMap<String, String>();
            texts.object.fieldNames().forEachRemaining(each -> texts.optionalText(each)
                    .ifPresent(text -> all.put(each, text)));
            return all;
        });
    }

    public Optional<Body> optionalObject(String name) {
        return field(name).map(node -> new Body(node, at(name)));
    }

    /** An object of its own grammar, as text. */
    public Optional<String> optionalDocument(String name) {
        return optionalObject(name).map(document -> document.object.toString());
    }

    /** Refuses a field that is known and has no meaning here. */
    public void refuse(String name, String why) {
        if (field(name).isPresent()) {
            throw Refused.malformed("%s %s; leave it out".formatted(at(name), why));
        }
    }

    /** Refuses the fields that nobody has asked for. */
    public void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw Refused.malformed(
                        "%s is not known here; known are %s".formatted(at(name), String.join(", ", known)));
            }
        });
    }

    private Optional<JsonNode> field(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Refused wrong(String name, String wanted, JsonNode was) {
        return Refused.malformed("%s must be %s (was %s)".formatted(at(name), wanted, said(was)));
    }

    private static long whole(String at, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw Refused.malformed("%s must be a whole number (was %s)".formatted(at, said(node)));
        }
        return node.longValue();
    }

    private static String said(JsonNode node) {
        return shortened(node.toString(), 40);
    }

    /** The parser's first words; what follows in brackets speaks of the parser. */
    private static String why(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deep, or a number, name or text in it is too long";
        }
        return shortened(OneLine.of(String.valueOf(e.getOriginalMessage()).replaceFirst("(?s) ?[(\\[].*", "")), 200);
    }

    /** At most so many characters of a text, the mark of what was cut included. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
