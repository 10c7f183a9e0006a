package io.dartboard.search.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** An endless row of bodies that hardly mean anything, made of some that do; the same of the same seed. */
final class MalformedRequests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "-1e-999",
            "1.5",
            "99999999999999999999999999",
            "2147483647",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"..\"",
            "\"../../etc/passwd\"",
            "\"file:///\"",
            "\"file:\"",
            "\"file:x\"",
            "\"file:///a%00b\"",
            "\"file:///a\\u0000b\"",
            "\"s3://\"",
            "\"s3://other/x\"",
            "\"http://[\"",
            "\"a\\u0000\\n\\u001b[2J\"",
            "\"\\ud800\"",
            "\"🦄\"",
            "\"Genotype(\"",
            "\"RecurrentGenotype(\"",
            "\"darts-rnn\"",
            "\"DARTS_V2\"",
            "[]",
            "[[]]",
            "[1, null]",
            "[-1, 1e9]",
            "{}",
            "{\"a\": {}}");

    private final SplittableRandom random;
    private final List<String> valid;

    MalformedRequests(long seed, List<String> valid) {
        this.random = new SplittableRandom(seed);
        this.valid = List.copyOf(valid);
    }

    /** The next one. */
    String next() {
        var from = valid.get(random.nextInt(valid.size()));
        return switch (random.nextInt(9)) {
            case 0 -> from.substring(0, random.nextInt(from.length()));
            case 1 -> spoilt(from);
            case 2 -> swapped(from);
            case 3 -> from + from.substring(random.nextInt(from.length()));
            case 4 -> deep();
            case 5 -> from.replaceFirst("\\d+", "9".repeat(1 + random.nextInt(3_000)));
            case 6 -> from.replaceFirst("\"[a-z]+\"", "\"" + "x".repeat(random.nextInt(900_000)) + "\"");
            default -> changed(from);
        };
    }

    private String spoilt(String from) {
        var characters = from.toCharArray();
        for (var i = random.nextInt(6); i >= 0; i--) {
            characters[random.nextInt(characters.length)] ^= (char) (1 << random.nextInt(16));
        }
        return new String(characters);
    }

    private String swapped(String from) {
        var a = random.nextInt(from.length());
        var b = random.nextInt(from.length());
        return from.substring(Math.min(a, b)) + from.substring(0, Math.max(a, b));
    }

    private String deep() {
        var depth = 1 + random.nextInt(20_000);
        return random.nextBoolean() ? "[".repeat(depth) : "{\"dataset\":".repeat(depth);
    }

    /** With one to three values that are others, or more. */
    private String changed(String from) {
        try {
            var body = (ObjectNode) JSON.readTree(from);
            for (var i = random.nextInt(3); i >= 0; i--) {
                change(body);
            }
            return body.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(ObjectNode object) throws IOException {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.nextInt(10) == 0) {
            object.set(random.nextBoolean() ? "epochs" : "x\n" + random.nextInt(), value());
            return;
        }
        var name = names.get(random.nextInt(names.size()));
        if (object.get(name) instanceof ObjectNode inner && random.nextInt(4) > 0) {
            change(inner);
        } else if (object.get(name) instanceof ArrayNode list && random.nextBoolean()) {
            list.add(value());
        } else {
            object.set(name, value());
        }
    }

    private JsonNode value() throws IOException {
        return JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    }
}
