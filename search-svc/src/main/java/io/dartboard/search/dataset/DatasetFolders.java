package io.dartboard.search.dataset;

import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.search.body.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of this host that datasets may be read from: whoever may ask for a dataset must not thereby read the host. A
 * symbolic link counts as what it leads to.
 *
 * @param folders files, or folders with all that is in them
 * @param list a file with one more of them in each line, read anew at each request
 */
public record DatasetFolders(List<Path> folders, Optional<Path> list) {
    private static final String SETTING = "dartboard.datasets.folders";

    public DatasetFolders {
        folders = List.copyOf(folders);
    }

    /** As configured. */
    public static DatasetFolders of(PipelineConfig config) {
        return new DatasetFolders(
                config.datasets().folders().orElse(List.of()).stream()
                        .map(folder -> Path.of(folder.strip()))
                        .toList(),
                config.datasets().foldersFile().map(Path::of));
    }

    /**
     * Lets a location pass that lies in one of the folders, with all that it holds.
     *
     * @throws Refused if it does not, or something in it is a link that leads out of the folders
     * @throws WorkDirUnavailable if this machine cannot look
     */
    void require(Path location) {
        var allowed = allowed();
        if (!isIn(allowed, real(location))) {
            throw Refused.impossible(
                    "%s lies in no folder that search-svc may read datasets from (%s); name its folder in %s, or put the dataset into the store and name it as s3://..."
                            .formatted(location, allowed.isEmpty() ? "there is none" : "there are others", SETTING));
        }
        try {
            requireInside(allowed, location);
        } catch (IOException e) {
            throw WorkDirUnavailable.reading(location, "the dataset", e);
        }
    }

    private static void requireInside(List<Path> allowed, Path location) throws IOException {
        var seen = new HashSet<Path>();
        var roots = new ArrayDeque<>(List.of(real(location)));
        while (!roots.isEmpty()) {
            var root = roots.pop();
            if (seen.add(root) && Files.isDirectory(root)) {
                try (var inside = Files.walk(root)) {
                    for (var link : (Iterable<Path>) inside.filter(Files::isSymbolicLink)::iterator) {
                        var target = real(link);
                        if (!isIn(allowed, target)) {
                            throw Refused.impossible(
                                    "%s is a link that leads out of the folders that search-svc may read datasets from; put the files themselves there, or name the folder of %s in %s"
                                            .formatted(link, target, SETTING));
                        }
                        roots.add(target);
                    }
                }
            }
        }
    }

    private List<Path> allowed() {
        var all = new ArrayList<Path>();
        Stream.concat(folders.stream(), listed().stream())
                .map(DatasetFolders::real)
                .forEach(all::add);
        return all;
    }

    private List<Path> listed() {
        if (list.isEmpty()) {
            return List.of();
        }
        try {
            return Files.readAllLines(list.get()).stream()
                    .filter(line -> !line.isBlank())
                    .map(Path::of)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw WorkDirUnavailable.reading(list.get(), "the list of folders with datasets", e);
        }
    }

    private static boolean isIn(List<Path> allowed, Path path) {
        return allowed.stream().anyMatch(path::startsWith);
    }

    /** Where a path really leads; of one that leads nowhere, as it is written. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
