package io.dartboard.nas.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder, those behind its links included. */
record FolderFiles(Path source, List<DatasetFile> all) implements DatasetFiles {

    FolderFiles {
        all = List.copyOf(all);
    }

    static FolderFiles of(Path folder) throws IOException {
        List<DatasetFile> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isRegularFile(path)) {
                    files.add(new DatasetFile(name, Files.size(path), most -> read(path, name, most)));
                } else if (Files.isSymbolicLink(path) && !Files.exists(path) && !ForeignFiles.isForeign(name)) {
                    throw new InvalidDatasetException(
                            "%s is a link to %s, which is not there".formatted(path, Files.readSymbolicLink(path)));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof FileSystemLoopException loop
                    ? new InvalidDatasetException("a link leads back to a folder that it lies in: " + loop.getFile(), e)
                    : e.getCause();
        }
        files.sort(Comparator.comparing(DatasetFile::path));
        return new FolderFiles(folder, files);
    }

    private static byte[] read(Path path, String name, long most) throws IOException {
        long bytes = Files.size(path);
        if (bytes > most) {
            throw DatasetFile.tooLarge(name, bytes, most);
        }
        return Files.readAllBytes(path); // at once, which no interruption breaks off
    }

    @Override
    public void close() {
        // A folder is not held open.
    }
}
