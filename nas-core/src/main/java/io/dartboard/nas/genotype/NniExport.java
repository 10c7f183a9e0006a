package io.dartboard.nas.genotype;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.nas.searchspace.CellKind;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the architecture that NNI exports of its DARTS space: a JSON object with {@code normal/op_2_0}, the operation of
 * the first operand of node 2, and {@code normal/input_2_0}, the state that it reads, alone or in a list; and so on for
 * each node and for the reduction. All nodes form the output.
 */
final class NniExport {
    private static final Pattern KEY = Pattern.compile("(normal|reduce)/(op|input)_(\\d{1,2})_(\\d)");

    private final JsonNode export;

    private NniExport(JsonNode export) {
        this.export = export;
    }

    /** Whether a text looks like one. */
    static boolean isMeantBy(String text) {
        return text.strip().startsWith("{") && text.contains("/op_");
    }

    /**
     * Reads it.
     *
     * @throws GenotypeSyntaxException if it is none, or lacks an operand
     */
    static Genotype read(String text) {
        try {
            NniExport export = new NniExport(new ObjectMapper().readTree(text.replace('\'', '"')));
            return new Genotype(export.cell(CellKind.NORMAL), export.cell(CellKind.REDUCE));
        } catch (JsonProcessingException e) {
            long position =
                    Math.max(0, e.getLocation() == null ? 0 : e.getLocation().getCharOffset());
            throw new GenotypeSyntaxException(
                    (int) position, "this looks like NNI's export and is no JSON: " + e.getOriginalMessage());
        }
    }

    private CellGenotype cell(CellKind kind) {
        List<Gene> genes = new ArrayList<>();
        int last = lastNode(kind);
        for (int node = CellGenotype.INPUTS; node <= last; node++) {
            for (int operand = 0; operand < CellGenotype.GENES_PER_NODE; operand++) {
                String place = "%s_%s".formatted(Integer.toString(node), Integer.toString(operand));
                String operation = value(kind, "op_" + place).asText();
                try {
                    genes.add(new Gene(Primitive.of(operation), state(kind, "input_" + place)));
                } catch (IllegalArgumentException e) {
                    throw failure(kind, "op_" + place, String.valueOf(e.getMessage()));
                }
            }
        }
        try {
            return CellGenotype.ofPairs(
                    genes,
                    IntStream.rangeClosed(CellGenotype.INPUTS, last).boxed().toList());
        } catch (IllegalArgumentException e) {
            throw failure(kind, "", String.valueOf(e.getMessage()));
        }
    }

    private int lastNode(CellKind kind) {
        int last = CellGenotype.INPUTS;
        for (Iterator<String> names = export.fieldNames(); names.hasNext(); ) {
            Matcher key = KEY.matcher(names.next());
            if (key.matches() && key.group(1).equals(kind.publishedName())) {
                last = Math.max(last, Integer.parseInt(key.group(3)));
            }
        }
        return last;
    }

    private int state(CellKind kind, String name) {
        JsonNode value = value(kind, name);
        JsonNode only = value.isArray() && value.size() == 1 ? value.get(0) : value;
        if (!only.canConvertToInt()) {
            throw failure(kind, name, "wants the number of one state (was %s)".formatted(value));
        }
        return only.asInt();
    }

    private JsonNode value(CellKind kind, String name) {
        JsonNode value = export.get(kind.publishedName() + "/" + name);
        if (value == null) {
            throw failure(kind, name, "is missing; each node has two operands");
        }
        return value;
    }

    private static GenotypeSyntaxException failure(CellKind kind, String name, String complaint) {
        return new GenotypeSyntaxException(
                0, "NNI's export: %s/%s %s".formatted(kind.publishedName(), name, complaint));
    }
}
