package io.dartboard.nas.image.data;

import io.dartboard.nas.image.data.ImageFolder.Photo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Photographs in index order. One that cannot be read or decoded is replaced by the next one of its class, so that what an
 * index yields depends on the files and on nothing else.
 */
final class PhotoList {

    private final List<String> classNames;
    private final List<Photo> photos;
    private final int[] nextOfClass;
    private final CorruptImages corrupt;

    /** @param corrupt where the photographs are noted that cannot be used */
    PhotoList(List<String> classNames, List<Photo> photos, CorruptImages corrupt) {
        this.classNames = classNames;
        this.photos = photos;
        this.nextOfClass = nextOfClass(photos, classNames.size());
        this.corrupt = corrupt;
    }

    /** What is done with a photograph. */
    @FunctionalInterface
    interface Use<T> {
        T of(Path file) throws IOException;
    }

    int size() {
        return photos.size();
    }

    int classes() {
        return classNames.size();
    }

    int label(int index) {
        return photos.get(index).label();
    }

    /**
     * Uses the photograph at an index, or the first after it that can be used.
     *
     * @throws java.io.UncheckedIOException if none of its class can be, or too many of the set cannot
     */
    <T> T use(int index, Use<T> use) {
        int at = index;
        do {
            Path file = photos.get(at).file();
            try {
                return use.of(file);
            } catch (IOException e) {
                corrupt.found(file, e);
            }
            at = nextOfClass[at];
        } while (at != index);
        throw CorruptImages.unusable(
                "not one photograph of class " + classNames.get(label(index)) + " can be read or decoded any more",
                new IOException("the last was " + photos.get(index).file()));
    }

    /** For each photograph the next one of its class; after the last of a class comes the first. */
    private static int[] nextOfClass(List<Photo> photos, int classes) {
        int[] next = new int[photos.size()];
        int[] following = new int[classes];
        Arrays.fill(following, -1);
        for (int round = 0; round < 2; round++) {
            for (int i = next.length - 1; i >= 0; i--) {
                int label = photos.get(i).label();
                next[i] = following[label];
                following[label] = i;
            }
        }
        return next;
    }
}
