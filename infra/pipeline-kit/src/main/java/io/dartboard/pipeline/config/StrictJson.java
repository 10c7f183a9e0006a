package io.dartboard.pipeline.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.regex.Pattern;

/** JSON that a person wrote, read strictly: no field twice, nothing after the end; what is wrong is said in plain words. */
public final class StrictJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern QUOTED = Pattern.compile("'([^']{1,40})'");

    private StrictJson() {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is no JSON; the message says where and what, as in {@code line 1 column 3: field
     *     'dataset' is named twice}
     */
    public static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : "line %d column %d: ".formatted(at.getLineNr(), at.getColumnNr());
            throw new IllegalArgumentException(where + what(e), e);
        }
    }

    /** The parser's own words speak of the parser. */
    private static String what(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "it is nested too deep, or a number, name or text in it is too long";
        }
        if (e instanceof JsonEOFException) {
            return "it ends too early; a brace, bracket or quote is not closed";
        }
        var said = String.valueOf(e.getOriginalMessage());
        var quoted = QUOTED.matcher(said);
        var which = quoted.find() ? "'%s'".formatted(quoted.group(1).strip()) : "what stands there";
        if (said.startsWith("Duplicate field")) {
            return "field %s is named twice".formatted(which);
        }
        if (said.startsWith("Unrecognized token")) {
            return "%s is no word of JSON; texts stand in double quotes".formatted(which);
        }
        if (said.startsWith("Trailing token")) {
            return "something follows after its end";
        }
        if (said.startsWith("Unexpected character")) {
            return "%s is not expected there; is a comma, a colon or a quote missing?".formatted(which);
        }
        return "%s cannot be read".formatted(which);
    }
}
