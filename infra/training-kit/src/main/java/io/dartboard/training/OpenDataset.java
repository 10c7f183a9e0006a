package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.data.InvalidDatasetException;
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
    private final Opener<T> opener;
    private final AtomicReference<@Nullable Held<T>> held = new AtomicReference<>();

    /**
     * Prepares it.
     *
     * @param archives where archives come from
     * @param layout the one layout that the reader understands
     * @param reader reads an archive
     * @param digest SHA-256 over a dataset's content
     */
    public OpenDataset(ArchiveCache archives, Layout layout, Reader<T> reader, Function<T, String> digest) {
        this(archives, layout, (archive, dataset) -> {
            var content = reader.read(archive);
            requireDigest(dataset, digest.apply(content));
            return content;
        });
    }

    private OpenDataset(ArchiveCache archives, Layout layout, Opener<T> opener) {
        this.archives = archives;
        this.layout = layout;
        this.opener = opener;
    }

    /**
     * Prepares datasets that are too large to be read as a whole whenever one is opened. That the content is the one that
     * was published follows from the archive's own digest, which the cache has verified.
     *
     * @param archives where archives come from
     * @param layout the one layout that the opener understands
     * @param opener opens an archive
     */
    public static <T> OpenDataset<T> ofVerifiedArchives(ArchiveCache archives, Layout layout, Opener<T> opener) {
        return new OpenDataset<>(archives, layout, opener);
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
        var name = name(dataset);
        if (dataset.getLayout() != layout) {
            throw new JobRefused("%s has layout %s and this job needs %s".formatted(name, dataset.getLayout(), layout));
        }
        held.set(null); // let go of one before the other is read: either may fill the memory
        try {
            var content = read(archives.fetch(dataset.getArchive()), dataset);
            held.set(new Held<>(content, dataset.getDigest()));
            return content;
        } catch (ArtifactMissing | ArtifactCorrupt e) {
            throw new JobRefused("%s cannot be had: %s; publish it anew".formatted(name, e.getMessage()), e);
        }
    }

    static String name(DatasetPublished dataset) {
        return "dataset %s version %s".formatted(dataset.getDataset(), dataset.getVersion());
    }

    private static void requireDigest(DatasetPublished dataset, String digest) {
        if (!digest.equals(dataset.getDigest())) {
            throw new JobRefused("the content of %s has digest %s and not %s, as was published; publish it anew"
                    .formatted(name(dataset), digest, dataset.getDigest()));
        }
    }

    private T read(Path archive, DatasetPublished dataset) throws IOException {
        try {
            return opener.open(archive, dataset);
        } catch (InvalidDatasetException e) {
            throw new JobRefused(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads an archive. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads.
         *
         * @throws InvalidDatasetException if the content is no dataset of this layout
         * @throws IOException if this machine cannot read it now
         */
        T read(Path archive) throws IOException;
    }

    /** Opens an archive whose bytes are known to be those that were published. */
    @FunctionalInterface
    public interface Opener<T> {
        /**
         * Opens.
         *
         * @throws InvalidDatasetException if the content is no dataset of this layout
         * @throws IOException if this machine cannot read it now
         */
        T open(Path archive, DatasetPublished dataset) throws IOException;
    }

    /** A dataset in memory, and the digest of its content. */
    private record Held<T>(T content, String digest) {}
}
