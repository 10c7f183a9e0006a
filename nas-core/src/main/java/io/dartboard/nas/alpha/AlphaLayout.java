package io.dartboard.nas.alpha;

import io.dartboard.nas.searchspace.SearchSpace;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which architecture parameters a search has: groups in order, each a matrix of its own. Laid out flat, they follow each
 * other, each row-major (edges, candidates).
 *
 * @param groups at least one; their names differ
 */
public record AlphaLayout(List<Group> groups) {
    private static final String OF_EDGES = ".edges";

    /**
     * The parameters that some cells share.
     *
     * @param name by which events, snapshots and metrics know it
     * @param edges rows
     * @param candidates columns
     */
    public record Group(String name, int edges, int candidates) {
        public Group {
            if (edges < 1 || candidates < 1) {
                throw new IllegalArgumentException(
                        "alphas '%s' need at least one edge and one candidate (had %d and %d)"
                                .formatted(name, edges, candidates));
            }
        }

        /** Number of parameters. */
        public int size() {
            return edges * candidates;
        }

        /** The parameters that weigh the edges of these cells against each other, one each. */
        public Group ofEdges() {
            return new Group(name + OF_EDGES, edges, 1);
        }

        /** Whether these weigh edges, and not the candidates of an edge. */
        public boolean weighsEdges() {
            return name.endsWith(OF_EDGES);
        }

        /** Name of the cells that they are about. */
        public String cell() {
            return weighsEdges() ? name.substring(0, name.length() - OF_EDGES.length()) : name;
        }

        @Override
        public String toString() {
            return "%s (%d, %d)".formatted(name, edges, candidates);
        }
    }

    public AlphaLayout {
        groups = List.copyOf(groups);
        if (groups.isEmpty() || new HashSet<>(groups.stream().map(Group::name).toList()).size() != groups.size()) {
            throw new IllegalArgumentException("alphas need groups of different names (were %s)".formatted(groups));
        }
        for (int i = 1; i < groups.size(); i++) {
            if (groups.get(i - 1).weighsEdges() && !groups.get(i).weighsEdges()) {
                throw new IllegalArgumentException(
                        "alphas of edges lie after those of candidates (were %s)".formatted(groups));
            }
        }
    }

    /** All cells of one kind share one group, which is called like the kind: DARTS (arXiv 1806.09055), section 2.2. */
    public static AlphaLayout sharedByKind(SearchSpace space) {
        return new AlphaLayout(space.cells().stream()
                .map(kind -> new Group(kind, space.edgeCount(), space.candidateCount()))
                .toList());
    }

    /** The groups that mix candidates; they lie before those that weigh edges. */
    public AlphaLayout ofCandidates() {
        List<Group> mixing =
                groups.stream().filter(group -> !group.weighsEdges()).toList();
        return mixing.size() == groups.size() ? this : new AlphaLayout(mixing);
    }

    /** The same, and after them a parameter for each edge of each group: PC-DARTS (arXiv 1907.05737), section 3.3. */
    public AlphaLayout withEdges() {
        return new AlphaLayout(Stream.concat(groups.stream(), groups.stream().map(Group::ofEdges))
                .toList());
    }

    /** Number of all parameters. */
    public int size() {
        return groups.stream().mapToInt(Group::size).sum();
    }

    /** The sizes of the groups in order: where a flat array of all is cut. */
    public long[] sizes() {
        return groups.stream().mapToLong(Group::size).toArray();
    }

    /** The groups and their shapes, for people. */
    @Override
    public String toString() {
        return groups.stream().map(Group::toString).collect(Collectors.joining(", "));
    }
}
