package io.dartboard.search.dataset;

import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.nas.data.DatasetArchive;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.schemas.Topics;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes datasets: checks the content, stores the archive, writes the manifest last, tells {@code DatasetPublished}.
 * Doing it again changes nothing, and goes on where an earlier try broke off. A version never changes its content.
 */
public final class DatasetPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetPublisher.class);
    private static final int VERSION_DIGITS = 12;

    private final ArtifactStore store;
    private final EventLog log;
    private final Path workDir;

    public DatasetPublisher(ArtifactStore store, EventLog log, Path workDir) {
        this.store = store;
        this.log = log;
        this.workDir = workDir;
    }

    /**
     * What came of it.
     *
     * @param dataset the event
     * @param news false if it had been told before
     */
    public record Published(DatasetPublished dataset, boolean news) {
        /** The event as JSON. */
        public String json() {
            return dataset.toString();
        }
    }

    /**
     * Publishes. One at a time: a dataset may need as much memory as it has bytes.
     *
     * @throws Refused with one line, if the location or the content cannot be used
     */
    public synchronized Published publish(DatasetRequest request) {
        var scratch = scratch();
        try {
            var source = source(request.location(), scratch);
            var checked = CheckedDataset.read(request.layout(), source, scratch.resolve("unpacked"));
            var version = request.version().orElse(checked.digest().substring(0, VERSION_DIGITS));
            var manifest = new DatasetManifest(store, request.name(), version);
            var dataset = manifest.read().orElseGet(() -> {
                var archive = store(source, manifest.archiveKey(), scratch);
                return manifest.writeOnce(event(request, version, checked, archive));
            });
            if (!dataset.getDigest().equals(checked.digest())) {
                throw new Refused(
                        Problem.Kind.CONFLICT,
                        "version %s of dataset %s is published with another content (digest %s, this has %s); choose another version"
                                .formatted(
                                        version,
                                        request.name(),
                                        dataset.getDigest().substring(0, VERSION_DIGITS),
                                        checked.digest().substring(0, VERSION_DIGITS)));
            }
            return tell(dataset);
        } finally {
            remove(scratch);
        }
    }

    private Published tell(DatasetPublished dataset) {
        if (log.now().datasets().contains(dataset)) {
            return new Published(dataset, false);
        }
        log.tell(Topics.DATASETS, dataset.getDataset() + "@" + dataset.getVersion(), dataset, "");
        return new Published(dataset, true);
    }

    private Path source(String location, Path scratch) {
        var uri = uri(location);
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("");
        if (scheme.equals("file")) {
            var path = path(uri, location);
            if (!Files.isReadable(path)) {
                throw Refused.impossible(
                        "%s cannot be read on the host of search-svc; check the path and its permissions"
                                .formatted(path));
            }
            return path;
        }
        if (!scheme.equals("s3")) {
            throw Refused.malformed("location must begin with file:/// or s3:// (was '%s')".formatted(location));
        }
        return fetched(location, scratch);
    }

    private Path fetched(String location, Path scratch) {
        if (!location.startsWith(store.uri(""))) {
            throw Refused.impossible(
                    "%s does not lie in the pipeline's bucket %s; copy it there or name a file:/// location"
                            .formatted(location, store.uri("")));
        }
        try {
            return Files.write(scratch.resolve("fetched.tar.gz"), store.get(store.key(location)));
        } catch (ArtifactMissing e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, "there is no object at %s".formatted(location), e);
        } catch (IOException e) {
            throw noSpace(e);
        }
    }

    private ArtifactRef store(Path source, String key, Path scratch) {
        if (Files.isRegularFile(source)) {
            return store.put(key, source);
        }
        var packed = scratch.resolve("packed.tar.gz");
        try {
            DatasetArchive.pack(source, packed);
        } catch (IOException e) {
            throw noSpace(e);
        }
        return store.put(key, packed);
    }

    private static DatasetPublished event(
            DatasetRequest request, String version, CheckedDataset checked, ArtifactRef archive) {
        return DatasetPublished.newBuilder()
                .setDataset(request.name())
                .setVersion(version)
                .setTask(request.task())
                .setLayout(request.layout())
                .setDigest(checked.digest())
                .setArchive(archive)
                .setClasses(checked.classes())
                .setLabels(checked.labels())
                .setChannels(checked.channels())
                .setHeight(checked.side())
                .setWidth(checked.side())
                .setTrainExamples(checked.train())
                .setValidExamples(checked.valid())
                .setTestExamples(checked.test())
                .setUnigramPerplexity(checked.unigramPerplexity())
                .build();
    }

    private static Path path(URI uri, String location) {
        var written = Optional.ofNullable(uri.getPath()).orElse("");
        if (!written.startsWith("/") || written.indexOf('\0') >= 0) {
            throw Refused.malformed(
                    "location must name a file or folder, as file:///data/x (was '%s')".formatted(location));
        }
        return Path.of(written);
    }

    private static URI uri(String location) {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.MALFORMED, "location is no address: %s".formatted(e.getMessage()), e);
        }
    }

    private Path scratch() {
        try {
            return Files.createTempDirectory(Files.createDirectories(workDir), "dataset-");
        } catch (IOException e) {
            throw noSpace(e);
        }
    }

    private UncheckedIOException noSpace(IOException e) {
        return new UncheckedIOException(
                "cannot write to %s; set dartboard.work-dir to a folder with space".formatted(workDir), e);
    }

    private static void remove(Path folder) {
        try (var inside = Files.walk(folder)) {
            for (var path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.warn("could not remove {}: {}", folder, e.getMessage());
        }
    }
}
