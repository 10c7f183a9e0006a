package io.dartboard.nas.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What searches by methods cost, as it has been measured: how many times the seconds of the first order of DARTS, by what they
 * search on. The resource says how it is measured; what has not been measured is not there.
 */
final class MeasuredCosts {
    private static final String RESOURCE = "method-costs.properties";

    private final SortedMap<String, Double> times;

    private MeasuredCosts(SortedMap<String, Double> times) {
        this.times = times;
    }

    /** Those that come with the program. */
    static MeasuredCosts read() {
        Properties lines = new Properties();
        try (InputStream resource = MeasuredCosts.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("%s is missing from this program: build it anew".formatted(RESOURCE));
            }
            lines.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(lines);
    }

    /** @throws IllegalArgumentException if a line is no positive number */
    static MeasuredCosts of(Properties lines) {
        SortedMap<String, Double> times = new TreeMap<>();
        lines.stringPropertyNames().forEach(name -> times.put(name, positive(name, lines.getProperty(name))));
        return new MeasuredCosts(times);
    }

    private static double positive(String name, String value) {
        try {
            double times = Double.parseDouble(value);
            if (times > 0 && Double.isFinite(times)) {
                return times;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new IllegalArgumentException(
                "%s in %s must be a positive number (was '%s')".formatted(name, RESOURCE, value));
    }

    /** Those of a method, by what it searches on; empty if none has been measured. */
    SortedMap<String, Double> of(String method) {
        String end = "." + method;
        return times.entrySet().stream()
                .filter(line -> line.getKey().endsWith(end))
                .collect(Collectors.toMap(
                        line -> line.getKey().substring(0, line.getKey().length() - end.length()),
                        Map.Entry::getValue,
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** Whose they are, as {@code KIND.METHOD}. */
    Iterable<String> names() {
        return times.keySet();
    }
}
