package io.dartboard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What has been seen of a device: printed as it is seen, written as JSON in the end. */
final class DeviceReport {
    private final PrintWriter out;
    private long since = System.nanoTime();
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Map<String, Object>> checks = new ArrayList<>();
    private final List<Map<String, Object>> steps = new ArrayList<>();

    DeviceReport(PrintWriter out) {
        this.out = out;
    }

    /** What the machine is. */
    void fact(String name, Object value) {
        facts.put(name, value);
        out.printf("%-16s %s%n", name, value);
        out.flush();
    }

    /** Whether something holds, what was seen, and how long it took since the check before. */
    void check(String name, boolean holds, String seen) {
        double seconds = (System.nanoTime() - since) / 1e9;
        since = System.nanoTime();
        checks.add(Map.of("name", name, "holds", holds, "seen", seen, "seconds", seconds));
        out.printf(Locale.ROOT, "%s %s: %s (%.0f s)%n", holds ? "✓" : "✗", name, seen, seconds);
        out.flush();
    }

    /** The head of the steps that follow. */
    void head() {
        out.printf("%n%-34s %9s %9s %11s %9s%n", "", "s/step", "fastest", "per second", "peak MiB");
        out.flush();
    }

    /** What a step costs. */
    void step(String name, Spec spec, Turn turn) {
        double median = Medians.of(turn.seconds());
        double fastest = turn.seconds().stream().min(Double::compare).orElseThrow();
        double rate = spec.examples() / median;
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("secondsMedian", median);
        row.put("secondsFastest", fastest);
        row.put(spec.unit() + "PerSecond", rate);
        row.put("peakBytes", turn.peak());
        row.put("steps", turn.seconds().size());
        steps.add(row);
        out.printf(
                Locale.ROOT,
                "%-34s %9.4f %9.4f %11.1f %9s%n",
                name,
                median,
                fastest,
                rate,
                turn.peak() == 0 ? "-" : turn.peak() >> 20);
        out.flush();
    }

    /** True if every check holds. */
    boolean holds() {
        return checks.stream().allMatch(check -> Boolean.TRUE.equals(check.get("holds")));
    }

    /** Writes all of it. */
    void write(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("facts", facts);
        all.put("checks", checks);
        all.put("steps", steps);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }
}
