package io.dartboard.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.local.ask.SearchBy;
import io.dartboard.nas.genotype.RandomSearch;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.searchspace.CnnSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Tiny runs in twins: those of one family have other jobs, since they differ in a bound on the gradient, and the same
 * results, since no gradient comes near it. So the first of a family, which nobody disturbs, tells what all others must come
 * to.
 */
final class TwinRuns {
    private static final List<String> FILES =
            List.of("/chaos-image-run.json", "/chaos-given-run.json", "/chaos-text-run.json");
    private static final String SEARCH = "search";
    /** Partial channels are quarters. */
    private static final int FEWEST_CHANNELS = 4;

    private static final int NEVER_REACHED = 1_000_000;

    private final List<ObjectNode> families;

    /**
     * The families of a seed: what they search for differs from seed to seed.
     *
     * @param methods ids; one family searches cells for images by each of them. Where there is none, there is a family of each kind
     *     of run
     */
    TwinRuns(long seed, List<String> methods) {
        var random = new Random(seed);
        families = methods.isEmpty()
                ? FILES.stream().map(TwinRuns::read).toList()
                : methods.stream().map(TwinRuns::searchedBy).toList();
        families.forEach(family -> {
            if (family.has("seeds")) {
                var seeds = family.withArray("seeds");
                for (var i = 0; i < seeds.size(); i++) {
                    seeds.set(i, seeds.numberNode(random.nextInt(1000)));
                }
            }
            family.put("randomCellSeed", random.nextInt(1000));
        });
    }

    /** How many families there are. */
    int families() {
        return families.size();
    }

    /**
     * The run file of a twin.
     *
     * @param family from 0
     * @param number 0 for the one that is not disturbed
     */
    JsonNode twin(int family, int number) {
        var twin = families.get(family).deepCopy();
        trained(twin).forEach(section -> twin.withObject("/" + section).put("gradientClip", NEVER_REACHED + number));
        twin.put("requestedBy", "chaos");
        return twin;
    }

    /** The sections by which something is trained: a random search trains no supernet. */
    private static Stream<String> trained(ObjectNode twin) {
        var draws = twin.path("method").asText().equals(RandomSearch.ID);
        return SearchBy.SECTIONS.stream().filter(twin::has).filter(section -> !draws || !section.equals(SEARCH));
    }

    private static ObjectNode searchedBy(String method) {
        var family = read(FILES.get(0));
        family.withObject("/" + SEARCH).put("channels", FEWEST_CHANNELS);
        SearchBy.method(method, ImageSearch.METHODS, CnnSpace.DARTS, family);
        return family;
    }

    private static ObjectNode read(String file) {
        try (var in = Objects.requireNonNull(TwinRuns.class.getResourceAsStream(file), file)) {
            return (ObjectNode) new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
