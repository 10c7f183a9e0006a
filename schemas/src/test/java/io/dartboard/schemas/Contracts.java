package io.dartboard.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The contracts of today and of every release, for the tests that hold them against each other. */
final class Contracts {
    static final Path RELEASED = Path.of("src/main/resources/released");
    static final Path GOLDEN_EVENTS = Path.of("src/test/resources/golden-events");

    private Contracts() {}

    /** Today's event records by simple name. */
    static Map<String, Schema> today() {
        var schemas = new TreeMap<String, Schema>();
        for (var type : Topics.types()) {
            schemas.put(type.getSimpleName(), SpecificData.get().getSchema(type));
        }
        return schemas;
    }

    /** Today's form of a record. */
    static Schema today(String name) {
        return Objects.requireNonNull(today().get(name), () -> name + " was released and is gone");
    }

    /** Versions that were released, oldest first by name. */
    static List<String> versions() {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The event records of a release by simple name. */
    static Map<String, Schema> released(String version) {
        var schemas = new TreeMap<String, Schema>();
        try (Stream<Path> files = Files.list(RELEASED.resolve(version))) {
            for (var file : files.toList()) {
                var schema = new Schema.Parser().parse(Files.readString(file));
                schemas.put(schema.getName(), schema);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }
}
