package io.dartboard.bench.methods;

import io.dartboard.nas.provenance.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of raw results, a {@link SearchRow} a line. A row is written as soon as it is known, so that a bench that was killed
 * goes on after it; a line that was being written then is dropped. One bench at a time writes to it.
 */
final class SearchResults {
    private final Path file;
    private final List<SearchRow> rows = new ArrayList<>();

    private SearchResults(Path file) {
        this.file = file;
    }

    /**
     * Reads what there is.
     *
     * @throws IllegalArgumentException if a line is no result
     * @throws IOException if the file can be neither read nor made
     */
    static SearchResults open(Path file) throws IOException {
        SearchResults results = new SearchResults(file);
        String content = Files.exists(file) ? Files.readString(file) : "";
        String whole = content.substring(0, content.lastIndexOf('\n') + 1);
        int number = 0;
        for (String line : whole.lines().toList()) {
            number++;
            try {
                results.rows.add(SearchRow.parse(line));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "line %d of %s is no result of a search (%s); name another file by --results, or take the line out"
                                .formatted(number, file, e.getMessage()),
                        e);
            }
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (!whole.equals(content) || !Files.exists(file)) {
            Files.writeString(file, whole);
        }
        return results;
    }

    /** What was done with these settings. */
    Optional<SearchRow> find(Fingerprint settings) {
        return rows.stream().filter(row -> row.settings().equals(settings)).findFirst();
    }

    /** Writes one more. */
    void add(SearchRow row) {
        rows.add(row);
        try {
            Files.write(file, (row.json() + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + file, e);
        }
    }
}
