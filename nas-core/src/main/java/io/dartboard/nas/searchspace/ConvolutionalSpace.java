package io.dartboard.nas.searchspace;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A space of convolutional networks whose cells have one graph, every edge of which chooses among the same candidates.
 */
public sealed interface ConvolutionalSpace extends SearchSpace permits CnnSpace, NasBench201Space {
    @Override
    default boolean stacksCells() {
        return true;
    }

    /** Operations of an edge; their order is the column order of an alpha matrix. */
    @Override
    List<Primitive> candidates();

    /**
     * Refuses a number of cells of which there is no network.
     *
     * @param cells as settings count them
     * @throws IllegalArgumentException with one line that says which there are
     */
    void requireCells(int cells);

    /**
     * The skeleton of a supernet, and of the networks that are derived from it.
     *
     * @param channels of a node in the first cell
     * @throws IllegalArgumentException if there is no network of so many cells
     */
    default NetworkShape shape(int channels, int cells, int classes) {
        return new NetworkShape(channels, cells, classes);
    }

    /** Where the authors' network keeps what an edge of a cell computes, by the start of the names of its weights. */
    String prefix(Edge edge);

    @Override
    default String reads() {
        return "images";
    }

    @Override
    default Set<Integer> parameterFree() {
        return IntStream.range(0, candidates().size())
                .filter(candidate -> candidates().get(candidate).parameterFree())
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    default OptionalInt skip() {
        int column = candidates().indexOf(Primitive.SKIP_CONNECT);
        return column < 0 ? OptionalInt.empty() : OptionalInt.of(column);
    }

    @Override
    default int candidateCount() {
        return candidates().size();
    }

    @Override
    default int edgeCount() {
        return cell().edgeCount();
    }
}
