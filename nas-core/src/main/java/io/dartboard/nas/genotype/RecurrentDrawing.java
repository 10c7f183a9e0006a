package io.dartboard.nas.genotype;

import static io.dartboard.nas.genotype.SvgShapes.TIP;
import static io.dartboard.nas.genotype.SvgShapes.label;
import static io.dartboard.nas.genotype.SvgShapes.rectangle;
import static io.dartboard.nas.genotype.SvgShapes.state;
import static io.dartboard.nas.genotype.SvgShapes.tip;
import static io.dartboard.nas.genotype.SvgShapes.word;

import io.dartboard.nas.searchspace.RecurrentPrimitive;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recurrent cell as SVG elements, laid out as a tree: a row for every node, a column for every depth. A branch runs down
 * the column of the state that is read and then along the row of its reader, over the function's name. What a column
 * passes lies below the same state and so further to the right: no wire crosses another, whatever the cell.
 */
final class RecurrentDrawing implements SvgPanel {
    private static final int PAD = 24;
    private static final int HEADING = 44;
    private static final int BOX = 40;
    private static final int BOX_HEIGHT = 28;
    private static final int INPUT_BOX = 60;
    private static final int INPUT_GAP = 44;
    private static final int ROW = 40;
    private static final int COLUMN = 150;
    private static final int LABEL_WIDTH = 78;
    private static final int LABEL_HEIGHT = 22;
    private static final int BEND = 10;
    private static final int OUTPUT_GAP = 56;
    private static final int OUTPUT_BOX = 52;

    private final List<RecurrentTree.Row> rows;
    private final int depth;

    RecurrentDrawing(RecurrentGenotype cell) {
        rows = RecurrentTree.rows(cell);
        depth = rows.stream().mapToInt(RecurrentTree.Row::depth).max().orElseThrow();
    }

    @Override
    public int width() {
        return outputLeft() + OUTPUT_BOX + PAD;
    }

    @Override
    public int height() {
        return rowOf(rows.size() - 1) + BOX_HEIGHT / 2 + PAD;
    }

    @Override
    public String draw() {
        StringBuilder svg = new StringBuilder();
        svg.append(rectangle("panel", 0, 0, width(), height(), 12));
        svg.append("<text x=\"" + PAD + "\" y=\"30\" class=\"heading\">Recurrent cell</text>\n");
        svg.append("<text x=\"" + (PAD + 130)
                + "\" y=\"30\" class=\"note\">each node a highway over the state it reads</text>\n");
        svg.append(inputs());
        for (int row = 0; row < rows.size(); row++) {
            svg.append(branch(row));
        }
        svg.append(output());
        for (int row = 0; row < rows.size(); row++) {
            svg.append(node(
                    columnOf(rows.get(row).depth()), rowOf(row), rows.get(row).state()));
        }
        return svg.toString();
    }

    /** Both inputs and the state that mixes them. */
    private static String inputs() {
        StringBuilder svg = new StringBuilder();
        int root = columnOf(0);
        for (int input = 0; input < 2; input++) {
            int y = HEADING + BOX_HEIGHT / 2 + input * ROW;
            svg.append("<path class=\"wire\" d=\"M" + (PAD + INPUT_BOX) + " " + y + "H" + (root - BOX / 2 - TIP)
                            + "\"/>\n")
                    .append(tip("tip", root - BOX / 2, y))
                    .append(rectangle("input", PAD, y - BOX_HEIGHT / 2, INPUT_BOX, BOX_HEIGHT, 8))
                    .append(
                            input == 0
                                    ? state(PAD + INPUT_BOX / 2, y + 3, "x", "t")
                                    : state(PAD + INPUT_BOX / 2, y + 3, "h", "t−1"));
        }
        return svg.append(rectangle("node", root - BOX / 2, HEADING, BOX, ROW + BOX_HEIGHT, 8))
                .append(word(root, HEADING + (ROW + BOX_HEIGHT) / 2 + 5, "state", "0"))
                .toString();
    }

    /** The wire of one gene, its label and its tip. */
    private String branch(int row) {
        RecurrentGene gene = rows.get(row).gene();
        int x = columnOf(rows.get(row).depth() - 1);
        int y = rowOf(row);
        int end = columnOf(rows.get(row).depth()) - BOX / 2;
        return "<path class=\"wire\" d=\"M" + x + " " + bottomOf(gene.from()) + "V" + (y - BEND) + "q0 " + BEND + " "
                + BEND
                + " " + BEND + "H" + (end - TIP) + "\"/>\n"
                + tip("tip", end, y)
                + label(
                        end - TIP - 8 - LABEL_WIDTH,
                        y,
                        LABEL_WIDTH,
                        LABEL_HEIGHT,
                        colours(gene.op()),
                        gene.op().publishedName());
    }

    private String output() {
        int[] joined = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).output())
                .toArray();
        int left = outputLeft();
        int first = rowOf(joined[0]);
        int last = rowOf(joined[joined.length - 1]);
        // A bar beside a single node would be too low for its two words.
        int room = joined.length == 1 ? BOX_HEIGHT : BOX_HEIGHT / 2;
        int middle = (first + last) / 2;
        StringBuilder svg = new StringBuilder();
        for (int row : joined) {
            int y = rowOf(row);
            svg.append("<path class=\"join\" d=\"M" + (columnOf(rows.get(row).depth()) + BOX / 2) + " " + y + "H"
                    + (left - TIP) + "\"/>\n");
            svg.append(tip("jointip", left, y));
        }
        return svg.append(rectangle("output", left, first - room, OUTPUT_BOX, last - first + 2 * room, 8))
                .append(state(left + OUTPUT_BOX / 2, middle, "h", "t"))
                .append(word(left + OUTPUT_BOX / 2, middle + 20, "state small", "mean"))
                .toString();
    }

    private static String node(int x, int y, int state) {
        return rectangle("node", x - BOX / 2, y - BOX_HEIGHT / 2, BOX, BOX_HEIGHT, 8)
                + word(x, y + 5, "state", Integer.toString(state));
    }

    private int outputLeft() {
        return columnOf(depth) + BOX / 2 + OUTPUT_GAP;
    }

    private int bottomOf(int state) {
        return state == 0
                ? HEADING + ROW + BOX_HEIGHT
                : IntStream.range(0, rows.size())
                                .filter(row -> rows.get(row).state() == state)
                                .map(RecurrentDrawing::rowOf)
                                .findFirst()
                                .orElseThrow()
                        + BOX_HEIGHT / 2;
    }

    /** Centre of a depth's column. */
    private static int columnOf(int depth) {
        return PAD + INPUT_BOX + INPUT_GAP + BOX / 2 + depth * COLUMN;
    }

    /** Centre of a row, the first of which is below the inputs. */
    private static int rowOf(int row) {
        return HEADING + BOX_HEIGHT / 2 + (row + 2) * ROW;
    }

    private static String colours(RecurrentPrimitive op) {
        return switch (op) {
            case TANH -> "fill=\"#d9e6fd\" stroke=\"#5b8def\"";
            case RELU -> "fill=\"#fdebd0\" stroke=\"#dc9a3c\"";
            case SIGMOID -> "fill=\"#e9defa\" stroke=\"#9469d6\"";
            case IDENTITY, NONE -> "fill=\"#ffffff\" stroke=\"#9aa5b5\" stroke-dasharray=\"4 3\"";
        };
    }
}
