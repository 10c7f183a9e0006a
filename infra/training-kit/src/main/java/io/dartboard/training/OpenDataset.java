package io.dartboard.training;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.Layout;
import io.dartboard.nas.data.InvalidDatasetException;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.ArtifactCorrupt;
import io.dartboard.pipeline.artifact.ArtifactMissing;
import io.dartboard.pipeline.artifact.Preparation;
import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.job.JobRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dataset that a service trains on, read once for all jobs in a row, or at once, that want it.
 *
 * @param <T> the dataset in memory
 */
public final class OpenDataset<T> {
    private static final long LOOK_MS = 200;

    private final ArchiveCache archives;
    private final Map<Layout, Opener<T>> openers;
    private final ReentrantLock opening = new ReentrantLock();
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
        this(archives, Map.of(layout, checking(reader, digest)));
    }

    /**
     * Prepares it.
     *
     * @param archives where archives come from
     * @param openers what opens an archive, by the layouts that are understood
     */
    OpenDataset(ArchiveCache archives, Map<Layout, Opener<T>> openers) {
        this.archives = archives;
        this.openers = Map.copyOf(openers);
    }

    /** Opens an archive by reading the whole, and compares the content with what was published. */
    static <T> Opener<T> checking(Reader<T> reader, Function<T, String> digest) {
        return (archive, dataset, side, preparation) -> {
            var activity = "reading " + name(dataset);
            var bytes = Files.size(archive);
            var content = reader.read(archive, read -> preparation.at(activity, read, bytes));
            requireDigest(dataset, digest.apply(content));
            return content;
        };
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
        return new OpenDataset<>(archives, Map.of(layout, opener));
    }

    /** As {@link #open(DatasetPublished, int, Preparation)}, of data that are no images or have the size that they have. */
    public T open(DatasetPublished dataset, Preparation preparation) throws InterruptedException {
        return open(dataset, 0, preparation);
    }

    /**
     * The dataset. While it is fetched and read for one job, another of this service that wants it waits.
     *
     * @param side in pixels, to which images are brought; 0 where that has no meaning
     * @param preparation told how far it is, also while this waits; what it throws ends the call
     * @throws JobRefused if it cannot be had in any attempt: another layout, an archive that is gone or damaged, content
     *     that is not what was published
     * @throws io.dartboard.pipeline.artifact.StoreUnavailable if the store is away, or this machine has no space for it or
     *     cannot read it now
     */
    public T open(DatasetPublished dataset, int side, Preparation preparation) throws InterruptedException {
        var opener = openers.get(dataset.getLayout());
        if (opener == null) {
            throw new JobRefused("%s has layout %s and this job needs %s"
                    .formatted(
                            name(dataset),
                            dataset.getLayout(),
                            openers.keySet().stream().sorted().map(Layout::name).collect(Collectors.joining(" or "))));
        }
        while (!opening.tryLock(LOOK_MS, TimeUnit.MILLISECONDS)) {
            preparation.waits("waiting for another job of this service, which reads its data");
        }
        try {
            return opened(opener, dataset, side, preparation);
        } finally {
            opening.unlock();
        }
    }

    private T opened(Opener<T> opener, DatasetPublished dataset, int side, Preparation preparation)
            throws InterruptedException {
        var known = held.get();
        if (known != null && known.digest().equals(dataset.getDigest()) && known.side() == side) {
            return known.content();
        }
        var name = name(dataset);
        held.set(null); // let go of one before the other is read: either may fill the memory
        try {
            var content =
                    read(opener, archives.fetch(dataset.getArchive(), name, preparation), dataset, side, preparation);
            held.set(new Held<>(content, dataset.getDigest(), side));
            return content;
        } catch (ArtifactMissing | ArtifactCorrupt e) {
            throw new JobRefused("%s cannot be had: %s; publish it anew".formatted(name, e.getMessage()), e);
        }
    }

    /** A dataset in a line for people. */
    public static String name(DatasetPublished dataset) {
        return "dataset %s version %s".formatted(dataset.getDataset(), dataset.getVersion());
    }

    private static void requireDigest(DatasetPublished dataset, String digest) {
        if (!digest.equals(dataset.getDigest())) {
            throw new JobRefused("the content of %s has digest %s and not %s, as was published; publish it anew"
                    .formatted(name(dataset), digest, dataset.getDigest()));
        }
    }

    private T read(Opener<T> opener, Path archive, DatasetPublished dataset, int side, Preparation preparation)
            throws InterruptedException {
        try {
            return opener.open(archive, dataset, side, preparation);
        } catch (InvalidDatasetException e) {
            // Whoever reads an archive may blame it for a disk that is full.
            throw WorkDirUnavailable.in(e, archive)
                    .<RuntimeException>map(machine -> machine)
                    .orElseGet(() -> new JobRefused(String.valueOf(e.getMessage()), e));
        } catch (UncheckedIOException e) {
            throw WorkDirUnavailable.reading(archive, name(dataset), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw WorkDirUnavailable.reading(archive, name(dataset), e);
        }
    }

    /** Reads an archive. */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads.
         *
         * @param read to be told at every buffer, and while there is more to do with them, how many bytes have been read;
         *     what it throws ends the reading
         * @throws InvalidDatasetException if the content is no dataset of this layout
         * @throws IOException if this machine cannot read it now
         */
        T read(Path archive, LongConsumer read) throws IOException;
    }

    /** Opens an archive whose bytes are known to be those that were published. */
    @FunctionalInterface
    public interface Opener<T> {
        /**
         * Opens.
         *
         * @param side in pixels, to which images are brought; 0 where that has no meaning
         * @param preparation to be told at every file; what it throws ends the opening
         * @throws InvalidDatasetException if the content is no dataset of this layout
         * @throws IOException if this machine cannot read it now
         */
        T open(Path archive, DatasetPublished dataset, int side, Preparation preparation)
                throws IOException, InterruptedException;
    }

    /** A dataset in memory, the digest of its content, and the side to which its images were brought. */
    private record Held<T>(T content, String digest, int side) {}
}
