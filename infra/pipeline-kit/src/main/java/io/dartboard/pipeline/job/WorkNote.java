package io.dartboard.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.pipeline.identity.ProcessId;
import io.dartboard.pipeline.lease.LeaseState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process leaves on its own disk while it is at a job: the job, its lease, and who it is. A process that is killed
 * leaves it behind, and the next one on the same disk knows at once that the job is free and what became of its worker.
 *
 * @param job the job
 * @param token the attempt
 * @param nonce of its lease
 * @param process who is at it
 * @param record the job's record
 */
record WorkNote(String job, int token, String nonce, ProcessId process, ProducerRecord<byte[], byte[]> record) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkNote.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEADLINES = 8;

    /** Leaves a note; without one the job is only found free a lease's time later, so a full disk is no reason to stop. */
    static void leave(Path workDir, JobRecord<?> record, LeaseState lease) {
        var self = ProcessId.of(ProcessHandle.current());
        var root = JSON.createObjectNode()
                .put("job", lease.job())
                .put("token", lease.token())
                .put("nonce", lease.nonce())
                .put("pid", self.pid())
                .put("begun", self.began().toString())
                .put("topic", record.raw().topic())
                .put("key", Base64.getEncoder().encodeToString(record.raw().key()))
                .put("value", Base64.getEncoder().encodeToString(record.raw().value()));
        var headers = root.putArray("headers");
        record.raw().headers().forEach(header -> headers.addObject()
                .put("name", header.key())
                .put(
                        "value",
                        Base64.getEncoder().encodeToString(header.value() == null ? new byte[0] : header.value())));
        try {
            var file = file(workDir, lease.job());
            Files.createDirectories(file.getParent());
            var draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.write(draft, JSON.writeValueAsBytes(root));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("cannot note the job {} in {}: {}", lease.job(), workDir, e.getMessage());
        }
    }

    /** Takes the note back: the job is in good order, whatever becomes of this process. */
    static void takeBack(Path workDir, String job) {
        try {
            Files.deleteIfExists(file(workDir, job));
        } catch (IOException e) {
            LOG.warn("cannot remove the note on {} from {}: {}", job, workDir, e.getMessage());
        }
    }

    /** The notes of processes that live no more. */
    static List<WorkNote> ofTheDead(Path workDir) {
        var folder = folder(workDir);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> read(file).stream())
                    .filter(note -> note.process().process().isEmpty())
                    .toList();
        } catch (IOException e) {
            LOG.warn("cannot read the notes in {}: {}", folder, e.getMessage());
            return List.of();
        }
    }

    /** What the virtual machine wrote of its own end; empty where it was killed or ended otherwise. */
    List<String> obituary(Path workDir) {
        var name = "hs_err_pid%d.log".formatted(process.pid());
        return Stream.of(workDir.resolve(name), Path.of(name))
                .filter(Files::isReadable)
                .findFirst()
                .map(WorkNote::headlines)
                .orElse(List.of());
    }

    /** One line: how the process ended, as far as can be told. */
    String cause(List<String> obituary) {
        return obituary.isEmpty()
                ? "its process %d ended without a word, as one that is killed does".formatted(process.pid())
                : "its process %d crashed: %s".formatted(process.pid(), obituary.get(0));
    }

    private static List<String> headlines(Path report) {
        try (var lines = Files.lines(report)) {
            return lines.takeWhile(line -> line.startsWith("#"))
                    .map(line -> line.substring(1).strip())
                    .filter(line -> !line.isEmpty() && !line.startsWith("A fatal error"))
                    .limit(HEADLINES)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.debug("cannot read {}", report, e);
            return List.of();
        }
    }

    private static Optional<WorkNote> read(Path file) {
        try {
            var root = JSON.readTree(file.toFile());
            var decoder = Base64.getDecoder();
            var record = new ProducerRecord<>(
                    root.path("topic").asText(),
                    decoder.decode(root.path("key").asText()),
                    decoder.decode(root.path("value").asText()));
            for (var header : root.path("headers")) {
                record.headers()
                        .add(
                                header.path("name").asText(),
                                decoder.decode(header.path("value").asText()));
            }
            return Optional.of(new WorkNote(
                    root.path("job").asText(),
                    root.path("token").asInt(),
                    root.path("nonce").asText(),
                    new ProcessId(
                            root.path("pid").asLong(),
                            Instant.parse(root.path("begun").asText())),
                    record));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("{} is no note on a job: {}; it is left aside", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static Path folder(Path workDir) {
        return workDir.resolve("at-work");
    }

    private static Path file(Path workDir, String job) {
        return folder(workDir).resolve(job.replaceAll("[^A-Za-z0-9._-]", "_") + ".json");
    }
}
