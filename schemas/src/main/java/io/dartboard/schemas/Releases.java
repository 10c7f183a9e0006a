package io.dartboard.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/** The contracts of every release, as they lie in {@code released/<version>/} on the class path. */
public final class Releases {
    private Releases() {}

    /** The event records of all releases, the oldest release first. */
    public static List<Schema> all() {
        return named("");
    }

    /**
     * The event records of one release.
     *
     * @throws IllegalArgumentException if there is none of this version
     */
    public static List<Schema> of(String version) {
        var schemas = named(version + "/");
        if (schemas.isEmpty()) {
            throw new IllegalArgumentException(
                    "the contracts of release %s are not on the class path".formatted(version));
        }
        return schemas;
    }

    private static List<Schema> named(String prefix) {
        try (var index = resource("/released/index")) {
            return new BufferedReader(new InputStreamReader(index, StandardCharsets.UTF_8))
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && line.startsWith(prefix))
                    .map(Releases::parsed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parsed(String path) {
        try (var in = resource("/released/" + path)) {
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                Releases.class.getResourceAsStream(name), () -> name + " is not on the class path");
    }
}
