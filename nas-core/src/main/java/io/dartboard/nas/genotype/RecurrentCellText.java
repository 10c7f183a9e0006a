package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.List;

/** A recurrent cell drawn for a terminal; see {@link CellText#draw(RecurrentGenotype)}. */
final class RecurrentCellText {
    private static final String ROOT = "x_t, h_{t-1} ─▶ 0";
    private static final String INDENT = " ".repeat(ROOT.length() - 1);
    private static final int ROOM_TO_THE_BAR = 2;

    private RecurrentCellText() {}

    static String draw(RecurrentGenotype cell) {
        List<RecurrentTree.Row> rows = RecurrentTree.rows(cell);
        List<String> branches = branches(rows);
        int bar = branches.stream().mapToInt(String::length).max().orElse(0) + ROOM_TO_THE_BAR;
        int first = edge(rows, true);
        int last = edge(rows, false);
        StringBuilder text =
                new StringBuilder("recurrent cell\n\n").append(ROOT).append('\n');
        for (int row = 0; row < rows.size(); row++) {
            String line = branches.get(row)
                    + bus(
                            bar - branches.get(row).length(),
                            row,
                            first,
                            last,
                            rows.get(row).output());
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** The lines of the tree alone. */
    private static List<String> branches(List<RecurrentTree.Row> rows) {
        List<String> lines = new ArrayList<>();
        List<String> bars = new ArrayList<>(); // what runs past a row, by depth
        for (RecurrentTree.Row row : rows) {
            while (bars.size() >= row.depth()) {
                bars.remove(bars.size() - 1);
            }
            lines.add(INDENT + String.join("", bars) + (row.last() ? "└─ " : "├─ ")
                    + row.gene().op().publishedName() + " ─▶ " + row.state());
            bars.add(row.last() ? "   " : "│  ");
        }
        return lines;
    }

    private static int edge(List<RecurrentTree.Row> rows, boolean first) {
        int found = -1;
        for (int row = 0; row < rows.size() && (found < 0 || !first); row++) {
            found = rows.get(row).output() ? row : found;
        }
        return found;
    }

    private static String bus(int room, int row, int first, int last, boolean output) {
        if (row < first || row > last) {
            return "";
        }
        String corner = row == last ? (first == last ? "─" : "┴") + "─▶ h_t" : row == first ? "┐" : output ? "┤" : "│";
        return (output ? ' ' + "─".repeat(room - 1) : " ".repeat(room)) + corner;
    }
}
