package io.dartboard.nas.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A data set packed in a {@code .tar.gz}, the form in which it travels as one object. {@link ArchiveWriter} makes one;
 * what people bring is read by {@link DatasetFiles}.
 */
public final class DatasetArchive {

    private static final int BUFFER = 1 << 16;

    private DatasetArchive() {}

    /**
     * Packs every regular file below {@code folder}, in the order of their paths, under the folder's own name.
     *
     * @throws IOException if a file cannot be read or the archive cannot be written
     */
    public static void pack(Path folder, Path archive) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (ArchiveWriter writer = ArchiveWriter.compressing(archive)) {
            for (Path path : files) {
                String name = root.getFileName() + "/"
                        + root.relativize(path).toString().replace('\\', '/');
                writer.add(name, Files.readAllBytes(path));
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
        entries(archive, read, (entry, content) -> {
            if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
                visitor.file(entry.getName(), entry.getSize(), content);
            }
        });
    }

    /** What is done with any entry of the archive. */
    @FunctionalInterface
    interface EntryVisitor {
        void entry(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    /** As {@link #visit}, with every entry: links and folders, too. The archive may also be without gzip. */
    static void entries(Path archive, LongConsumer read, EntryVisitor visitor) throws IOException {
        try (InputStream file = new CountedFile(Files.newInputStream(archive), read)) {
            entries(archive, file, visitor);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Ended e) {
            throw e.why;
        }
    }

    private static void entries(Path archive, InputStream file, EntryVisitor visitor) throws IOException {
        boolean zipped = DatasetFiles.Packing.of(archive) == DatasetFiles.Packing.TAR_GZ;
        try (InputStream plain = zipped ? unzipped(file) : new BufferedInputStream(file, BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                visitor.entry(entry, tar);
            }
        } catch (InvalidDatasetException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(archive, zipped ? "a gzipped tar archive" : "a tar archive", e);
        }
    }

    /** The parser answers some damage with unchecked exceptions. */
    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (UncheckedIOException | Ended e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IOException("a header is damaged: " + e, e);
        }
    }

    private static InputStream unzipped(InputStream file) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(file, BUFFER))
                .setDecompressConcatenated(true)
                .get();
    }

    /** An archive that cannot be read to its end; what a parser throws may have no message. */
    static InvalidDatasetException damaged(Path archive, String form, Exception why) {
        String said = String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT);
        boolean cut = why instanceof EOFException || said.contains("end of") || said.contains("truncated");
        return new InvalidDatasetException(
                cut
                        ? "%s ends too early; bring it again, the download may have broken off".formatted(archive)
                        : "cannot read %s as %s: %s".formatted(archive, form, why.getMessage() == null ? why : said),
                why);
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
            try {
                read.accept(bytes);
            } catch (RuntimeException e) {
                throw new Ended(e);
            }
            return n;
        }
    }

    /** Whoever is told has ended the visit; so wrapped it is not taken for damage on its way through the parser. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient RuntimeException why;

        Ended(RuntimeException why) {
            super(why);
            this.why = why;
        }
    }
}
