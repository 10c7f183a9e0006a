package io.dartboard.nas.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
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

    /**
     * What is done with a regular file of the archive; the stream ends where the file ends. An IOException blames the
     * archive; what is the machine's fault is thrown as an UncheckedIOException.
     */
    @FunctionalInterface
    public interface FileVisitor {
        void file(String name, long bytes, InputStream content) throws IOException;
    }

    /** Any file is taken for an archive: a cache names its copies by digest. What is no archive is refused by its content. */
    public static boolean isArchive(Path path) {
        return Files.isRegularFile(path);
    }

    /**
     * Visits the regular files of the archive in the order in which they lie in it.
     *
     * @param read told after every buffer how many bytes of the archive have been read; what it throws ends the visit
     * @throws InvalidDatasetException if it is no gzipped tar archive, or the visitor says so
     * @throws IOException if this machine cannot read the file, or the visitor has thrown an UncheckedIOException
     */
    public static void visit(Path archive, LongConsumer read, FileVisitor visitor) throws IOException {
        try (InputStream file = new CountedFile(Files.newInputStream(archive), read)) {
            visit(archive, file, visitor);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void visit(Path archive, InputStream file, FileVisitor visitor) throws InvalidDatasetException {
        try (InputStream plain = GzipCompressorInputStream.builder()
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

    /** As {@link #extract(Path, Path, LongConsumer)}, with nobody told. */
    public static void extract(Path archive, Path folder) throws IOException {
        extract(archive, folder, bytes -> {});
    }

    /**
     * Writes every regular file of the archive below {@code folder}. A file that is there with its size already is kept, so
     * that an extraction that was broken off can be done again.
     *
     * @param read told after every buffer how many bytes of the archive have been read; what it throws ends the extraction
     * @throws InvalidDatasetException if the archive cannot be read or an entry would land outside the folder
     * @throws IOException if this machine cannot read the archive or write a file
     */
    public static void extract(Path archive, Path folder, LongConsumer read) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        visit(archive, read, (name, bytes, content) -> {
            Path target = root.resolve(name).normalize();
            if (!target.startsWith(root)) {
                throw new InvalidDatasetException(archive + " has an entry that points outside the archive: " + name);
            }
            if (Files.isRegularFile(target) && Files.size(target) == bytes) {
                return;
            }
            write(content, target);
        });
    }

    /** A disk that is full is no fault of the archive: what fails here travels unchecked, past whoever blames that. */
    private static void write(InputStream content, Path target) throws IOException {
        try (OutputStream out = fresh(target)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                write(out, buffer, n);
            }
        }
    }

    private static OutputStream fresh(Path target) {
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            return Files.newOutputStream(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that tells how much of it has been read; its own failures are the machine's and travel unchecked. */
    private static final class CountedFile extends FilterInputStream {
        private final LongConsumer read;
        private long bytes;

        CountedFile(InputStream file, LongConsumer read) {
            super(file);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int n;
            try {
                n = super.read(buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes += Math.max(0, n);
            read.accept(bytes);
            return n;
        }
    }
}
