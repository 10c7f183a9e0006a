package io.dartboard.search.dataset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.data.DatasetFiles;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.nas.dataset.DatasetForm;
import io.dartboard.nas.dataset.Inspection;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.ScratchFolders;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.schemas.Topics;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import io.dartboard.search.event.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Publishes datasets: checks the content, stores the archive, writes the manifest last, tells {@code DatasetPublished}.
 * Doing it again changes nothing, and goes on where an earlier try broke off. A version never changes its content.
 */
public final class DatasetPublisher {
    private static final int VERSION_DIGITS = 12;
    /** As long as any digest and size, to know how large the event gets before there is an archive. */
    private static final String ANY_DIGEST = "0".repeat(64);

    private final ArtifactStore store;
    private final EventLog log;
    private final ScratchFolders scratches;
    private final PublishProgress progress = new PublishProgress();
    private final DatasetFetch fetch;

    /**
     * Publishes into a store; what a killed process has left in the work folder is removed.
     *
     * @param workDir where archives are unpacked and packed
     * @param folders where a file:/// location may lie
     * @param buckets where an s3:// location may lie
     */
    public DatasetPublisher(
            ArtifactStore store, EventLog log, Path workDir, DatasetFolders folders, DatasetBuckets buckets) {
        this.store = store;
        this.log = log;
        this.fetch = new DatasetFetch(folders, buckets, progress);
        this.scratches = new ScratchFolders(workDir.resolve("publishing"));
        scratches.sweep();
    }

    /**
     * What came of it.
     *
     * @param dataset the event
     * @param news false if it had been told before
     * @param found what else the check has found
     */
    public record Published(DatasetPublished dataset, boolean news, Found found) {
        /** The event as JSON, and beside it what was found. */
        public ObjectNode json() {
            return PublishedJson.of(dataset, found);
        }
    }

    /** How far the one is that is being published. */
    public PublishProgress progress() {
        return progress;
    }

    /**
     * Publishes. One at a time: a dataset may need as much memory as it has bytes.
     *
     * @throws Refused with one line, if the location or the content cannot be used
     * @throws StoreUnavailable if the store is away, or it is this machine that cannot read or keep it
     */
    public synchronized Published publish(DatasetRequest request) {
        progress.begins(request.name());
        try (var scratch = scratches.take("dataset " + request.name())) {
            return publish(request, scratch.folder());
        } finally {
            progress.ended();
        }
    }

    private Published publish(DatasetRequest request, Path scratch) {
        var source = fetch.get(request.location(), scratch);
        try (var files = DatasetFiles.open(source, scratch, read -> progress.at("reading the archive", read, 0))) {
            var form = request.layout().isPresent() ? form(request.layout().get()) : DatasetForm.of(files);
            var inspection = Inspection.of(files, form, request.labels(), progress);
            var version = request.version().orElse(inspection.digest().substring(0, VERSION_DIGITS));
            var manifest = new DatasetManifest(store, request.name(), version);
            var found = Found.in(inspection);
            var known = manifest.read();
            var dataset =
                    known.isPresent() ? known.get() : stored(request, version, inspection, found, manifest, scratch);
            requireSameContent(dataset, inspection);
            return tell(dataset, found);
        } catch (InvalidDatasetException e) {
            // Whoever reads an archive may blame it for a disk that is full.
            throw WorkDirUnavailable.in(e, scratch)
                    .<RuntimeException>map(machine -> machine)
                    .orElseGet(() -> new Refused(
                            Problem.Kind.IMPOSSIBLE, asBrought(String.valueOf(e.getMessage()), source, request), e));
        } catch (UncheckedIOException e) {
            throw machine(Objects.requireNonNull(e.getCause()), source, scratch);
        } catch (IOException e) {
            throw machine(e, source, scratch);
        }
    }

    /** Whoever brought it by a bucket knows nothing of where it lies on this machine meanwhile. */
    private static String asBrought(String message, Path source, DatasetRequest request) {
        return request.location().startsWith("s3://")
                ? message.replace(source.toString(), request.location())
                : message;
    }

    private static WorkDirUnavailable machine(IOException failure, Path source, Path scratch) {
        return WorkDirUnavailable.in(failure, scratch)
                .orElseGet(() -> WorkDirUnavailable.reading(source, "the dataset", failure));
    }

    private static DatasetForm form(Layout layout) {
        return DatasetForm.valueOf(layout.name());
    }

    /** Whatever can be refused is refused before anything is uploaded. */
    private DatasetPublished stored(
            DatasetRequest request,
            String version,
            Inspection inspection,
            Found found,
            DatasetManifest manifest,
            Path scratch)
            throws IOException {
        var contents = inspection.contents();
        var event =
                ToldDataset.of(inspection, contents).setDataset(request.name()).setVersion(version);
        event.setTask(request.task(event.getLayout()));
        requireFits(event.setArchive(new ArtifactRef(store.uri(manifest.archiveKey()), ANY_DIGEST, Long.MAX_VALUE))
                .build());
        var packed = scratch.resolve("packed.tar.gz");
        inspection.pack(packed, progress);
        var readBack = inspection.digestOf(packed, progress);
        if (!readBack.equals(inspection.digest())) {
            throw new Refused(
                    Problem.Kind.CONFLICT,
                    "%s has changed while it was published: what was packed has digest %s and what was checked %s; publish it again"
                            .formatted(request.location(), readBack, inspection.digest()));
        }
        progress.at("storing the archive", 0, Files.size(packed));
        var archive = store.put(manifest.archiveKey(), packed);
        return manifest.writeOnce(event.setArchive(archive).build(), contents.labels(), found);
    }

    private static void requireFits(DatasetPublished event) {
        try {
            Topics.DATASETS.encode(event);
        } catch (IllegalArgumentException e) {
            throw new Refused(Problem.Kind.IMPOSSIBLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireSameContent(DatasetPublished dataset, Inspection inspection) {
        if (!dataset.getDigest().equals(inspection.digest())) {
            throw new Refused(
                    Problem.Kind.CONFLICT,
                    "version %s of dataset %s is published with another content (digest %s, this has %s); choose another version"
                            .formatted(
                                    dataset.getVersion(),
                                    dataset.getDataset(),
                                    dataset.getDigest().substring(0, VERSION_DIGITS),
                                    inspection.digest().substring(0, VERSION_DIGITS)));
        }
    }

    private Published tell(DatasetPublished dataset, Found found) {
        if (log.now().datasets().contains(dataset)) {
            return new Published(dataset, false, found);
        }
        log.tell(Topics.DATASETS, dataset.getDataset() + "@" + dataset.getVersion(), dataset, "");
        return new Published(dataset, true, found);
    }
}
