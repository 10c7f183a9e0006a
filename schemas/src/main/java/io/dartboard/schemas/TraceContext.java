package io.dartboard.schemas;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * W3C Trace Context of events: a run is a trace, an event a span. Both numbers are digests of the names that Dartboard goes
 * by, so that whoever knows a run knows its trace, and an event that is told again is the same span.
 */
public final class TraceContext {
    private static final String VERSION = "00";
    private static final String SAMPLED = "01";
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;

    private TraceContext() {}

    /** The trace of a run: 32 hexadecimal digits. */
    public static String traceId(String runId) {
        return digits(runId, TRACE_DIGITS);
    }

    /**
     * The header {@code traceparent} of an event. One of no run, as a dataset is, is a trace of its own.
     *
     * @param eventId unique for what it says
     * @param runId the run it belongs to; empty for none
     */
    static String traceParent(String eventId, String runId) {
        return String.join(
                "-", VERSION, traceId(runId.isEmpty() ? eventId : runId), digits(eventId, SPAN_DIGITS), SAMPLED);
    }

    private static String digits(String name, int count) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, count);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
