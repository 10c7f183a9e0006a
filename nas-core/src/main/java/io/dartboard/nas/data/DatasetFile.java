package io.dartboard.nas.data;

import java.io.IOException;

/**
 * One file of a data set as somebody brings it.
 *
 * @param path its path below the folder or within the archive, with {@code /} between names
 * @param bytes its size as its folder or archive tells it
 */
public record DatasetFile(String path, long bytes, Content content) {

    /** What is in it. */
    @FunctionalInterface
    public interface Content {
        /** As {@link DatasetFile#read}. */
        byte[] read(long most) throws IOException;
    }

    /**
     * Reads it whole.
     *
     * @param most bytes that it may have
     * @throws InvalidDatasetException if it has more, or an archive's bytes are not those that were packed
     * @throws IOException if this machine cannot read it
     */
    public byte[] read(long most) throws IOException {
        if (bytes > most) {
            throw tooLarge(path, bytes, most);
        }
        return content.read(most);
    }

    static InvalidDatasetException tooLarge(String path, long bytes, long most) {
        return new InvalidDatasetException(
                "%s has %d bytes, more than the %d that it may have".formatted(path, bytes, most));
    }

    /** The last name of its path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
