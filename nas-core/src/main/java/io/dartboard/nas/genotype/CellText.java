package io.dartboard.nas.genotype;

import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A genotype drawn for a terminal, both cells side by side, in less than 100 columns where names are those of published cells:
 *
 * <pre>
 * normal cell                                  reduction cell
 *
 * c_{k-2} ─ sep_conv_3x3 ─┬─▶ 0 ──┐            c_{k-2} ─ max_pool_3x3 ─┬─▶ 0 ──┐
 * c_{k-1} ─ sep_conv_3x3 ─┘       │            c_{k-1} ─ max_pool_3x3 ─┘       │
 * c_{k-2} ─ skip_connect ─┬─▶ 1 ──┴─▶ c_{k}          0 ─ skip_connect ─┬─▶ 1 ──┴─▶ c_{k}
 *       0 ─ dil_conv_3x3 ─┘                    c_{k-1} ─ max_pool_3x3 ─┘
 * </pre>
 *
 * <p>Each node is the sum of the lines that meet in it; the bar on the right joins the nodes that form the output.
 */
public final class CellText {
    private static final int OPERATION_WIDTH = 12;
    private static final int STATE_WIDTH = 7;
    private static final int CELL_WIDTH = 45;

    private CellText() {}

    /** Draws both cells; lines end in {@code \n}, without trailing blanks. */
    public static String draw(Genotype genotype) {
        int wider = wider(List.of(genotype.normal(), genotype.reduce()));
        return beside(
                lines("normal cell", genotype.normal(), wider),
                lines("reduction cell", genotype.reduce(), wider),
                wider);
    }

    /** Draws cells that were searched each in its own place, two side by side; as {@link #draw(Genotype)}. */
    public static String draw(DistributedGenotype genotype) {
        int wider = wider(genotype.cells());
        List<List<String>> drawn = new ArrayList<>();
        for (int place = 0; place < genotype.cells().size(); place++) {
            String title = "cell " + place + (genotype.reductions().contains(place) ? ", a reduction" : "");
            drawn.add(lines(title, genotype.cells().get(place), wider));
        }
        List<String> rows = new ArrayList<>();
        for (int place = 0; place < drawn.size(); place += 2) {
            rows.add(beside(drawn.get(place), place + 1 < drawn.size() ? drawn.get(place + 1) : List.of(), wider));
        }
        return String.join("\n", rows);
    }

    private static int wider(List<CellGenotype> cells) {
        int longest = cells.stream()
                .flatMap(cell -> cell.genes().stream())
                .mapToInt(gene -> gene.op().publishedName().length())
                .max()
                .orElse(0);
        return Math.max(0, longest - OPERATION_WIDTH);
    }

    private static String beside(List<String> left, List<String> right, int wider) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            String line = padRight(i < left.size() ? left.get(i) : "", ' ', CELL_WIDTH + wider)
                    + (i < right.size() ? right.get(i) : "");
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /**
     * Draws a recurrent cell as the tree that it is; lines end in {@code \n}, without trailing blanks, and have at most 100
     * columns for every cell that is at most 20 nodes deep:
     *
     * <pre>
     * recurrent cell
     *
     * x_t, h_{t-1} ─▶ 0
     *                 └─ sigmoid ─▶ 1 ─────┐
     *                    ├─ relu ─▶ 2 ─────┤
     *                    │  └─ tanh ─▶ 4 ──┤
     *                    └─ identity ─▶ 3 ─┴─▶ h_t
     * </pre>
     *
     * <p>A branch leads from a state to a node that reads it through the function named on it; the output is the mean of the
     * nodes that the bar on the right joins.
     */
    public static String draw(RecurrentGenotype genotype) {
        return RecurrentCellText.draw(genotype);
    }

    /**
     * Draws a cell of NAS-Bench-201 as the sums that it is; lines end in {@code \n}, without trailing blanks:
     *
     * <pre>
     * cell of NAS-Bench-201, from state 0 to state 3
     *
     * 0 ─ nor_conv_3x3 ───▶ 1
     * 0 ─ skip_connect ─┬─▶ 2
     * 1 ─ nor_conv_1x1 ─┘
     * 0 ─ avg_pool_3x3 ─┬─▶ 3
     * 1 ─ none ─────────┤
     * 2 ─ nor_conv_3x3 ─┘
     * </pre>
     */
    public static String draw(NasBench201Genotype genotype) {
        CellShape cell = NasBench201Space.PUBLISHED.cell();
        StringBuilder text = new StringBuilder("cell of NAS-Bench-201, from state 0 to state " + cell.nodes() + "\n\n");
        for (int node = 0; node < cell.nodes(); node++) {
            for (Edge edge : cell.edgesOf(node)) {
                text.append(edge.from())
                        .append(" ─ ")
                        .append(operation(genotype.on(edge), 0))
                        .append(joint(edge.from(), cell.edgesInto(node)))
                        .append(edge.from() == 0 ? "─▶ " + (cell.inputs() + node) : "")
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** How the line of an operand meets those of the others of its node. */
    private static String joint(int operand, int operands) {
        return operands == 1 ? "─" : operand == 0 ? "┬" : operand < operands - 1 ? "┤" : "┘";
    }

    private static List<String> lines(String title, CellGenotype cell, int wider) {
        List<String> lines = new ArrayList<>(List.of(title, ""));
        int first = Collections.min(cell.concat()) - CellGenotype.INPUTS;
        int last = Collections.max(cell.concat()) - CellGenotype.INPUTS;
        for (int node = 0; node < cell.nodes(); node++) {
            List<Gene> genes = cell.genesOf(node);
            boolean output = cell.concat().contains(CellGenotype.INPUTS + node);
            for (int i = 0; i < genes.size(); i++) {
                lines.add(operand(genes.get(i), wider)
                        + joint(i, genes.size())
                        + (i == 0
                                ? "─▶ " + node + bus(node, first, last, output)
                                : "       " + (node >= first && node < last ? "│" : "")));
            }
        }
        return lines;
    }

    /** The part of a node's upper line to the right of its number. */
    private static String bus(int node, int first, int last, boolean output) {
        if (node == last) {
            return first == last ? " ────▶ c_{k}" : " ──┴─▶ c_{k}";
        }
        if (output) {
            return node == first ? " ──┐" : " ──┤";
        }
        return node > first && node < last ? "   │" : "";
    }

    private static String operand(Gene gene, int wider) {
        return padLeft(state(gene.from())) + " ─ " + operation(gene.op(), wider);
    }

    private static String operation(Primitive op, int wider) {
        return padRight(op.publishedName() + " ", '─', OPERATION_WIDTH + 2 + wider);
    }

    private static String state(int state) {
        return switch (state) {
            case 0 -> "c_{k-2}";
            case 1 -> "c_{k-1}";
            default -> String.valueOf(state - CellGenotype.INPUTS);
        };
    }

    private static String padLeft(String text) {
        return " ".repeat(STATE_WIDTH - text.length()) + text;
    }

    private static String padRight(String text, char filler, int width) {
        return text + String.valueOf(filler).repeat(Math.max(0, width - text.length()));
    }
}
