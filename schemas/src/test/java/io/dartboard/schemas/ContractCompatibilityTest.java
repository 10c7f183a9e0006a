package io.dartboard.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every released version of each contract against today's, both ways, and against recorded bytes. */
class ContractCompatibilityTest {

    static Stream<Arguments> releases() {
        return Contracts.versions().stream().flatMap(version -> Contracts.released(version).values().stream()
                .map(schema -> Arguments.of(version, schema.getName(), schema)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("releases")
    void shouldReadWhatAReleaseWrote(String version, String name, Schema released) {
        assertCompatible(Contracts.today(name), released);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("releases")
    void shouldBeReadableByARelease(String version, String name, Schema released) {
        assertCompatible(released, Contracts.today(name));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("releases")
    void shouldDecodeRecordedBytesToTheRecordedValues(String version, String name, Schema released) throws IOException {
        // Given
        var folder = Contracts.GOLDEN_EVENTS.resolve(version);
        var bytes = Files.readAllBytes(folder.resolve(name + ".bin"));
        var json = Files.readString(folder.resolve(name + ".json"));

        // When: today's reader takes the bytes, and what it read is seen through the released schema again
        var value = EventCodec.decode(bytes);
        var seenThroughRelease = project(value, released);

        // Then
        var expected = new GenericDatumReader<Object>(released)
                .read(null, DecoderFactory.get().jsonDecoder(released, json));
        assertThat(seenThroughRelease.toString()).isEqualTo(expected.toString());
    }

    @Test
    void shouldHoldTheRecordsOfPlannersStateLikeThoseOfTopics() {
        var newest = Contracts.versions().get(Contracts.versions().size() - 1);
        assertThat(Topics.LEDGER).isNotEmpty().allSatisfy(type -> {
            assertThat(Contracts.today()).containsKey(type.getSimpleName());
            assertThat(Contracts.released(newest)).containsKey(type.getSimpleName());
            assertThat(Contracts.GOLDEN_EVENTS.resolve(newest).resolve(type.getSimpleName() + ".bin"))
                    .exists();
        });
    }

    @Test
    void shouldHaveReleasedEveryContractOfToday() {
        var newest = Contracts.versions().get(Contracts.versions().size() - 1);
        var released = Contracts.released(newest);
        Contracts.today().forEach((name, schema) -> assertThat(released.get(name))
                .as("%s differs from its newest release %s: run ReleaseContracts with a new version", name, newest)
                .satisfies(each -> assertThat(SchemaNormalization.parsingFingerprint64(each))
                        .isEqualTo(SchemaNormalization.parsingFingerprint64(schema))));
    }

    private static void assertCompatible(Schema reader, Schema writer) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static Object project(SpecificRecord value, Schema released) throws IOException {
        var body = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(body, null);
        new SpecificDatumWriter<SpecificRecord>(value.getSchema()).write(value, encoder);
        encoder.flush();
        var decoder = DecoderFactory.get().directBinaryDecoder(new ByteArrayInputStream(body.toByteArray()), null);
        return new GenericDatumReader<>(value.getSchema(), released).read(null, decoder);
    }
}
