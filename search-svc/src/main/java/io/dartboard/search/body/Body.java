package io.dartboard.search.body;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.nas.setting.Nearest;
import io.dartboard.pipeline.config.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A JSON object, read strictly: every field is asked for by name and type, and {@link #end()} refuses what nobody asked for.
 * What is wrong is remembered, each by the path of its field, and told together at the end of the outermost object.
 */
public final class Body {
    private static final String WHOLE = "a whole number";
    private static final String TEXT = "a text in quotes";

    private final JsonNode object;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    private final Faults faults;

    private Body(JsonNode object, String path, Faults faults) {
        if (!object.isObject()) {
            throw Refused.malformed("%s must be an object in braces (was %s)"
                    .formatted(path.isEmpty() ? "the body" : path, said(object)));
        }
        this.object = object;
        this.path = path;
        this.faults = faults;
    }

    /**
     * Reads a request's body.
     *
     * @param reading asks for every field that there may be
     * @throws Refused with all that is wrong
     */
    public static <T> T read(String text, Function<Body, T> reading) {
        var body = of(text);
        T read;
        try {
            read = reading.apply(body);
        } catch (Refused last) {
            throw body.with(last);
        }
        body.end();
        return read;
    }

    private static Body of(String text) {
        if (text.isBlank()) {
            throw Refused.malformed("the body is empty; send a JSON object");
        }
        try {
            return new Body(StrictJson.read(text), "", new Faults());
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "the body is not JSON, " + e.getMessage(), e);
        }
    }

    /** A text that must be there; an empty one, and a fault, where it is not. */
    public String text(String name) {
        var text = optionalText(name).filter(each -> !each.isBlank());
        if (text.isEmpty() && field(name).filter(node -> !node.isTextual()).isEmpty()) {
            faults.add(Refused.malformed("%s is missing; it names %s".formatted(at(name), "the " + name)));
        }
        return text.orElse("");
    }

    public Optional<String> optionalText(String name) {
        return read(name, TEXT, JsonNode::isTextual, JsonNode::textValue);
    }

    public Optional<Long> optionalLong(String name) {
        return read(name, WHOLE, Body::isLong, JsonNode::longValue);
    }

    public Optional<Integer> optionalInt(String name) {
        return read(name, WHOLE, node -> node.isIntegralNumber() && node.canConvertToInt(), JsonNode::intValue);
    }

    public Optional<Double> optionalDouble(String name) {
        return read(name, "a number", JsonNode::isNumber, JsonNode::doubleValue);
    }

    public Optional<Boolean> optionalBoolean(String name) {
        return read(name, "true or false", JsonNode::isBoolean, JsonNode::booleanValue);
    }

    public Optional<List<Long>> optionalLongs(String name) {
        return read(name, "a list of whole numbers in brackets", JsonNode::isArray, node -> {
            var numbers = new ArrayList<Long>();
            for (var i = 0; i < node.size(); i++) {
                if (isLong(node.get(i))) {
                    numbers.add(node.get(i).longValue());
                } else {
                    faults.add(wrong("%s[%d]".formatted(at(name), i), WHOLE, node.get(i)));
                }
            }
            return List.copyOf(numbers);
        });
    }

    /** A text, or several: those of a list. */
    public Optional<List<String>> optionalTextOrTexts(String name) {
        return read(
                name,
                TEXT + ", or a list of such in brackets",
                node -> node.isTextual() || node.isArray(),
                node -> node.isTextual() ? List.of(node.textValue()) : texts(name, node));
    }

    private List<String> texts(String name, JsonNode list) {
        var texts = new ArrayList<String>();
        for (var i = 0; i < list.size(); i++) {
            if (list.get(i).isTextual()) {
                texts.add(list.get(i).textValue());
            } else {
                faults.add(wrong("%s[%d]".formatted(at(name), i), TEXT, list.get(i)));
            }
        }
        return List.copyOf(texts);
    }

    private <T> Optional<T> read(String name, String wanted, Predicate<JsonNode> fits, Function<JsonNode, T> value) {
        var given = field(name);
        given.filter(fits.negate()).ifPresent(node -> faults.add(wrong(at(name), wanted, node)));
        return given.filter(fits).map(value);
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
        return read(name, "an object in braces", JsonNode::isObject, node -> new Body(node, at(name), faults));
    }

    /** An object of its own grammar, as text. */
    public Optional<String> optionalDocument(String name) {
        return optionalObject(name).map(document -> document.object.toString());
    }

    /** The names of all fields that are there. */
    public Stream<String> names() {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    /** Refuses a field that is known and has no meaning here. */
    public void refuse(String name, String why) {
        if (field(name).isPresent()) {
            faults.add(Refused.malformed("%s %s; leave it out".formatted(at(name), why)));
        }
    }

    /**
     * Refuses the fields that nobody has asked for.
     *
     * @throws Refused with all that is wrong, where this is the outermost object
     */
    public void end() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                var meant = Nearest.question(name, known);
                faults.add(Refused.malformed("%s is not known here%s%s are %s"
                        .formatted(at(name), meant, meant.isEmpty() ? "; known" : " Known", String.join(", ", known))));
            }
        });
        if (path.isEmpty()) {
            faults.end();
        }
    }

    /** All that is wrong so far, and this, which kept the rest from being read. */
    private Refused with(Refused last) {
        faults.add(last);
        try {
            faults.end();
        } catch (Refused all) {
            return all;
        }
        return last;
    }

    private Optional<JsonNode> field(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Refused wrong(String at, String wanted, JsonNode was) {
        return Refused.malformed("%s must be %s (was %s)".formatted(at, wanted, said(was)));
    }

    private static boolean isLong(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static String said(JsonNode node) {
        return shortened(node.toString(), 40);
    }

    /** At most so many characters of a text, the mark of what was cut included. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
