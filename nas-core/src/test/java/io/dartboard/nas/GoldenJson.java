package io.dartboard.nas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGene;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the JSON golden files, from the folder of system property {@code golden.dir} or from the class path. */
public final class GoldenJson {
    private static final String NUMBER = "([0-9.]+(?:e-?[0-9]+)?)";

    private GoldenJson() {}

    public static JsonNode read(String file) {
        try (InputStream stream = open(file)) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }

    /**
     * A name that carries numbers, as {@code label_smoothing_0.1}.
     *
     * @param numbers in their order
     */
    public record Numbered(String name, List<Double> numbers) {
        /** A whole number. */
        public int whole(int index) {
            return (int) Math.round(number(index));
        }

        public double number(int index) {
            return numbers.get(index);
        }
    }

    /** The names that are a pattern, a number in the place of each {@code #}; at least one must be. */
    public static List<Numbered> numbered(Iterable<String> names, String pattern) {
        Pattern form = Pattern.compile(
                Arrays.stream(pattern.split("#", -1)).map(Pattern::quote).collect(Collectors.joining(NUMBER)));
        List<Numbered> found = new ArrayList<>();
        for (String name : names) {
            Matcher matcher = form.matcher(name);
            if (matcher.matches()) {
                found.add(new Numbered(
                        name,
                        IntStream.rangeClosed(1, matcher.groupCount())
                                .mapToObj(group -> Double.valueOf(matcher.group(group)))
                                .toList()));
            }
        }
        if (found.isEmpty()) {
            throw new AssertionError("no name like " + pattern);
        }
        return found;
    }

    /** A genotype in the files' JSON form, with genes as pairs (operation, state) or triples (operation, node, state). */
    public static Genotype genotype(JsonNode json) {
        return new Genotype(cell(json, "normal"), cell(json, "reduce"));
    }

    /** A recurrent genotype in the files' JSON form, with genes as pairs (operation, state). */
    public static RecurrentGenotype recurrent(JsonNode json) {
        List<RecurrentGene> genes = new ArrayList<>();
        json.get("recurrent")
                .forEach(gene -> genes.add(new RecurrentGene(
                        RecurrentPrimitive.of(gene.get(0).asText()), gene.get(1).asInt())));
        List<Integer> concat = new ArrayList<>();
        json.get("concat").forEach(state -> concat.add(state.asInt()));
        return new RecurrentGenotype(genes, concat);
    }

    /** Cells that were searched each in its own place, with genes as triples (operation, node, state). */
    public static DistributedGenotype distributed(JsonNode json) {
        List<CellGenotype> cells = new ArrayList<>();
        json.get("genes")
                .forEach(genes -> cells.add(CellGenotype.existing(triples(genes), states(json.get("concat")))));
        return new DistributedGenotype(cells, states(json.get("reductions")));
    }

    private static List<Integer> states(JsonNode json) {
        List<Integer> states = new ArrayList<>();
        json.forEach(state -> states.add(state.asInt()));
        return states;
    }

    /** Whether the genes of a published genotype are pairs, so that it belongs to the DARTS family of cells. */
    public static boolean hasPairs(JsonNode json) {
        return json.get("normal").get(0).size() == 2;
    }

    private static CellGenotype cell(JsonNode json, String name) {
        List<Integer> concat = states(json.get(name + "_concat"));
        if (!hasPairs(json)) {
            return CellGenotype.existing(triples(json.get(name)), concat);
        }
        List<Gene> genes = new ArrayList<>();
        json.get(name)
                .forEach(gene -> genes.add(
                        new Gene(Primitive.of(gene.get(0).asText()), gene.get(1).asInt())));
        return CellGenotype.ofPairs(genes, concat);
    }

    /** Genes as triples (operation, node, state), by node. */
    public static List<List<Gene>> triples(JsonNode json) {
        List<List<Gene>> nodes = new ArrayList<>();
        json.forEach(gene -> {
            while (nodes.size() <= gene.get(1).asInt() - CellGenotype.INPUTS) {
                nodes.add(new ArrayList<>());
            }
            nodes.get(gene.get(1).asInt() - CellGenotype.INPUTS)
                    .add(new Gene(
                            Primitive.of(gene.get(0).asText()), gene.get(2).asInt()));
        });
        return nodes;
    }

    /** Opens a golden file of any kind. */
    static InputStream open(String file) throws IOException {
        String folder = System.getProperty("golden.dir", "");
        return folder.isBlank()
                ? Objects.requireNonNull(GoldenJson.class.getResourceAsStream("/golden/" + file), file)
                : Files.newInputStream(Path.of(folder, file));
    }
}
