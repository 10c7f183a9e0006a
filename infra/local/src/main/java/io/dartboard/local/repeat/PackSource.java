package io.dartboard.local.repeat;

import io.dartboard.events.DatasetPublished;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.artifact.S3ArtifactStore;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where a pack is taken from, and the dataset that it tells of: a file, or the store of a stack that runs. The store is opened
 * only where it is needed.
 */
public final class PackSource implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("s3://[^/]+/.+");

    private final Supplier<? extends ArtifactStore> opening;
    private Optional<ArtifactStore> opened = Optional.empty();

    /** @param opening opens the store of that stack */
    public PackSource(Supplier<? extends ArtifactStore> opening) {
        this.opening = opening;
    }

    private ArtifactStore store() {
        if (opened.isEmpty()) {
            opened = Optional.of(opening.get());
        }
        return opened.get();
    }

    /**
     * The pack.
     *
     * @param named a file, an address in the store, or a run
     * @throws IllegalArgumentException with one line, if there is none, or it is not whole
     */
    public EvidencePack pack(String named) {
        var file = Path.of(named);
        try {
            return EvidencePack.of(Files.isRegularFile(file) ? Files.readAllBytes(file) : stored(named));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read %s: %s".formatted(named, e.getMessage()), e);
        }
    }

    private byte[] stored(String named) {
        try {
            var store = store();
            return ADDRESS.matcher(named).matches()
                    ? store.get(store.key(named))
                    : store.get(new EvidenceShelf(store)
                            .find(named)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "%s is no file, and no run whose evidence lies in the store; infra/run champions lists packs"
                                            .formatted(named))));
        } catch (StoreUnavailable | ArtifactMissing e) {
            throw new IllegalArgumentException(
                    "%s is no file, and the store has nothing of it (%s); say by --from which stack has it, and start that"
                            .formatted(named, e.getMessage()),
                    e);
        }
    }

    /**
     * The archive of the dataset, in a folder.
     *
     * @throws IllegalArgumentException with one line, if the store has it no more
     */
    public Path archive(DatasetPublished dataset, Path folder) {
        var key = dataset.getArchive().getUri();
        var file = folder.resolve(key.substring(key.lastIndexOf('/') + 1));
        try {
            Files.createDirectories(folder);
            store().download(dataset.getArchive(), file);
            return file;
        } catch (StoreUnavailable | ArtifactMissing | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the dataset %s@%s cannot be had from the store (%s); name its files by --data"
                            .formatted(dataset.getDataset(), dataset.getVersion(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot write to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        if (opened.orElse(null) instanceof S3ArtifactStore store) {
            store.close();
        }
    }
}
