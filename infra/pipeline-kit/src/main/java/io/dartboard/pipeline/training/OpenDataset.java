package io.dartboard.pipeline.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.job.JobRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The dataset that a service trains on, read once for all jobs in a row, or at once, that want it.
 *
 * @param <T> the dataset in memory
 */
public final class OpenDataset<T> {
    private final ArchiveCache archives;
    private final Layout layout;
    private final Reader<T> reader;
    private final Function<T, String> digest;
    private final Class<? extends IOException> invalid;
    private final AtomicReference<@Nullable Held<T>> held = new AtomicReference<>();

    /**
     * Prepares it.
     *
     * @param archives where archives come from
     * @param layout the one layout that the reader understands
     * @param reader reads an archive
     * @param digest SHA-256 over a dataset's content
     * @param invalid what the reader throws where the content is no dataset of this layout
     */
    public OpenDataset(
            ArchiveCache archives,
            Layout layout,
            Reader<T> reader,
            Function<T, String> digest,
            Class<? extends IOException> invalid) {
        this.archives = archives;
        this.layout = layout;
        this.reader = reader;
        this.digest = digest;
        this.invalid = invalid;
    }

    /**
     * The dataset; waits for the store.
     *
     * @throws JobRefused if it cannot be had in any attempt: another layout, an archive that is gone or damaged, content
     *     that is not what was published
     * @throws IOException if this machine cannot read it now
     */
    public synchronized T open(DatasetPublished dataset) throws IOException, InterruptedException {
        var known = held.get();
        if (known != null && known.digest().equals(dataset.getDigest())) {
            return known.content();
        }
        var name = "dataset %s version %s".formatted(dataset.getDataset(), dataset.getVersion());
        if (dataset.getLayout() != layout) {
            throw new JobRefused("%s has layout %s and this job needs %s".formatted(name, dataset.getLayout(), layout));
        }
        held.set(null); // let go of one before the other is read: either may fill the memory
        try {
            var read = read(archives.fetch(dataset.getArchive()));
            if (!read.digest().equals(dataset.getDigest())) {
                throw new JobRefused("the content of %s has digest %s and not %s, as was published; publish it anew"
                        .formatted(name, read.digest(), dataset.getDigest()));
            }
            held.set(read);
            return read.content();
        } catch (ArtifactMissing | ArtifactCorrupt e) {
            throw new JobRefused("%s cannot be had: %s; publish it anew".formatted(name, e.getMessage()), e);
        }
    }

    private Held<T> read(Path archive) throws IOException {
        try {
            var content = reader.read(archive);
            return new Held<>(content, digest.apply(content));
        } catch (IOException e) {
            if (invalid.isInstance(e)) {
                throw new JobRefused(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    /** Reads an archive. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads.
         *
         * @throws IOException if the content is no dataset of this layout, or this machine cannot read it now
         */
        T read(Path archive) throws IOException;
    }

    /** A dataset in memory, and the digest of its content. */
    private record Held<T>(T content, String digest) {}
}
