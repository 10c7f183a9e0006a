package io.dartboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.RunOutcome;
import io.dartboard.events.RunPaused;
import io.dartboard.events.SchemaTold;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearntSchemaTest {
    @Test
    void shouldReadANewerRecordOnceItsSchemaIsLearnt() {
        // Given: a RunPaused with a field that this version does not have
        var newer = new Schema.Parser().parse("""
                {"type": "record", "name": "RunPaused", "namespace": "io.dartboard.events", "fields": [
                  {"name": "urgency", "type": "int", "default": 0},
                  {"name": "run", "type": "string"},
                  {"name": "requestEpoch", "type": "int", "default": 0},
                  {"name": "reason", "type": "string", "default": ""}]}""");
        var record = new GenericData.Record(newer);
        record.put("urgency", 9);
        record.put("run", "r1");
        record.put("requestEpoch", 2);
        record.put("reason", "why");
        var bytes = Wire.encode(record);
        assertThat(EventCodec.knows(bytes)).isFalse();
        assertThatThrownBy(() -> EventCodec.decode(bytes))
                .isExactlyInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("unknown schema fingerprint " + EventCodec.fingerprint(newer));

        // When
        EventCodec.learn(newer.toString());

        // Then
        assertThat(EventCodec.knows(bytes)).isTrue();
        assertThat(EventCodec.decode(bytes)).isEqualTo(new RunPaused("r1", "why", 2));
    }

    @Test
    void shouldReadAnOutcomeThatIsNewAsUnknown() {
        var newer = new Schema.Parser().parse("""
                {"type": "record", "name": "RunFinished", "namespace": "io.dartboard.events", "fields": [
                  {"name": "run", "type": "string"},
                  {"name": "outcome", "type":
                    {"type": "enum", "name": "RunOutcome", "symbols": ["UNKNOWN", "EXPIRED"], "default": "UNKNOWN"}}]}""");
        var record = new GenericData.Record(newer);
        record.put("run", "r1");
        record.put(
                "outcome", new GenericData.EnumSymbol(newer.getField("outcome").schema(), "EXPIRED"));

        EventCodec.learn(newer);

        assertThat(EventCodec.decode(Wire.encode(record)).get(1)).isEqualTo(RunOutcome.UNKNOWN);
    }

    @Test
    void shouldTellAKindThatItDoesNotHaveFromGarbage() {
        var newer = SchemaBuilder.record("SearchPraised")
                .namespace("io.dartboard.events")
                .fields()
                .requiredString("search")
                .endRecord();
        var record = new GenericData.Record(newer);
        record.put("search", "s1");

        EventCodec.learn(newer);

        assertThat(EventCodec.knows(Wire.encode(record))).isTrue();
        assertThatThrownBy(() -> Topics.RUNS.decode(Wire.encode(record)))
                .isInstanceOfSatisfying(UnknownKind.class, unknown -> assertThat(unknown.kind())
                        .isEqualTo("io.dartboard.events.SearchPraised"))
                .hasMessage("io.dartboard.events.SearchPraised is a kind of event that this version does not have");
    }

    @Test
    void shouldRefuseASchemaOfAKnownNameThatCannotBeRead() {
        var other = SchemaBuilder.record("RunPaused")
                .namespace("io.dartboard.events")
                .fields()
                .requiredLong("run")
                .endRecord();
        var record = new GenericData.Record(other);
        record.put("run", 1L);

        assertThatThrownBy(() -> EventCodec.learn(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of io.dartboard.events.RunPaused cannot be read as this version's");
        assertThat(EventCodec.knows(Wire.encode(record))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{}",
                "\"string\"",
                "\"nowhere\"",
                "[\"null\"]",
                "{\"type\": \"record\"}",
                "{\"type\": \"record\", \"name\": \"X\", \"fields\": [{\"name\": \"a\", \"type\": \"nowhere\"}]}",
                // A billion items in ten bytes.
                "{\"type\": \"record\", \"name\": \"X\", \"fields\": [{\"name\": \"a\", \"type\":"
                        + " {\"type\": \"array\", \"items\": \"null\"}}]}",
                "{\"type\": \"record\", \"name\": \"X\", \"fields\": [{\"name\": \"a\", \"type\":"
                        + " {\"type\": \"array\", \"items\": {\"type\": \"fixed\", \"name\": \"F\", \"size\": 0}}}]}"
            })
    void shouldRefuseWhatIsNoSchemaOfAnEvent(String text) {
        assertThatThrownBy(() -> EventCodec.learn(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseSchemasThatAreTooLongOrTooDeep() {
        assertThatThrownBy(() -> EventCodec.learn(" ".repeat(WriterSchema.MOST_CHARACTERS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a schema of 262145 characters is refused");
        assertThatThrownBy(() -> EventCodec.learn("{\"type\":\"array\",\"items\":".repeat(9_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventCodec.learn("[".repeat(200_000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSurviveARecordThatContainsItselfWithoutEnd() {
        // Given: what is skipped descends until the bytes end
        var endless = new Schema.Parser().parse("""
                {"type": "record", "name": "RunPaused", "namespace": "io.dartboard.events", "fields": [
                  {"name": "chain", "type": {"type": "record", "name": "Chain", "fields": [
                    {"name": "next", "type": ["null", "Chain"]}]}},
                  {"name": "run", "type": "string"}]}""");
        EventCodec.learn(endless);
        var bytes = new byte[900_000];
        Arrays.fill(bytes, (byte) 2);
        System.arraycopy(Wire.head(endless), 0, bytes, 0, 10);

        assertThatThrownBy(() -> EventCodec.decode(bytes)).isInstanceOf(UnreadableEvent.class);
    }

    @Test
    void shouldRefuseATextThatClaimsToBeLongerThanARecordCanBe() {
        var bytes = Arrays.copyOf(Wire.head(RunPaused.getClassSchema()), 20);
        // 2^30 as a zigzag varint.
        System.arraycopy(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08}, 0, bytes, 10, 5);

        assertThatThrownBy(() -> EventCodec.decode(bytes))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("ends early");
    }

    @Test
    void shouldLeaveNamesOfClassesInASchemaUnheard() {
        var text = """
                {"type": "record", "name": "RunCancelled", "namespace": "io.dartboard.events", "fields": [
                  {"name": "run", "type": {"type": "string", "java-class": "java.net.URL"}},
                  {"name": "more", "type": "int", "default": 0}]}""";

        EventCodec.learn(text);

        var reduced = WriterSchema.parse(text);
        assertThat(reduced.getField("run").schema().getObjectProps()).isEmpty();
    }

    @Test
    void shouldNeverChangeTheRecordThatSchemasTravelIn() {
        // A reader that could not read it could learn nothing.
        assertThat(EventCodec.fingerprint(SchemaTold.getClassSchema())).isEqualTo("a3c1817777ed43bf");
        assertThat(List.copyOf(Topics.SCHEMAS.types())).isEqualTo(List.of(SchemaTold.class));
    }
}
