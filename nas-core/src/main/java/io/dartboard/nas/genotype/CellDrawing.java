package io.dartboard.nas.genotype;

import static io.dartboard.nas.genotype.SvgShapes.TIP;
import static io.dartboard.nas.genotype.SvgShapes.label;
import static io.dartboard.nas.genotype.SvgShapes.rectangle;
import static io.dartboard.nas.genotype.SvgShapes.state;
import static io.dartboard.nas.genotype.SvgShapes.tip;
import static io.dartboard.nas.genotype.SvgShapes.word;

import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One cell as SVG elements, laid out as a staircase. Every state has a column, so every node is a layer of its own;
 * every operand has a row. Its wire runs down the column of the state it reads and then along its row into its node,
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
            Primitive.NONE, "fill=\"#ffffff\" stroke=\"#d8dde4\" stroke-dasharray=\"1 4\"",
            Primitive.SKIP_CONNECT, "fill=\"#ffffff\" stroke=\"#9aa5b5\" stroke-dasharray=\"4 3\"");

    /** An operation on a state. */
    private record Operand(Primitive op, int from) {}

    private final String title;
    private final String note;
    private final List<String> inputs; // the index of each
    private final List<List<Operand>> operands; // by node; empty of a node that does not exist
    private final List<Integer> outputs; // states
    private final int firstNode; // what it is called
    private final String joined; // how the outputs make one

    private CellDrawing(
            String title,
            String note,
            List<String> inputs,
            List<List<Operand>> operands,
            List<Integer> outputs,
            int firstNode,
            String joined) {
        this.title = title;
        this.note = note;
        this.inputs = inputs;
        this.operands = operands;
        this.outputs = outputs;
        this.firstNode = firstNode;
        this.joined = joined;
    }

    /** A cell of DARTS. */
    static CellDrawing of(String title, String note, CellGenotype cell) {
        return new CellDrawing(
                title,
                note,
                List.of("k−2", "k−1"),
                cell.operands().stream()
                        .map(genes -> genes.stream()
                                .map(gene -> new Operand(gene.op(), gene.from()))
                                .toList())
                        .toList(),
                cell.concat(),
                0,
                "concat");
    }

    /** A cell of NAS-Bench-201, with the edges that are {@code none}: what is absent is a choice, too. */
    static CellDrawing of(NasBench201Genotype cell) {
        CellShape shape = NasBench201Space.PUBLISHED.cell();
        return new CellDrawing(
                "Cell",
                "each node a sum; an edge that is none adds nothing",
                List.of("k−1"),
                IntStream.range(0, shape.nodes())
                        .mapToObj(node -> shape.edgesOf(node).stream()
                                .map(edge -> new Operand(cell.on(edge), edge.from()))
                                .toList())
                        .toList(),
                List.of(shape.states() - 1),
                shape.inputs(),
                "");
    }

    @Override
    public int width() {
        return outputLeft() + OUTPUT_BOX + PAD;
    }

    @Override
    public int height() {
        return bottomOf(operands.size() - 1) + PAD;
    }

    @Override
    public String draw() {
        StringBuilder svg = new StringBuilder();
        svg.append(rectangle("panel", 0, 0, width(), height(), 12));
        svg.append("<text x=\"" + PAD + "\" y=\"30\" class=\"heading\">" + title + "</text>\n");
        svg.append("<text x=\"" + (PAD + 130) + "\" y=\"30\" class=\"note\">" + note + "</text>\n");
        for (int node = 0; node < operands.size(); node++) {
            for (int operand = 0; operand < operands.get(node).size(); operand++) {
                svg.append(rail(operands.get(node).get(operand).from(), rowOf(node, operand)));
            }
        }
        for (int node = 0; node < operands.size(); node++) {
            for (int operand = 0; operand < operands.get(node).size(); operand++) {
                svg.append(run(operands.get(node).get(operand), node, rowOf(node, operand)));
            }
        }
        svg.append(output());
        for (int input = 0; input < inputs.size(); input++) {
            svg.append(rectangle("input", columnOf(input) - INPUT_BOX / 2, HEADING, INPUT_BOX, BOX - 6, 8));
            svg.append(state(columnOf(input), HEADING + BOX / 2 + 1, "c", inputs.get(input)));
        }
        for (int node = 0; node < operands.size(); node++) {
            if (!operands.get(node).isEmpty()) {
                int x = columnOf(inputs.size() + node);
                int top = rowOf(node, 0) - ROW / 2;
                svg.append(rectangle("node", x - BOX / 2, top, BOX, bottomOf(node) - top, 8));
                svg.append(word(x, centreOf(node) + 5, "state", Integer.toString(firstNode + node)));
            }
        }
        return svg.toString();
    }

    /** The vertical part of a wire and its bend. */
    private String rail(int from, int row) {
        int x = columnOf(from);
        int top = from < inputs.size() ? HEADING + BOX - 6 : bottomOf(from - inputs.size());
        return "<path class=\"wire\" d=\"M" + x + " " + top + "V" + (row - BEND) + "q0 " + BEND + " " + BEND + " "
                + BEND + "\"/>\n";
    }

    /** The horizontal part of a wire, over whatever columns it crosses, its label and its tip. */
    private String run(Operand operand, int node, int row) {
        int start = columnOf(operand.from()) + BEND;
        int end = columnOf(inputs.size() + node) - BOX / 2;
        int label = end - TIP - 8 - LABEL_WIDTH;
        return "<path class=\"bridge\" d=\"M" + (start + 4) + " " + row + "H" + (end - TIP) + "\"/>\n"
                + "<path class=\"wire\" d=\"M" + start + " " + row + "H" + (end - TIP) + "\"/>\n"
                + tip("tip", end, row)
                + label(
                        label,
                        row,
                        LABEL_WIDTH,
                        LABEL_HEIGHT,
                        colours(operand.op()),
                        operand.op().publishedName());
    }

    private String output() {
        int left = outputLeft();
        int top = rowOf(Collections.min(outputs) - inputs.size(), 0) - ROW / 2;
        int bottom = bottomOf(Collections.max(outputs) - inputs.size());
        StringBuilder svg = new StringBuilder();
        for (int state : outputs) {
            int y = centreOf(state - inputs.size());
            svg.append("<path class=\"join\" d=\"M" + (columnOf(state) + BOX / 2) + " " + y + "H" + (left - TIP)
                    + "\"/>\n");
            svg.append(tip("jointip", left, y));
        }
        svg.append(rectangle("output", left, top, OUTPUT_BOX, bottom - top, 8));
        int middle = (top + bottom) / 2;
        svg.append(state(left + OUTPUT_BOX / 2, middle, "c", "k"));
        svg.append(word(left + OUTPUT_BOX / 2, middle + 20, "state small", joined));
        return svg.toString();
    }

    private int outputLeft() {
        return columnOf(inputs.size() + operands.size() - 1) + BOX / 2 + OUTPUT_GAP;
    }

    /** Centre of a state's column; nodes that do not exist have none. */
    private int columnOf(int state) {
        int first = PAD + INPUT_BOX / 2;
        return state < inputs.size()
                ? first + state * INPUT_COLUMN
                : first
                        + (inputs.size() - 1) * INPUT_COLUMN
                        + (existingBefore(state - inputs.size()) + 1) * NODE_COLUMN;
    }

    private int existingBefore(int node) {
        return (int)
                operands.subList(0, node).stream().filter(of -> !of.isEmpty()).count();
    }

    /** Height at which an operand's wire enters its node. */
    private int rowOf(int node, int operand) {
        int rows = operands.subList(0, node).stream().mapToInt(List::size).sum() + operand;
        return HEADING + BOX + 10 + ROW / 2 + existingBefore(node) * NODE_GAP + rows * ROW;
    }

    private int bottomOf(int node) {
        return rowOf(node, operands.get(node).size() - 1) + ROW / 2;
    }

    private int centreOf(int node) {
        return (rowOf(node, 0) + rowOf(node, operands.get(node).size() - 1)) / 2;
    }

    private static String colours(Primitive op) {
        return COLOURS.getOrDefault(op, COLOUR_OF_OTHERS);
    }
}
