package io.dartboard.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cell of NAS-Bench-201 (Dong and Yang, arXiv 2001.00326): four nodes, each joined to all before it by one of five operations.
 *
 * @param operations of the edges {@code 1<-0, 2<-0, 2<-1, 3<-0, 3<-1, 3<-2}, by the authors' names
 */
public record TableCell(List<String> operations) {
    /** What an edge can be, in the order of the authors. */
    public static final List<String> OPERATIONS =
            List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

    /** Cells of the space: five choices on each of six edges. */
    public static final int COUNT = 15_625;

    private static final int EDGES = 6;
    private static final int NODES = 4;
    private static final String SKIP = "skip_connect";
    private static final Set<String> WITH_WEIGHTS = Set.of("nor_conv_1x1", "nor_conv_3x3");

    /** @throws IllegalArgumentException if it has not six of the five operations */
    public TableCell {
        operations = List.copyOf(operations);
        if (operations.size() != EDGES) {
            throw new IllegalArgumentException(
                    "a cell of NAS-Bench-201 has %d edges (had %d)".formatted(EDGES, operations.size()));
        }
        for (String operation : operations) {
            if (!OPERATIONS.contains(operation)) {
                throw new IllegalArgumentException("'%s' is no operation of NAS-Bench-201, which has %s"
                        .formatted(operation, String.join(", ", OPERATIONS)));
            }
        }
    }

    /**
     * Reads the authors' notation, {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}.
     *
     * @throws IllegalArgumentException if it is no cell in that notation; the message gives the text
     */
    public static TableCell parse(String text) {
        List<String> operations = new ArrayList<>();
        String[] nodes = text.strip().split("\\+", -1);
        for (int node = 1; node < NODES; node++) {
            String[] edges = node <= nodes.length ? nodes[node - 1].split("\\|", -1) : new String[0];
            boolean whole = nodes.length == NODES - 1 && edges.length == node + 2 && edges[0].isEmpty();
            for (int from = 0; from < node; from++) {
                if (!whole || !edges[from + 1].endsWith("~" + from) || !edges[node + 1].isEmpty()) {
                    throw new IllegalArgumentException(
                            "'%s' is no cell of NAS-Bench-201, which is written |op~0|+|op~0|op~1|+|op~0|op~1|op~2|"
                                    .formatted(text));
                }
                operations.add(edges[from + 1].substring(0, edges[from + 1].length() - 2));
            }
        }
        return new TableCell(operations);
    }

    /**
     * The cell at a place of the table.
     *
     * @param index from 0, below {@link #COUNT}
     */
    static TableCell at(int index) {
        String[] operations = new String[EDGES];
        int rest = index;
        for (int edge = EDGES - 1; edge >= 0; edge--) {
            operations[edge] = OPERATIONS.get(rest % OPERATIONS.size());
            rest /= OPERATIONS.size();
        }
        return new TableCell(List.of(operations));
    }

    /** Its place in the table: its operations as the digits of a number to the base five, the first edge's ahead. */
    int index() {
        return operations.stream()
                .mapToInt(OPERATIONS::indexOf)
                .reduce(0, (code, digit) -> code * OPERATIONS.size() + digit);
    }

    /** Whether every edge is a skip connection: where plain DARTS ends. */
    public boolean skipsAll() {
        return operations.stream().allMatch(SKIP::equals);
    }

    /** Edges that are skip connections. */
    public int skips() {
        return (int) operations.stream().filter(SKIP::equals).count();
    }

    /** Whether it has no weights. */
    public boolean parameterFree() {
        return operations.stream().noneMatch(WITH_WEIGHTS::contains);
    }

    /** In the authors' notation. */
    @Override
    public String toString() {
        return IntStream.range(1, NODES)
                .mapToObj(node -> IntStream.range(0, node)
                        .mapToObj(from -> operations.get(node * (node - 1) / 2 + from) + "~" + from)
                        .collect(Collectors.joining("|", "|", "|")))
                .collect(Collectors.joining("+"));
    }
}
