package io.dartboard.nas.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A safetensors file: 8 bytes with the header's length, a JSON header with the type, shape and place of every tensor and
 * a map of strings, then the values. Reading checks that the places cover the content exactly. Writing is canonical:
 * equal contents give equal bytes.
 *
 * @param tensors by name, in the order in which they are written
 * @param facts strings that travel with them
 */
public record Safetensors(Map<String, HostTensor> tensors, Map<String, String> facts) {
    private static final String METADATA = "__metadata__";
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int LARGEST_HEADER = 100_000_000;
    private static final int ALIGNMENT = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("'%s' is not a name for a tensor".formatted(METADATA));
        }
    }

    /**
     * A tensor that must be there.
     *
     * @throws InvalidSafetensorsException if it is not
     */
    public HostTensor tensor(String name) {
        HostTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidSafetensorsException("the file has no tensor '%s'".formatted(name));
        }
        return tensor;
    }

    /**
     * A fact that must be there.
     *
     * @throws InvalidSafetensorsException if it is not
     */
    public String fact(String name) {
        String fact = facts.get(name);
        if (fact == null) {
            throw new InvalidSafetensorsException("the file has no fact '%s'".formatted(name));
        }
        return fact;
    }

    /** The whole file. */
    public byte[] toBytes() {
        ObjectNode header = JSON.createObjectNode();
        if (!facts.isEmpty()) {
            ObjectNode metadata = header.putObject(METADATA);
            facts.forEach(metadata::put);
        }
        long offset = 0;
        for (Map.Entry<String, HostTensor> entry : tensors.entrySet()) {
            HostTensor tensor = entry.getValue();
            ObjectNode place =
                    header.putObject(entry.getKey()).put("dtype", tensor.type().name());
            tensor.shape().forEach(place.putArray("shape")::add);
            long end = offset + tensor.content().length;
            place.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = padded(header.toString().getBytes(StandardCharsets.UTF_8));
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + text.length + offset))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text);
        tensors.values().forEach(tensor -> file.put(tensor.content()));
        return file.array();
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws InvalidSafetensorsException if it is truncated or inconsistent
     */
    public static Safetensors read(Path path) throws IOException {
        return read(Files.readAllBytes(path));
    }

    /**
     * Reads a file's bytes.
     *
     * @throws InvalidSafetensorsException if they are truncated or inconsistent
     */
    public static Safetensors read(byte[] bytes) {
        if (bytes.length < LENGTH_BYTES) {
            throw new InvalidSafetensorsException(
                    "a safetensors file starts with 8 bytes (was %d bytes in all)".formatted(bytes.length));
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LARGEST_HEADER || length > bytes.length - LENGTH_BYTES) {
            throw new InvalidSafetensorsException(
                    "the header should have %d bytes, but the file has %d".formatted(length, bytes.length));
        }
        int start = LENGTH_BYTES + (int) length;
        JsonNode header = parse(new String(bytes, LENGTH_BYTES, (int) length, StandardCharsets.UTF_8));
        Map<String, String> facts = new TreeMap<>();
        List<Place> places = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = header.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getKey().equals(METADATA)) {
                field.getValue().fields().forEachRemaining(fact -> facts.put(fact.getKey(), text(fact)));
            } else {
                places.add(Place.of(field.getKey(), field.getValue()));
            }
        }
        requireCover(places, bytes.length - start);
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (Place place : places) {
            byte[] content = Arrays.copyOfRange(bytes, start + (int) place.from(), start + (int) place.to());
            tensors.put(place.name(), new HostTensor(place.type(), place.shape(), content));
        }
        return new Safetensors(tensors, facts);
    }

    private static JsonNode parse(String header) {
        try {
            JsonNode node = JSON.readTree(header);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidSafetensorsException("the header is not JSON: " + e.getOriginalMessage());
        }
        throw new InvalidSafetensorsException("the header is not a JSON object");
    }

    private static String text(Map.Entry<String, JsonNode> fact) {
        if (!fact.getValue().isTextual()) {
            throw new InvalidSafetensorsException("fact '%s' is not a string".formatted(fact.getKey()));
        }
        return fact.getValue().textValue();
    }

    private static void requireCover(List<Place> places, int available) {
        List<Place> byStart = new ArrayList<>(places);
        byStart.sort((a, b) -> a.from() != b.from() ? Long.compare(a.from(), b.from()) : Long.compare(a.to(), b.to()));
        long covered = 0;
        for (Place place : byStart) {
            if (place.from() != covered) {
                throw new InvalidSafetensorsException("tensor '%s' starts at byte %d, but byte %d comes next"
                        .formatted(place.name(), place.from(), covered));
            }
            covered = place.to();
        }
        if (covered != available) {
            throw new InvalidSafetensorsException(
                    "the tensors need %d bytes, but the file has %d after its header (truncated?)"
                            .formatted(covered, available));
        }
    }

    private static byte[] padded(byte[] header) {
        byte[] padded = Arrays.copyOf(header, (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        return padded;
    }

    private record Place(String name, HostTensor.Type type, List<Integer> shape, long from, long to) {
        static Place of(String name, JsonNode node) {
            JsonNode offsets = node.path("data_offsets");
            JsonNode extents = node.path("shape");
            if (!extents.isArray() || offsets.size() != 2 || !offsets.path(0).isIntegralNumber()) {
                throw new InvalidSafetensorsException("tensor '%s' needs a shape and two offsets".formatted(name));
            }
            HostTensor.Type type = type(name, node.path("dtype").asText());
            List<Integer> shape = new ArrayList<>();
            long bytes = type.bytes();
            for (JsonNode extent : extents) {
                if (!extent.canConvertToInt() || extent.intValue() < 0) {
                    throw new InvalidSafetensorsException(
                            "tensor '%s' has an impossible shape %s".formatted(name, extents));
                }
                shape.add(extent.intValue());
                bytes = Math.multiplyExact(bytes, extent.intValue());
            }
            long from = offsets.path(0).longValue();
            long to = offsets.path(1).longValue();
            if (from < 0 || to - from != bytes || to > Integer.MAX_VALUE) {
                throw new InvalidSafetensorsException("tensor '%s' of shape %s needs %d bytes (its place is %d to %d)"
                        .formatted(name, shape, bytes, from, to));
            }
            return new Place(name, type, shape, from, to);
        }

        private static HostTensor.Type type(String name, String text) {
            for (HostTensor.Type type : HostTensor.Type.values()) {
                if (type.name().equals(text)) {
                    return type;
                }
            }
            throw new InvalidSafetensorsException("tensor '%s' has type '%s'; known: %s"
                    .formatted(name, text, Arrays.toString(HostTensor.Type.values())));
        }
    }
}
