package io.dartboard.bench.methods;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What methods come to, for people and for programs.
 *
 * @param title what the cells were judged by
 * @param methods a line each
 * @param beside what they are held against
 */
record ScoreTable(String title, List<ScoreLine> methods, List<ScoreLine> beside) {
    private static final String NOTHING = "-";

    ScoreTable {
        methods = List.copyOf(methods);
        beside = List.copyOf(beside);
    }

    void print(PrintWriter out) {
        out.printf("%n%s, in %%%n", title);
        out.printf(
                "%-30s %6s %15s %7s %16s %9s %8s %9s %6s %9s%n",
                "", "seeds", "mean ± sd", "best", "collapsed", "p random", "p all", "s/search", "cost", "peak MiB");
        methods.forEach(line -> print(out, line));
        out.println();
        beside.forEach(line -> print(out, line));
        out.println();
        out.println("collapsed: cells without weights, and how many of them are nothing but skip connections;"
                + " p: chance that random cells come to as much");
        if (methods.stream().anyMatch(line -> line.cost().isPresent())) {
            out.println("cost: seconds of a search, beside first-order DARTS");
        }
        out.flush();
    }

    private static void print(PrintWriter out, ScoreLine line) {
        out.printf(
                Locale.ROOT,
                "%-30s %6s %15s %7s %16s %9s %8s %9s %6s %9s%n",
                line.name(),
                line.failed() == 0
                        ? line.scores().count()
                        : "%d of %d"
                                .formatted(line.scores().count(), line.scores().count() + line.failed()),
                mean(line.scores()),
                told(line.scores().best(), "%.2f"),
                "%d (%d skip)".formatted(line.collapsed(), line.skipsAll()),
                told(line.chanceRandom(), "%.3f"),
                told(line.chanceAll(), "%.3f"),
                told(line.seconds(), "%.1f"),
                told(line.cost(), "%.2f"),
                line.peakBytes().isPresent() ? line.peakBytes().getAsLong() >> 20 : NOTHING);
    }

    static String mean(Scores scores) {
        return told(scores.mean(), "%.2f")
                + (scores.deviation().isPresent() ? " ± " + told(scores.deviation(), "%.2f") : "");
    }

    private static String told(OptionalDouble figure, String format) {
        return figure.isPresent() ? String.format(Locale.ROOT, format, figure.getAsDouble()) : NOTHING;
    }

    /** A line for each method and what they are held against, after one of names; what is not known is empty. */
    String csv() {
        List<ObjectNode> lines = lines();
        return "name,cells,mean,deviation,best,failed,collapsed,skipsAll,chanceRandom,chanceAll,seconds,cost,peakBytes\n"
                + lines.stream()
                        .map(line -> line.properties().stream()
                                .map(each -> each.getValue().asText())
                                .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n", "", "\n"));
    }

    /** An object with one list of objects, by the names of {@link #csv}; what is not known is {@code null}. */
    String json() {
        ObjectNode all = new ObjectMapper().createObjectNode().put("judgedBy", title);
        all.putArray("lines").addAll(lines());
        return all.toPrettyString() + "\n";
    }

    /** What each method costs beside first-order DARTS where that is known, {@code KIND.METHOD=TIMES}, in the order of names. */
    String costs(String kind) {
        return methods.stream()
                .filter(line -> line.cost().isPresent())
                .map(line -> String.format(
                        Locale.ROOT,
                        "%s.%s=%.2f\n",
                        kind,
                        line.name(),
                        line.cost().getAsDouble()))
                .sorted()
                .collect(Collectors.joining());
    }

    private List<ObjectNode> lines() {
        return Stream.concat(methods.stream(), beside.stream())
                .map(ScoreTable::line)
                .toList();
    }

    private static ObjectNode line(ScoreLine line) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("name", line.name());
        node.put("cells", line.scores().count());
        put(node, "mean", line.scores().mean());
        put(node, "deviation", line.scores().deviation());
        put(node, "best", line.scores().best());
        node.put("failed", line.failed());
        node.put("collapsed", line.collapsed());
        node.put("skipsAll", line.skipsAll());
        put(node, "chanceRandom", line.chanceRandom());
        put(node, "chanceAll", line.chanceAll());
        put(node, "seconds", line.seconds());
        put(node, "cost", line.cost());
        if (line.peakBytes().isPresent()) {
            node.put("peakBytes", line.peakBytes().getAsLong());
        } else {
            node.putNull("peakBytes");
        }
        return node;
    }

    private static void put(ObjectNode node, String name, OptionalDouble figure) {
        if (figure.isPresent()) {
            node.put(name, figure.getAsDouble());
        } else {
            node.putNull(name);
        }
    }
}
