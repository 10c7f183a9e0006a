package io.dartboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a demonstration publishes and asks for.
 *
 * @param searched what a cell is searched on
 * @param transferred what the cell is transferred to, if it is
 * @param runFile the run's file
 */
record DemoPlan(Source searched, Optional<Source> transferred, ObjectNode runFile) {
    /**
     * A dataset before it is published.
     *
     * @param path where it lies
     * @param name what it shall be called
     */
    record Source(Path path, String name) {
        private static final Pattern PACKED = Pattern.compile("\\.(tar\\.gz|tgz|tar|zip)$");

        /** One that was given: it is called as its file or folder, in the characters that a dataset's name may have. */
        static Source of(Path path) {
            var named = path.toAbsolutePath().normalize().getFileName();
            var plain = PACKED.matcher(named == null ? "" : named.toString().toLowerCase(Locale.ROOT))
                    .replaceFirst("")
                    .replaceAll("[^a-z0-9._-]", "-");
            return new Source(path, plain.matches("[a-z0-9].*") ? plain : "data" + plain);
        }
    }

    /** A plan that names its datasets in a run's file of the class path. */
    static DemoPlan of(Source searched, Optional<Source> transferred, String resource) {
        try (var in = Objects.requireNonNull(DemoPlan.class.getResourceAsStream(resource))) {
            var file = (ObjectNode) new ObjectMapper().readTree(in);
            file.put("dataset", searched.name());
            transferred.ifPresent(to -> file.withObject("/transfer").put("dataset", to.name()));
            return new DemoPlan(searched, transferred, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
