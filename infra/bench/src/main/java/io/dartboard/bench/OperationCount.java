package io.dartboard.bench;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The native operations of a stretch of code, forward and backward, as the engine's own profiler sees them.
 *
 * @param asked operations that the code or its derivative asked for
 * @param all the same with those that the library asked of itself, such as allocations
 * @param seconds time by operation, without the operations inside it
 */
record OperationCount(long asked, long all, Map<String, Double> seconds) {
    private static final String OPERATION = "aten::";

    private record Span(String name, double start, double end) {
        boolean isOperation() {
            return name.startsWith(OPERATION);
        }
    }

    /** Profiles a stretch of code. */
    static OperationCount of(Runnable code) {
        Path trace;
        try {
            trace = Files.createTempFile("dartboard-bench", ".json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            JniUtils.startProfile(false, false, false);
            code.run();
            JniUtils.stopProfile(trace.toString());
            return read(trace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            trace.toFile().delete();
        }
    }

    /** The operations that took most of the time, longest first. */
    List<Map.Entry<String, Double>> longest(int count) {
        return seconds.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(count)
                .toList();
    }

    private static OperationCount read(Path trace) throws IOException {
        Map<String, List<Span>> byThread = new HashMap<>();
        // One event at a time: all of a long step's would not fit into a small heap.
        try (JsonParser parser = new ObjectMapper().createParser(trace.toFile())) {
            while (parser.currentToken() != JsonToken.START_ARRAY) {
                if (parser.nextToken() == null) {
                    throw new IOException("the profiler has written no events to " + trace);
                }
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                JsonNode event = parser.readValueAsTree();
                if (event.path("ph").asText().equals("X")) {
                    double start = event.path("ts").asDouble();
                    byThread.computeIfAbsent(event.path("tid").asText(), thread -> new ArrayList<>())
                            .add(new Span(
                                    event.path("name").asText().intern(),
                                    start,
                                    start + event.path("dur").asDouble()));
                }
            }
        }
        OperationCount sum = new OperationCount(0, 0, new HashMap<>());
        for (List<Span> spans : byThread.values()) {
            sum = sum.plus(spans);
        }
        return sum;
    }

    private OperationCount plus(List<Span> spans) {
        Deque<Span> open = new ArrayDeque<>();
        long newlyAsked = 0;
        long newlySeen = 0;
        Stream<Span> outerFirst = spans.stream()
                .sorted(Comparator.comparingDouble(Span::start)
                        .thenComparing(Comparator.comparingDouble(Span::end).reversed()));
        for (Span span : (Iterable<Span>) outerFirst::iterator) {
            while (!open.isEmpty() && open.peek().end() <= span.start()) {
                open.pop();
            }
            double micros = span.end() - span.start();
            seconds.merge(span.name(), micros / 1e6, Double::sum);
            if (!open.isEmpty()) {
                seconds.merge(open.peek().name(), -micros / 1e6, Double::sum);
            }
            if (span.isOperation()) {
                newlySeen++;
                newlyAsked += open.stream().noneMatch(Span::isOperation) ? 1 : 0;
            }
            open.push(span);
        }
        return new OperationCount(asked + newlyAsked, all + newlySeen, seconds);
    }
}
