package io.dartboard.nas.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Follows the links of an archive: each stands for the file, or for all files of the folder, that it leads to. */
final class ArchiveLinks {

    private static final int MOST_ROUNDS = 16;
    private static final int MOST_FILES = 20_000_000;

    private final Path archive;
    private final Map<String, String> links = new LinkedHashMap<>();
    private final Map<String, String> unresolved = new LinkedHashMap<>();

    ArchiveLinks(Path archive) {
        this.archive = archive;
    }

    /** A symbolic link: its target is meant from the folder that it lies in. */
    void symbolic(String path, String target) {
        Optional<String> inside = ArchivePath.within(ArchivePath.parent(path), target);
        if (inside.isPresent()) {
            links.put(path, inside.get());
        } else {
            unresolved.put(path, target);
        }
    }

    /** A hard link: its target is meant from the top of the archive. */
    void hard(String path, String target) {
        links.put(path, ArchivePath.within("", target).orElse(target));
    }

    /** An entry that takes the place of a link of the same path. */
    void replaced(String path) {
        links.remove(path);
        unresolved.remove(path);
    }

    /**
     * Adds what the links stand for.
     *
     * @param files what lies in the archive itself, by path
     * @throws InvalidDatasetException if a link leads to nothing in the archive, or to a folder that it lies in
     */
    <T> void follow(NavigableMap<String, T> files) throws InvalidDatasetException {
        Map<String, String> left = new TreeMap<>(links);
        // A link may lead through another one, which shows only when that has been followed.
        for (int round = 0; round < MOST_ROUNDS && !left.isEmpty(); round++) {
            left.entrySet().removeIf(link -> !chained(link.getValue(), left) && follow(files, link));
            if (files.size() > MOST_FILES) {
                throw new InvalidDatasetException(
                        "%s has links that stand for more than %d files".formatted(archive, MOST_FILES));
            }
        }
        unresolved.putAll(left);
        for (Map.Entry<String, String> link : unresolved.entrySet()) {
            if (!ForeignFiles.isForeign(link.getKey())) {
                throw new InvalidDatasetException("%s has the link %s to %s, %s; pack the files themselves (tar -h)"
                        .formatted(archive, link.getKey(), link.getValue(), why(link)));
            }
        }
    }

    private static boolean chained(String target, Map<String, String> left) {
        return left.keySet().stream().anyMatch(other -> target.equals(other) || target.startsWith(other + "/"));
    }

    private static String why(Map.Entry<String, String> link) {
        return isWithin(link.getKey(), link.getValue()) ? "in which it lies itself" : "which is not in the archive";
    }

    private static boolean isWithin(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder + "/");
    }

    private static <T> boolean follow(NavigableMap<String, T> files, Map.Entry<String, String> link) {
        String target = link.getValue();
        T file = files.get(target);
        if (file != null) {
            files.put(link.getKey(), file);
            return true;
        }
        if (isWithin(link.getKey(), target)) {
            return false;
        }
        String folder = target + "/";
        Map<String, T> inside = new TreeMap<>(files.subMap(folder, true, target + "0", false)); // '0' follows '/'
        inside.forEach((path, content) -> files.put(link.getKey() + "/" + path.substring(folder.length()), content));
        return !inside.isEmpty();
    }
}
