package io.dartboard.nas.image.data;

import io.dartboard.nas.data.InvalidDatasetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images that could not be read or decoded while a training ran. Each is named once in the log and counted once; more
 * than one in twenty means that the set itself is broken. Safe for use by many threads at once.
 */
public final class CorruptImages {

    private static final Logger LOG = LoggerFactory.getLogger(CorruptImages.class);
    private static final double TOLERATED = 0.05;

    private final int images;
    private final Consumer<Path> listener;
    private final Set<Path> files = ConcurrentHashMap.newKeySet();

    /**
     * None yet.
     *
     * @param images how many images the whole set has
     * @param listener told of each file once, by whichever thread has met it
     */
    public CorruptImages(int images, Consumer<Path> listener) {
        this.images = images;
        this.listener = listener;
    }

    /** How many there are so far. */
    public int count() {
        return files.size();
    }

    /** True if so many corrupt images mean that the set is broken. */
    static boolean tooMany(int corrupt, int images) {
        return corrupt > TOLERATED * images;
    }

    /** Why a file could not be used, in a few words. */
    static String reason(IOException e) {
        return e instanceof NoSuchFileException
                ? "the file is gone"
                : Objects.requireNonNullElse(e.getMessage(), e.toString());
    }

    /**
     * A file could not be used.
     *
     * @throws UncheckedIOException if there are too many by now
     */
    void found(Path file, IOException why) {
        if (files.add(file)) {
            LOG.warn("goes on without {}: {}", file, reason(why));
            listener.accept(file);
        }
        int corrupt = files.size();
        if (tooMany(corrupt, images)) {
            throw unusable(
                    "%d of %d images cannot be read or decoded any more, more than 5 %%; restore the set; the last is %s (%s)"
                            .formatted(corrupt, images, file, reason(why)),
                    why);
        }
    }

    static UncheckedIOException unusable(String message, IOException why) {
        return new UncheckedIOException(message, new InvalidDatasetException(message, why));
    }
}
