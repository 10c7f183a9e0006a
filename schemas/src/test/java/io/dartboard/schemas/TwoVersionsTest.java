package io.dartboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two versions at one cluster: the last release beside today's, and today's beside one that is still to come. */
class TwoVersionsTest {
    private static final String LAST = "0.3.0";
    private static final long SEED = 11;

    /** A version that has nothing but its own contracts and what it was told. */
    private static final class Version {
        private final Map<String, Schema> contracts;
        private final Map<String, Schema> known = new HashMap<>();

        Version(Map<String, Schema> contracts) {
            this.contracts = contracts;
            contracts.values().forEach(schema -> learn(schema.toString()));
        }

        void learn(String told) {
            var schema = new Schema.Parser().parse(told);
            known.put(EventCodec.fingerprint(schema), schema);
        }

        GenericRecord decode(String name, byte[] bytes) {
            var writer = known.values().stream()
                    .filter(schema -> Arrays.equals(Wire.head(schema), Arrays.copyOf(bytes, 10)))
                    .findFirst();
            return Wire.decode(bytes, writer.orElseThrow(), Objects.requireNonNull(contracts.get(name)));
        }
    }

    static Stream<String> kindsOfTheLastRelease() {
        return Contracts.released(LAST).keySet().stream();
    }

    static Stream<String> kindsOfToday() {
        return Contracts.today().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kindsOfTheLastRelease")
    void shouldBeReadByTheLastReleaseOnceItIsTold(String name) {
        // Given: what today's version writes
        var last = new Version(Contracts.released(LAST));
        var bytes = EventCodec.encode(EventCodec.decode(Wire.encode(random(Contracts.today(name)))));

        // When
        Contracts.today().values().forEach(schema -> last.learn(schema.toString()));
        var read = last.decode(name, bytes);

        // Then: all that it has a word for
        var written = EventCodec.decode(bytes);
        for (var field : read.getSchema().getFields()) {
            if (isPlain(field.schema())) {
                assertThat(String.valueOf(read.get(field.name())))
                        .as("%s.%s", name, field.name())
                        .isEqualTo(wordFor(
                                String.valueOf(written.get(written.getSchema()
                                        .getField(field.name())
                                        .pos())),
                                field.schema()));
            }
        }
    }

    /** A word of an enumeration that came later is read as the one that stands for what is not known. */
    private static String wordFor(String written, Schema reader) {
        return reader.getType() == Schema.Type.ENUM && !reader.hasEnumSymbol(written)
                ? Objects.requireNonNull(reader.getEnumDefault())
                : written;
    }

    @ParameterizedTest
    @MethodSource("kindsOfTheLastRelease")
    void shouldReadWhatTheLastReleaseWrites(String name) {
        var written = random(Objects.requireNonNull(Contracts.released(LAST).get(name)));

        var read = EventCodec.decode(Wire.encode(written));

        for (var field : read.getSchema().getFields()) {
            var then = written.getSchema().getField(field.name());
            if (then == null) {
                assertThat(read.get(field.pos()))
                        .as("%s.%s, which came later", name, field.name())
                        .isEqualTo(SpecificData.get()
                                .deepCopy(field.schema(), SpecificData.get().getDefaultValue(field)));
            } else if (isPlain(then.schema())) {
                assertThat(String.valueOf(read.get(field.pos()))).isEqualTo(String.valueOf(written.get(then.pos())));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsOfToday")
    void shouldReadAfterARollbackWhatALaterReleaseHasWritten(String name) {
        // Given: today's record as 0.5.0 writes it
        var later = later(Contracts.today(name));
        var today = EventCodec.decode(Wire.encode(random(Contracts.today(name))));
        var record = Wire.decode(EventCodec.encode(today), today.getSchema(), later);
        record.put("urgencyOfLater", 7);
        var bytes = Wire.encode(record);
        assertThat(EventCodec.knows(bytes)).isFalse();

        // When
        EventCodec.learn(later.toString());

        // Then
        assertThat(EventCodec.decode(bytes)).isEqualTo(today);
    }

    @Test
    void shouldGoByAKindThatALaterReleaseHasBrought() {
        var later = SchemaBuilder.record("SearchForked")
                .namespace("io.dartboard.events")
                .fields()
                .requiredString("search")
                .endRecord();
        var record = new GenericData.Record(later);
        record.put("search", "s1");

        EventCodec.learn(later);

        assertThatThrownBy(() -> Topics.STEERING.decode(Wire.encode(record))).isInstanceOf(UnknownKind.class);
    }

    private static GenericRecord random(Schema schema) {
        return (GenericRecord) new RandomData(schema, 1, SEED).iterator().next();
    }

    /** The same with a field more, first, which has a default. */
    private static Schema later(Schema today) {
        var fields = new ArrayList<Schema.Field>();
        fields.add(new Schema.Field("urgencyOfLater", Schema.create(Schema.Type.INT), "How soon.", 0));
        today.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return Schema.createRecord(today.getName(), today.getDoc(), today.getNamespace(), false, fields);
    }

    private static boolean isPlain(Schema schema) {
        return switch (schema.getType()) {
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> true;
            default -> false;
        };
    }
}
