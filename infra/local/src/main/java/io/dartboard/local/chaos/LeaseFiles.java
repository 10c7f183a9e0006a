package io.dartboard.local.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** Who has a job and how many attempts at it have begun, from the store's own files: no fault of the store stands between. */
final class LeaseFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path bucket;

    LeaseFiles(Path bucket) {
        this.bucket = bucket;
    }

    /**
     * What is known of a job's attempts.
     *
     * @param attempts how many have begun
     * @param holder the worker that began the last one
     */
    record Lease(int attempts, String holder) {}

    /** Empty where no attempt has begun. */
    Optional<Lease> of(String job) {
        var folder = bucket.resolve("jobs").resolve(job).resolve("leases");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+\\.json"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .flatMap(LeaseFiles::read);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Lease> read(Path file) {
        var name = file.getFileName().toString();
        var attempts = Integer.parseInt(name.substring(0, name.indexOf('.')));
        try {
            return Optional.of(new Lease(
                    attempts,
                    JSON.readTree(Files.readAllBytes(file)).path("holder").asText()));
        } catch (IOException e) {
            return Optional.of(new Lease(attempts, "")); // It is just being written.
        }
    }
}
