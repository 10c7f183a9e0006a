package io.dartboard.pipeline.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Records as a release after this one would have them: each record in them has new fields, all with defaults. */
public final class LaterRelease {
    /** A new field of every record. */
    public static final String RATE = "rateOfLater";
    /** Another. */
    public static final String NAMES = "namesOfLater";
    /** A third, a record of its own. */
    public static final String PART = "partOfLater";

    private static final ObjectMapper JSON = new ObjectMapper();

    private LaterRelease() {}

    /** The record as the later release reads it: the new fields stand at their defaults. */
    public static GenericRecord of(SpecificRecord record) {
        try {
            var body = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(body, null);
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
            return new GenericDatumReader<GenericRecord>(record.getSchema(), schema(record.getSchema()))
                    .read(null, DecoderFactory.get().binaryDecoder(body.toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record on the wire, as the later release writes it. */
    public static byte[] encode(GenericRecord record) {
        try {
            var bytes = new ByteArrayOutputStream();
            new BinaryMessageEncoder<GenericRecord>(GenericData.get(), record.getSchema()).encode(record, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema schema(Schema today) throws JsonProcessingException {
        var root = JSON.readTree(today.toString());
        evolve(root);
        return new Schema.Parser().parse(JSON.writeValueAsString(root));
    }

    private static void evolve(JsonNode node) {
        node.forEach(LaterRelease::evolve);
        if (node instanceof ObjectNode record && record.path("type").asText().equals("record")) {
            var fields = record.withArray("fields");
            fields.addObject().put("name", RATE).put("type", "double").put("default", 0.5);
            var names = fields.addObject().put("name", NAMES);
            names.putObject("type").put("type", "array").put("items", "string");
            names.putArray("default");
            var part = fields.addObject().put("name", PART);
            part.putObject("type")
                    .put("type", "record")
                    .put("name", "PartOf" + record.path("name").asText())
                    .putArray("fields")
                    .addObject()
                    .put("name", "depth")
                    .put("type", "int");
            part.putObject("default").put("depth", 3);
        }
    }
}
