package io.dartboard.bench;

import ai.djl.ndarray.NDManager;
import io.dartboard.nas.bilevel.FirstOrder;
import io.dartboard.nas.bilevel.Hypergradient;
import io.dartboard.nas.bilevel.ToyBilevel;
import io.dartboard.nas.bilevel.Unrolled;
import io.dartboard.nas.tensor.Autograd;
import io.dartboard.nas.tensor.Torch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The paths of figure 2 of the DARTS paper, drawn from the engine's own hypergradients. */
@Command(
        name = "toy",
        description = "Prints the plot of the toy bilevel problem (DARTS, figure 2) as SVG.",
        mixinStandardHelpOptions = true)
final class ToyPlot implements Callable<Integer> {
    private static final double[] XIS = {0, 0.05, 0.1, 0.25, 0.5};
    private static final String[] COLOURS = {"#d62728", "#ff7f0e", "#2ca02c", "#1f77b4", "#9467bd"};
    private static final double START_ALPHA = 2;
    private static final double START_WEIGHT = -2;
    private static final double LEARNING_RATE = 0.1;
    private static final int STEPS = 200;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int MARGIN = 56;
    private static final double LOW = -2.5;
    private static final double HIGH = 3.5;

    private record Point(double alpha, double weight) {}

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n",
                WIDTH, HEIGHT);
        out.printf("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n", WIDTH, HEIGHT);
        axes(out);
        for (int i = 0; i < XIS.length; i++) {
            List<Point> path = path(XIS[i]);
            path(out, path, COLOURS[i]);
            legend(out, i, path.get(path.size() - 1));
        }
        out.printf(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"none\" stroke=\"black\" stroke-width=\"2\"/>%n",
                x(1),
                y(1));
        out.printf(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\">solution (1, 1)</text>%n", x(1) + 9, y(1) - 8);
        out.println("</svg>");
        out.flush();
        return 0;
    }

    private static List<Point> path(double xi) {
        Hypergradient hypergradient = xi == 0 ? new FirstOrder() : new Unrolled();
        List<Point> path = new ArrayList<>();
        try (NDManager root = Torch.open(Torch.device("cpu"));
                Autograd.Mode paused = Autograd.paused()) {
            ToyBilevel toy = new ToyBilevel(root, START_ALPHA, START_WEIGHT);
            for (int i = 0; i < STEPS; i++) {
                path.add(new Point(toy.alpha(), toy.weight()));
                try (NDManager scope = root.newSubManager()) {
                    toy.step(scope, hypergradient, LEARNING_RATE, xi);
                }
            }
        }
        return path;
    }

    private static void axes(PrintWriter out) {
        for (int tick = -2; tick <= 3; tick++) {
            out.printf(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                    x(tick),
                    y(LOW),
                    x(tick),
                    y(HIGH),
                    x(tick),
                    HEIGHT - MARGIN + 18,
                    tick);
            out.printf(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d</text>%n",
                    x(LOW),
                    y(tick),
                    x(HIGH),
                    y(tick),
                    MARGIN - 8,
                    y(tick) + 4,
                    tick);
        }
        out.printf(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">alpha</text>%n",
                x((LOW + HIGH) / 2),
                HEIGHT - 14);
        out.printf(Locale.ROOT, "<text x=\"16\" y=\"%.1f\">w</text>%n", y((LOW + HIGH) / 2));
    }

    private static void path(PrintWriter out, List<Point> path, String colour) {
        String points = path.stream()
                .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.alpha()), y(point.weight())))
                .distinct()
                .collect(Collectors.joining(" "));
        out.printf("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"/>%n", points, colour);
    }

    private static void legend(PrintWriter out, int line, Point end) {
        int top = MARGIN + 18 * line;
        out.printf(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"/>"
                        + "<text x=\"%d\" y=\"%d\">xi = %s, ends at (%.2f, %.2f)</text>%n",
                MARGIN + 14,
                top,
                MARGIN + 38,
                top,
                COLOURS[line],
                MARGIN + 44,
                top + 4,
                XIS[line],
                end.alpha(),
                end.weight());
    }

    private static double x(double alpha) {
        return MARGIN + (alpha - LOW) / (HIGH - LOW) * (WIDTH - 2 * MARGIN);
    }

    private static double y(double weight) {
        return HEIGHT - MARGIN - (weight - LOW) / (HIGH - LOW) * (HEIGHT - 2 * MARGIN);
    }
}
