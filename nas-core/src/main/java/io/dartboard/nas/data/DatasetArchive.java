package io.dartboard.nas.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** A data set packed in a {@code .tar.gz}, the form in which it travels as one object. */
public final class DatasetArchive {

    private static final int BUFFER = 1 << 16;

    private DatasetArchive() {}

    /**
     * Packs every regular file below {@code folder}, in the order of their paths and without times, under the folder's own
     * name.
     *
     * @throws IOException if a file cannot be read or the archive cannot be written
     */
    public static void pack(Path folder, Path archive) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream file = Files.newOutputStream(archive);
                OutputStream zipped = new GZIPOutputStream(new BufferedOutputStream(file, BUFFER), BUFFER);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(zipped)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path path : files) {
                String name = root.getFileName() + "/"
                        + root.relativize(path).toString().replace('\\', '/');
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(Files.size(path));
                entry.setModTime(0L);
                tar.putArchiveEntry(entry);
                Files.copy(path, tar);
                tar.closeArchiveEntry();
            }
        }
    }

    /** What is done with a regular file of the archive; the stream ends where the file ends. */
    @FunctionalInterface
    interface FileVisitor {
        void file(String name, long bytes, InputStream content) throws IOException;
    }

    /** Any file is taken for an archive: a cache names its copies by digest. What is no archive is refused by its content. */
    static boolean isArchive(Path path) {
        return Files.isRegularFile(path);
    }

    /** Visits the regular files of the archive in the order in which they lie in it. */
    static void visit(Path archive, FileVisitor visitor) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                InputStream plain = GzipCompressorInputStream.builder()
                        .setInputStream(new BufferedInputStream(file, BUFFER))
                        .setDecompressConcatenated(true)
                        .get();
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    visitor.file(entry.getName(), entry.getSize(), tar);
                }
            }
        } catch (InvalidDatasetException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidDatasetException(
                    "cannot read " + archive + " as a gzipped tar archive: " + e.getMessage(), e);
        }
    }

    /**
     * Writes every regular file of the archive below {@code folder}. A file that is there with its size already is kept.
     *
     * @throws InvalidDatasetException if the archive cannot be read or an entry would land outside the folder
     */
    public static void extract(Path archive, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        visit(archive, (name, bytes, content) -> {
            Path target = root.resolve(name).normalize();
            if (!target.startsWith(root)) {
                throw new InvalidDatasetException(archive + " has an entry that points outside the archive: " + name);
            }
            if (Files.isRegularFile(target) && Files.size(target) == bytes) {
                return;
            }
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        });
    }
}
