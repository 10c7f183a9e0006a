package io.dartboard.local.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * Who has a job and how many attempts at it have begun, from the store's own files: no fault of the store stands between.
 * Reads leases, and the numbered marks of attempts where there is no lease.
 */
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
    Optional<Lease> of(String job, String stage) {
        return lease(job).or(() -> marks(job, stage));
    }

    private Optional<Lease> lease(String job) {
        try {
            var lease = JSON.readTree(
                    Files.readAllBytes(bucket.resolve("jobs").resolve(job).resolve("lease.json")));
            var token = lease.path("token").asInt();
            return token > 0 ? Optional.of(new Lease(token, lease.path("holder").asText())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // There is none, or it is just being written.
        }
    }

    private Optional<Lease> marks(String job, String stage) {
        var folder = bucket.resolve(folder(stage)).resolve(job).resolve("attempts");
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (var files = Files.list(folder)) {
            var marks = files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
            if (marks.isEmpty()) {
                return Optional.empty();
            }
            var last = marks.get(marks.size() - 1);
            return Optional.of(new Lease(
                    Integer.parseInt(last.getFileName().toString()),
                    Files.readString(last, StandardCharsets.UTF_8).strip()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String folder(String stage) {
        return switch (stage) {
            case "search" -> "searches";
            case "transfer" -> "transfers";
            default -> "evaluations";
        };
    }
}
