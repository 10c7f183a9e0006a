package io.dartboard.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of a local stack: everything it keeps lies below, and removing the folder removes the stack without a trace.
 *
 * @param root the folder, absolute; {@code .dartboard} at the root of the repository unless {@code DARTBOARD_HOME} names
 *     another
 */
public record Home(Path root) {

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    /** The broker's log segments and metadata. */
    public Path kafka() {
        return root.resolve("kafka");
    }

    /** The objects of the S3 endpoint: one folder for each bucket. */
    public Path objects() {
        return root.resolve("s3");
    }

    /** One log for each process. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The log of one process. */
    public Path log(Instance instance) {
        return logs().resolve(instance.id() + ".log");
    }

    /** What a process writes to its standard output: next to nothing, but the last words of its JVM. */
    public Path output(Instance instance) {
        return logs().resolve(instance.id() + ".out");
    }

    /** One file for each running process. */
    public Path pids() {
        return root.resolve("pids");
    }

    /** The services' caches; safe to delete while nothing runs. */
    public Path work(Instance instance) {
        return root.resolve("work").resolve(instance.id());
    }

    /** The demonstration's data sets. */
    public Path data() {
        return root.resolve("data");
    }

    /** What a finished run leaves for people: the card and the drawing of its cell. */
    public Path run(String run) {
        return root.resolve("runs").resolve(run);
    }

    /** The ports in use. */
    public Path portsFile() {
        return root.resolve("ports.properties");
    }

    /** The S3 credentials in the form that every AWS client reads. */
    public Path credentialsFile() {
        return root.resolve("credentials");
    }

    /** Makes the folder where it is missing. */
    public Home create() {
        try {
            Files.createDirectories(logs());
            Files.createDirectories(pids());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create %s: %s; set DARTBOARD_HOME to a folder that can be written".formatted(root, e), e);
        }
    }

    /** Which files and folders search-svc may read datasets from, one a line. */
    public Path datasetFolders() {
        return root.resolve("dataset-folders");
    }

    /** Lets search-svc read a dataset that somebody has named on the command line. */
    public void allowDataset(Path path) {
        var line = path.toAbsolutePath().normalize().toString();
        try {
            create();
            if (!Files.exists(datasetFolders())
                    || !Files.readAllLines(datasetFolders()).contains(line)) {
                Files.writeString(datasetFolders(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s".formatted(datasetFolders()), e);
        }
    }
}
