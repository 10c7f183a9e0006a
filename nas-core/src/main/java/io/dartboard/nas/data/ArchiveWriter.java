package io.dartboard.nas.data;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Writes a {@code .tar.gz}, without times, so that the same content makes the same archive. */
public final class ArchiveWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final TarArchiveOutputStream tar;

    private ArchiveWriter(Path archive, int level) throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(level);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive), BUFFER);
        this.tar = new TarArchiveOutputStream(
                new GzipCompressorOutputStream(file, parameters), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** For contents that shrink. */
    public static ArchiveWriter compressing(Path archive) throws IOException {
        return new ArchiveWriter(archive, Deflater.BEST_SPEED);
    }

    /** For contents that are compressed already, as photographs are. */
    public static ArchiveWriter storing(Path archive) throws IOException {
        return new ArchiveWriter(archive, Deflater.NO_COMPRESSION);
    }

    /** Adds a file. */
    public void add(String path, byte[] content) throws IOException {
        begin(path, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /**
     * Adds a file of any size.
     *
     * @param bytes how many of the content's bytes are taken
     * @throws IOException if the content has fewer
     */
    public void add(String path, long bytes, InputStream content) throws IOException {
        begin(path, bytes);
        byte[] buffer = new byte[BUFFER];
        long left = bytes;
        while (left > 0) {
            int n = content.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new EOFException("%s ends %d bytes before its end".formatted(path, left));
            }
            tar.write(buffer, 0, n);
            left -= n;
        }
        tar.closeArchiveEntry();
    }

    private void begin(String path, long bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(bytes);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
    }

    /** Packs some files that shrink as a {@code .tar.gz}, in the order of the map. */
    public static void pack(Map<String, byte[]> files, Path archive) throws IOException {
        try (ArchiveWriter writer = compressing(archive)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writer.add(file.getKey(), file.getValue());
            }
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
