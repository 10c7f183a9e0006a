package io.dartboard.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;

/**
 * Freezes today's contracts as a release: schema files that every later reader knows, and one golden record of each kind
 * as bytes and as JSON. Run from the module's folder with the version as the argument; see CONTRIBUTING.md.
 */
final class ReleaseContracts {
    private static final long SEED = 20260101L;

    private ReleaseContracts() {}

    public static void main(String[] args) throws IOException {
        var version = args[0];
        for (var schema : Contracts.today().values()) {
            var file = Contracts.RELEASED.resolve(version).resolve(schema.getName() + ".avsc");
            Files.createDirectories(file.getParent());
            Files.writeString(file, schema.toString(true) + "\n");
            writeGolden(version, schema);
        }
        var index = new ArrayList<String>();
        for (var each : Contracts.versions()) {
            Contracts.released(each).keySet().forEach(name -> index.add(each + "/" + name + ".avsc"));
        }
        Files.writeString(Contracts.RELEASED.resolve("index"), String.join("\n", index) + "\n");
    }

    private static void writeGolden(String version, Schema schema) throws IOException {
        var datum = new RandomData(schema, 1, SEED).iterator().next();
        var body = new ByteArrayOutputStream();
        body.write(new byte[] {(byte) 0xC3, 0x01});
        body.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array());
        var encoder = EncoderFactory.get().directBinaryEncoder(body, null);
        new GenericDatumWriter<>(schema, GenericData.get()).write(datum, encoder);
        encoder.flush();
        var folder = Contracts.GOLDEN_EVENTS.resolve(version);
        Files.createDirectories(folder);
        Files.write(folder.resolve(schema.getName() + ".bin"), body.toByteArray());

        var json = new ByteArrayOutputStream();
        var text = EncoderFactory.get().jsonEncoder(schema, json, true);
        new GenericDatumWriter<>(schema, GenericData.get()).write(datum, text);
        text.flush();
        Files.writeString(folder.resolve(schema.getName() + ".json"), json.toString(StandardCharsets.UTF_8) + "\n");
    }
}
