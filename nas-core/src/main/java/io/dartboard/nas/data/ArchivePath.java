package io.dartboard.nas.data;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths as archives have them. */
final class ArchivePath {

    private ArchivePath() {}

    /**
     * The path without {@code .}, {@code ..} and doubled slashes.
     *
     * @throws InvalidDatasetException if it leads out of the archive
     */
    static String of(Path archive, String written) throws InvalidDatasetException {
        return within("", written)
                .orElseThrow(() -> new InvalidDatasetException(
                        archive + " has an entry that points outside the archive: " + written));
    }

    /** Where a path leads that is meant from a folder of the archive; empty if out of it. */
    static Optional<String> within(String folder, String written) {
        if (written.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : (folder + "/" + written).split("/")) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return Optional.of(String.join("/", names));
    }

    /** The folder that it lies in; empty at the top. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
