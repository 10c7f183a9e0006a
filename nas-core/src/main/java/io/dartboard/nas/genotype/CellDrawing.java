package io.dartboard.nas.genotype;

import static io.dartboard.nas.genotype.SvgShapes.TIP;
import static io.dartboard.nas.genotype.SvgShapes.label;
import static io.dartboard.nas.genotype.SvgShapes.rectangle;
import static io.dartboard.nas.genotype.SvgShapes.state;
import static io.dartboard.nas.genotype.SvgShapes.tip;
import static io.dartboard.nas.genotype.SvgShapes.word;

import io.dartboard.nas.searchspace.Primitive;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * One cell as SVG elements, laid out as a staircase. Every state has a column, so every node is a layer of its own;
 * every gene has a row. A gene's wire runs down the column of the state it reads and then along its row into its node,
 * with the label just before the node, where no column passes: labels cannot meet each other, a wire's bend or a box,
 * whatever the cell. Wires that cross without a bend do not touch. Output wires leave to the right, above all later nodes.
 */
final class CellDrawing implements SvgPanel {
    private static final int PAD = 24;
    private static final int HEADING = 44;
    private static final int BOX = 40;
    private static final int INPUT_BOX = 60;
    private static final int INPUT_COLUMN = 84;
    private static final int NODE_COLUMN = 172;
    private static final int ROW = 32;
    private static final int NODE_GAP = 12;
    private static final int LABEL_WIDTH = 98;
    private static final int LABEL_HEIGHT = 22;
    private static final int BEND = 10;
    private static final int OUTPUT_GAP = 56;
    private static final int OUTPUT_BOX = 52;
    private static final String SEPARABLE = "fill=\"#d9e6fd\" stroke=\"#5b8def\"";
    private static final String DILATED = "fill=\"#e9defa\" stroke=\"#9469d6\"";
    private static final String POOL = "fill=\"#fdebd0\" stroke=\"#dc9a3c\"";
    private static final String COLOUR_OF_OTHERS = "fill=\"#dff3e4\" stroke=\"#4fa66b\"";

    /** The published operations by family; an operation of a later paper has the colour of all others. */
    private static final Map<Primitive, String> COLOURS = Map.of(
            Primitive.SEP_CONV_3X3, SEPARABLE,
            Primitive.SEP_CONV_5X5, SEPARABLE,
            Primitive.SEP_CONV_7X7, SEPARABLE,
            Primitive.DIL_CONV_3X3, DILATED,
            Primitive.DIL_CONV_5X5, DILATED,
            Primitive.CONV_7X1_1X7, "fill=\"#fbdde6\" stroke=\"#d65b83\"",
            Primitive.MAX_POOL_3X3, POOL,
            Primitive.AVG_POOL_3X3, POOL,
            Primitive.SKIP_CONNECT, "fill=\"#ffffff\" stroke=\"#9aa5b5\" stroke-dasharray=\"4 3\"");

    private final String title;
    private final String note;
    private final CellGenotype cell;

    CellDrawing(String title, String note, CellGenotype cell) {
        this.title = title;
        this.note = note;
        this.cell = cell;
    }

    @Override
    public int width() {
        return outputLeft() + OUTPUT_BOX + PAD;
    }

    @Override
    public int height() {
        return bottomOf(cell.nodes() - 1) + PAD;
    }

    @Override
    public String draw() {
        StringBuilder svg = new StringBuilder();
        svg.append(rectangle("panel", 0, 0, width(), height(), 12));
        svg.append("<text x=\"" + PAD + "\" y=\"30\" class=\"heading\">" + title + "</text>\n");
        svg.append("<text x=\"" + (PAD + 130) + "\" y=\"30\" class=\"note\">" + note + "</text>\n");
        for (int node = 0; node < cell.nodes(); node++) {
            for (int operand = 0; operand < cell.genesOf(node).size(); operand++) {
                svg.append(rail(cell.genesOf(node).get(operand).from(), rowOf(node, operand)));
            }
        }
        for (int node = 0; node < cell.nodes(); node++) {
            for (int operand = 0; operand < cell.genesOf(node).size(); operand++) {
                svg.append(run(cell.genesOf(node).get(operand), node, rowOf(node, operand)));
            }
        }
        svg.append(output());
        svg.append(rectangle("input", columnOf(0) - INPUT_BOX / 2, HEADING, INPUT_BOX, BOX - 6, 8));
        svg.append(state(columnOf(0), HEADING + BOX / 2 + 1, "c", "k−2"));
        svg.append(rectangle("input", columnOf(1) - INPUT_BOX / 2, HEADING, INPUT_BOX, BOX - 6, 8));
        svg.append(state(columnOf(1), HEADING + BOX / 2 + 1, "c", "k−1"));
        for (int node = 0; node < cell.nodes(); node++) {
            if (!cell.genesOf(node).isEmpty()) {
                int x = columnOf(CellGenotype.INPUTS + node);
                int top = rowOf(node, 0) - ROW / 2;
                svg.append(rectangle("node", x - BOX / 2, top, BOX, bottomOf(node) - top, 8));
                svg.append(word(x, centreOf(node) + 5, "state", Integer.toString(node)));
            }
        }
        return svg.toString();
    }

    /** The vertical part of a wire and its bend. */
    private String rail(int from, int row) {
        int x = columnOf(from);
        int top = from < CellGenotype.INPUTS ? HEADING + BOX - 6 : bottomOf(from - CellGenotype.INPUTS);
        return "<path class=\"wire\" d=\"M" + x + " " + top + "V" + (row - BEND) + "q0 " + BEND + " " + BEND + " "
                + BEND + "\"/>\n";
    }

    /** The horizontal part of a wire, over whatever columns it crosses, its label and its tip. */
    private String run(Gene gene, int node, int row) {
        int start = columnOf(gene.from()) + BEND;
        int end = columnOf(CellGenotype.INPUTS + node) - BOX / 2;
        int label = end - TIP - 8 - LABEL_WIDTH;
        return "<path class=\"bridge\" d=\"M" + (start + 4) + " " + row + "H" + (end - TIP) + "\"/>\n"
                + "<path class=\"wire\" d=\"M" + start + " " + row + "H" + (end - TIP) + "\"/>\n"
                + tip("tip", end, row)
                + label(
                        label,
                        row,
                        LABEL_WIDTH,
                        LABEL_HEIGHT,
                        colours(gene.op()),
                        gene.op().publishedName());
    }

    private String output() {
        int left = outputLeft();
        int top = rowOf(Collections.min(cell.concat()) - CellGenotype.INPUTS, 0) - ROW / 2;
        int bottom = bottomOf(Collections.max(cell.concat()) - CellGenotype.INPUTS);
        StringBuilder svg = new StringBuilder();
        for (int state : cell.concat()) {
            int y = centreOf(state - CellGenotype.INPUTS);
            svg.append("<path class=\"join\" d=\"M" + (columnOf(state) + BOX / 2) + " " + y + "H" + (left - TIP)
                    + "\"/>\n");
            svg.append(tip("jointip", left, y));
        }
        svg.append(rectangle("output", left, top, OUTPUT_BOX, bottom - top, 8));
        int middle = (top + bottom) / 2;
        svg.append(state(left + OUTPUT_BOX / 2, middle, "c", "k"));
        svg.append(word(left + OUTPUT_BOX / 2, middle + 20, "state small", "concat"));
        return svg.toString();
    }

    private int outputLeft() {
        return columnOf(CellGenotype.INPUTS + cell.nodes() - 1) + BOX / 2 + OUTPUT_GAP;
    }

    /** Centre of a state's column; nodes that do not exist have none. */
    private int columnOf(int state) {
        int first = PAD + INPUT_BOX / 2;
        return state < CellGenotype.INPUTS
                ? first + state * INPUT_COLUMN
                : first + INPUT_COLUMN + (existingBefore(state - CellGenotype.INPUTS) + 1) * NODE_COLUMN;
    }

    private int existingBefore(int node) {
        return (int) cell.operands().subList(0, node).stream()
                .filter(genes -> !genes.isEmpty())
                .count();
    }

    /** Height at which an operand's wire enters its node. */
    private int rowOf(int node, int operand) {
        int rows =
                cell.operands().subList(0, node).stream().mapToInt(List::size).sum() + operand;
        return HEADING + BOX + 10 + ROW / 2 + existingBefore(node) * NODE_GAP + rows * ROW;
    }

    private int bottomOf(int node) {
        return rowOf(node, cell.genesOf(node).size() - 1) + ROW / 2;
    }

    private int centreOf(int node) {
        return (rowOf(node, 0) + rowOf(node, cell.genesOf(node).size() - 1)) / 2;
    }

    private static String colours(Primitive op) {
        return COLOURS.getOrDefault(op, COLOUR_OF_OTHERS);
    }
}
