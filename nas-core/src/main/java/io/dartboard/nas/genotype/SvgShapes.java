package io.dartboard.nas.genotype;

/** The shapes that drawings of cells are made of. */
final class SvgShapes {
    static final int TIP = 7;
    private static final int LABEL_LETTERS = 12;
    private static final String LENGTH_BY = "\" lengthAdjust=\"spacingAndGlyphs\"";

    private SvgShapes() {}

    static String rectangle(String style, int x, int y, int width, int height, int round) {
        return "<rect class=\"" + style + "\" x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\""
                + height + "\" rx=\"" + round + "\"/>\n";
    }

    /** The tip of a wire that ends at a place from the left. */
    static String tip(String style, int x, int y) {
        return "<path class=\"" + style + "\" d=\"M" + x + " " + y + "l-" + (TIP + 2) + " -5v10z\"/>\n";
    }

    /** A letter with an index, centred. */
    static String state(int x, int y, String letter, String index) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"state\">" + letter + "<tspan class=\"small\" dy=\"4\">"
                + index + "</tspan></text>\n";
    }

    /** A number or word, centred. */
    static String word(int x, int y, String style, String word) {
        return "<text x=\"" + x + "\" y=\"" + y + "\" class=\"" + style + "\">" + word + "</text>\n";
    }

    /** The name of an operation on its wire; a long one is set narrower. */
    static String label(int x, int y, int width, int height, String colours, String name) {
        return "<rect x=\"" + x + "\" y=\"" + (y - height / 2) + "\" width=\"" + width + "\" height=\"" + height
                + "\" rx=\"" + height / 2 + "\" " + colours + "/>\n"
                + "<text x=\"" + (x + width / 2) + "\" y=\"" + (y + 4) + "\" class=\"op\""
                + (name.length() > LABEL_LETTERS ? " textLength=\"" + (width - height / 2) + LENGTH_BY : "")
                + ">" + name + "</text>\n";
    }
}
