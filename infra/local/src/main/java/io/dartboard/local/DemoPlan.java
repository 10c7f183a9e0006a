package io.dartboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.local.DatasetsCommand.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What a demonstration publishes and asks for.
 *
 * @param searched what a cell is searched on
 * @param transferred what the cell is transferred to
 * @param runFile the run's file
 */
record DemoPlan(Source searched, Source transferred, ObjectNode runFile) {

    /**
     * A dataset before it is published.
     *
     * @param path where it lies
     * @param name what it shall be called
     */
    record Source(Path path, String name, Layout layout) {}

    /** A plan that names its datasets in a run's file of the class path. */
    static DemoPlan of(Source searched, Source transferred, String resource) {
        try (var in = Objects.requireNonNull(DemoPlan.class.getResourceAsStream(resource))) {
            var file = (ObjectNode) new ObjectMapper().readTree(in);
            file.put("dataset", searched.name());
            file.withObject("/transfer").put("dataset", transferred.name());
            return new DemoPlan(searched, transferred, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
