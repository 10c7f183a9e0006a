package io.dartboard.local.show;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, each column as wide as its widest cell; numbers to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final String alignment;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table.
     *
     * @param alignment one letter for each column: l or r
     * @param header the columns' names
     */
    TextTable(String alignment, String... header) {
        if (alignment.length() != header.length) {
            throw new IllegalArgumentException(
                    "%d columns with %d alignments".formatted(header.length, alignment.length()));
        }
        this.alignment = alignment;
        this.header = List.of(header);
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The header first. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(line(header));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (var column = 0; column < header.size(); column++) {
            var cell = cells.get(column);
            var padding = " ".repeat(width(column) - cell.length());
            line.append(column == 0 ? "" : GAP)
                    .append(alignment.charAt(column) == 'r' ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        var widest = header.get(column).length();
        for (var row : rows) {
            widest = Math.max(widest, row.get(column).length());
        }
        return widest;
    }
}
