package io.dartboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.RunPaused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Envelope ENVELOPE = Envelope.of(
            new RunPaused("r1", "", 0),
            "4f1d",
            "/dartboard/search-svc",
            "r1",
            Instant.parse("2026-11-22T06:00:00Z"),
            "r1",
            "cause",
            "0.1.0");

    @Test
    void shouldTravelInTheHeaders() {
        var headers = new RecordHeaders();
        ENVELOPE.writeTo(headers);
        assertThat(Envelope.readFrom(headers)).contains(ENVELOPE);
        assertThat(headers.lastHeader("ce_specversion").value()).isEqualTo("1.0".getBytes(StandardCharsets.UTF_8));
        assertThat(headers.lastHeader("content-type").value())
                .isEqualTo("application/avro".getBytes(StandardCharsets.UTF_8));
    }

    /** The digests are those of {@code printf r1 | sha256sum} and {@code printf 4f1d | sha256sum}. */
    @Test
    void shouldSayOfWhichTraceItIs() {
        var headers = new RecordHeaders();
        ENVELOPE.writeTo(headers);
        assertThat(new String(headers.lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                .isEqualTo("00-82f3e9c695dc6b8d1b11818d5701919e-d261c2a3b7560fed-01");
        assertThat(TraceContext.traceId("r1")).isEqualTo("82f3e9c695dc6b8d1b11818d5701919e");
    }

    @Test
    void shouldMakeATraceOfItsOwnOfAnEventWithoutARun() {
        assertThat(TraceContext.traceParent("4f1d", ""))
                .isEqualTo("00-d261c2a3b7560fed14e2a7baa1809101-d261c2a3b7560fed-01");
    }

    @Test
    void shouldNameTheRecordAndItsSchema() {
        assertThat(ENVELOPE.type()).isEqualTo("io.dartboard.events.RunPaused");
        assertThat(ENVELOPE.schemaVersion()).matches("[0-9a-f]{16}");
    }

    @Test
    void shouldReplaceAttributesThatAreThere() {
        var headers = new RecordHeaders();
        ENVELOPE.writeTo(headers);
        ENVELOPE.writeTo(headers);
        assertThat(headers.headers("ce_id")).hasSize(1);
    }

    @Test
    void shouldBeAbsentFromARecordSentByHand() {
        assertThat(Envelope.readFrom(new RecordHeaders())).isEmpty();
    }
}
