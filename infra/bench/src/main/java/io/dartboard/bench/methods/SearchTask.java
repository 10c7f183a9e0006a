package io.dartboard.bench.methods;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.nas.genotype.RandomSearch;
import java.util.Map;

/**
 * One search, or one cell drawn at random, so that another process can do it.
 *
 * @param space id of a {@link Yardstick}
 * @param method id of a search method, or {@link #RANDOM}
 * @param guarded whether a guard ends, or makes anew, a search that collapses or has settled
 * @param seed of the search, or of the draw
 * @param config settings of the search by name
 * @param device where it computes
 * @param data folder or archive of the images
 * @param images how many training images are used; 0 for all
 * @param side of an image in pixels; 0 as they are
 * @param retrainEpochs how long the cell is retrained; 0 if it is not
 * @param draws how many cells a random search draws
 * @param chosenBy the {@link io.dartboard.bench.table.TableFigure} by which it chooses among these; empty if by retraining
 */
public record SearchTask(
        String space,
        String method,
        boolean guarded,
        long seed,
        Map<String, Object> config,
        String device,
        String data,
        int images,
        int side,
        int retrainEpochs,
        int draws,
        String chosenBy) {
    /** Instead of a method: no search, a cell drawn at random. */
    static final String RANDOM = "random-cells";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    public SearchTask {
        config = Map.copyOf(config);
    }

    /** The same for another subject and seed. */
    SearchTask of(Subject subject, long otherSeed) {
        return new SearchTask(
                space,
                subject.method(),
                subject.guarded(),
                otherSeed,
                config,
                device,
                data,
                images,
                side,
                retrainEpochs,
                draws,
                chosenBy);
    }

    /** What of the table it belongs to. */
    Subject subject() {
        return new Subject(method, guarded);
    }

    /**
     * What has a line of the table.
     *
     * @param method id of a search method, or {@link #RANDOM}
     * @param guarded whether its searches have a guard
     */
    record Subject(String method, boolean guarded) {
        /** Cells drawn at random. */
        static final Subject RANDOM = new Subject(SearchTask.RANDOM, false);

        /** As the table names it. */
        String name() {
            return guarded ? method + " + guard" : method;
        }
    }

    /** Whether it is the best of several cells drawn at random. */
    boolean isRandomSearch() {
        return method.equals(RandomSearch.ID);
    }

    boolean isRandom() {
        return method.equals(RANDOM);
    }

    /** One line, which {@link #parse} reads. */
    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a task is text and numbers", e);
        }
    }

    static SearchTask parse(String json) {
        try {
            return MAPPER.readValue(json, SearchTask.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'%s' is no task".formatted(json), e);
        }
    }
}
