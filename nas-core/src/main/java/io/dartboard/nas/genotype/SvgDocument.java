package io.dartboard.nas.genotype;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The page of an SVG document: a title, panels below each other, a caption. */
public final class SvgDocument {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int MARGIN = 36;
    private static final int TITLE_LINE = 26;
    private static final int CAPTION_LINE = 18;
    private static final int GAP = 28;
    private static final int TITLE_GLYPH = 12;
    private static final int CAPTION_GLYPH = 7;

    private SvgDocument() {}

    /**
     * Lays a page out.
     *
     * @param description what a reader that cannot see is told
     * @param title wrapped to the width of the panels
     * @param caption likewise; blank for none
     */
    public static String of(List<? extends SvgPanel> panels, String description, String title, String caption) {
        int inner = panels.stream().mapToInt(SvgPanel::width).max().orElseThrow();
        List<String> titles = wrap(title, inner / TITLE_GLYPH);
        List<String> captions = wrap(caption, inner / CAPTION_GLYPH);

        StringBuilder body = new StringBuilder();
        int y = MARGIN;
        for (String line : titles) {
            y += TITLE_LINE;
            body.append(text(y - 6, "title", line));
        }
        for (SvgPanel panel : panels) {
            y += GAP;
            body.append("<g transform=\"translate(" + MARGIN + " " + y + ")\">\n")
                    .append(panel.draw())
                    .append("</g>\n");
            y += panel.height();
        }
        y += captions.isEmpty() ? 0 : GAP / 2;
        for (String line : captions) {
            y += CAPTION_LINE;
            body.append(text(y, "caption", line));
        }
        return document(inner + 2 * MARGIN, y + MARGIN, title, description, body);
    }

    private static String document(int width, int height, String title, String description, StringBuilder body) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="@W" height="@H" viewBox="0 0 @W @H" role="img">
                <title>@TITLE</title>
                <desc>@DESC</desc>
                <style>
                text { font-family: "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; fill: #1f2937; }
                .title { font-size: 20px; font-weight: bold; }
                .heading { font-size: 14px; font-weight: bold; }
                .note, .caption { font-size: 12px; fill: #5b6678; }
                .state { font-size: 14px; text-anchor: middle; }
                .small { font-size: 10px; }
                .op { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 11px; text-anchor: middle; }
                .panel { fill: #f7f8fa; stroke: #e3e6eb; }
                .input { fill: #ffffff; stroke: #7a8699; stroke-width: 1.5; }
                .node { fill: #e4ecfb; stroke: #4069b8; stroke-width: 1.5; }
                .output { fill: #e3f1e6; stroke: #3d8150; stroke-width: 1.5; }
                .wire, .join { fill: none; stroke: #7a8699; stroke-width: 1.6; }
                .join { stroke: #3d8150; }
                .bridge { fill: none; stroke: #f7f8fa; stroke-width: 7; }
                .tip { fill: #7a8699; }
                .jointip { fill: #3d8150; }
                </style>
                <rect width="@W" height="@H" fill="#ffffff"/>
                """.replace("@W", String.valueOf(width))
                        .replace("@H", String.valueOf(height))
                        .replace("@DESC", escape(description))
                        .replace("@TITLE", escape(title))
                + body
                + "</svg>\n";
    }

    private static String text(int y, String style, String content) {
        return "<text x=\"" + MARGIN + "\" y=\"" + y + "\" class=\"" + style + "\">" + escape(content) + "</text>\n";
    }

    /** Breaks a text at blanks into lines of at most {@code width} characters; a longer word is cut. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : BLANKS.splitAsStream(text.strip()).toList()) {
            String rest = word;
            while (line.length() + (line.isEmpty() ? 0 : 1) + rest.length() > width) {
                if (line.isEmpty()) {
                    lines.add(rest.substring(0, width));
                    rest = rest.substring(width);
                } else {
                    lines.add(line.toString());
                    line.setLength(0);
                }
            }
            line.append(line.isEmpty() || rest.isEmpty() ? "" : " ").append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Content for an element; characters that XML 1.0 cannot hold become question marks. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> escaped.appendCodePoint(isXml(c) ? c : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int c) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && !surrogate && c != 0xfffe && c != 0xffff);
    }
}
