package io.dartboard.bench.methods;

import io.dartboard.nas.genotype.SvgDocument;
import io.dartboard.nas.genotype.SvgPanel;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What methods come to, as a picture: a row for each, a dot for each seed, a bar from mean less deviation to mean and deviation. */
final class ScorePlot implements SvgPanel {
    private static final int NAMES = 170;
    private static final int FIGURES = 130;
    private static final int FIELD = 560;
    private static final int ROW = 30;
    private static final int HEAD = 24;
    private static final int AXIS = 44;
    private static final int TICKS = 10;
    /** So many dots can be told apart; of more cells the bar says more. */
    private static final int DOTS = 200;

    private final List<ScoreLine> lines;
    private final OptionalDouble best;
    private final double low;
    private final double high;
    private final double every;

    private ScorePlot(ScoreTable table) {
        this.lines = Stream.concat(table.methods().stream(), table.beside().stream())
                .filter(line -> line.scores().count() > 0)
                .toList();
        this.best = table.beside().stream()
                .flatMapToDouble(line -> line.scores().each())
                .max();
        double least = lines.stream()
                .flatMapToDouble(line -> Stream.of(line.scores())
                        .flatMapToDouble(scores -> scores.count() > DOTS
                                ? scores.mean().stream()
                                        .map(mean -> mean - scores.deviation().orElse(0))
                                : scores.each()))
                .min()
                .orElse(0);
        double most = lines.stream()
                .flatMapToDouble(line -> line.scores().each())
                .max()
                .orElse(100);
        this.every = Math.max(1, Math.ceil((most - least) / TICKS));
        this.low = Math.max(0, Math.floor(least / every) * every);
        this.high = Math.max(low + every, Math.ceil(most / every) * every);
    }

    /** The picture as an XML document. */
    static String svg(ScoreTable table, String title, String caption) {
        return SvgDocument.of(List.of(new ScorePlot(table)), table.title() + ", by method", title, caption);
    }

    @Override
    public int width() {
        return NAMES + FIELD + FIGURES;
    }

    @Override
    public int height() {
        return HEAD + ROW * lines.size() + AXIS;
    }

    @Override
    public String draw() {
        StringBuilder drawn = new StringBuilder();
        int bottom = HEAD + ROW * lines.size();
        drawn.append("<rect class=\"panel\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
                .formatted(NAMES, HEAD - ROW / 2, FIELD, bottom - HEAD + ROW / 2));
        for (double tick = low; tick <= high; tick += every) {
            drawn.append(upright(tick, bottom, "#e3e6eb", ""))
                    .append(text(x(tick), bottom + 18, "note", "middle", String.format(Locale.ROOT, "%.0f", tick)));
        }
        if (best.isPresent()) {
            drawn.append(upright(best.getAsDouble(), bottom, "#3d8150", " stroke-dasharray=\"5 4\""));
        }
        for (int i = 0; i < lines.size(); i++) {
            line(drawn, lines.get(i), HEAD + ROW * i + ROW / 2);
        }
        return drawn.toString();
    }

    private void line(StringBuilder drawn, ScoreLine line, int y) {
        Scores scores = line.scores();
        drawn.append(text(NAMES - 10, y + 4, "note", "end", line.name()));
        drawn.append(text(NAMES + FIELD + 10, y + 4, "note", "start", ScoreTable.mean(scores)));
        double mean = scores.mean().orElseThrow();
        double deviation = scores.deviation().orElse(0);
        drawn.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#4069b8\" stroke-width=\"7\" opacity=\"0.3\"/>\n",
                x(mean - deviation),
                y,
                x(mean + deviation),
                y));
        drawn.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#4069b8\" stroke-width=\"2\"/>\n",
                x(mean),
                y - 9,
                x(mean),
                y + 9));
        if (scores.count() <= DOTS) {
            scores.each()
                    .forEach(score -> drawn.append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"#1f2937\" opacity=\"0.55\"/>\n",
                            x(score),
                            y)));
        }
    }

    private String upright(double percent, int bottom, String colour, String style) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"%s/>\n",
                x(percent),
                HEAD - ROW / 2,
                x(percent),
                bottom,
                colour,
                style);
    }

    private static String text(double x, int y, String style, String anchor, String content) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" class=\"%s\" text-anchor=\"%s\">%s</text>\n",
                x,
                y,
                style,
                anchor,
                content);
    }

    /** Where a figure lies; one outside the field at its edge. */
    private double x(double percent) {
        double share = (percent - low) / (high - low);
        return NAMES + FIELD * Math.min(1, Math.max(0, share));
    }
}
