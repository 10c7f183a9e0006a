package io.dartboard.local.show;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text at spaces. */
final class Wrap {
    private Wrap() {}

    /** Lines of at most so many characters; a longer word stands on a line of its own. */
    static List<String> lines(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
