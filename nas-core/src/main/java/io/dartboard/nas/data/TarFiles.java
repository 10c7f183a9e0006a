package io.dartboard.nas.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The files of a tar archive, their contents one after the other in one file of the scratch folder: no name of the archive
 * becomes the name of a file, so none can be too long, strange or evil for this machine.
 */
final class TarFiles implements DatasetFiles {

    private static final int BUFFER = 1 << 16;

    private final Path source;
    private final Path contents;
    private final FileChannel channel;
    private final List<DatasetFile> all;

    private TarFiles(Path source, Path contents, NavigableMap<String, Span> files) throws IOException {
        this.source = source;
        this.contents = contents;
        this.channel = FileChannel.open(contents);
        List<DatasetFile> listed = new ArrayList<>(files.size());
        files.forEach((path, span) -> listed.add(new DatasetFile(path, span.bytes(), most -> read(span))));
        this.all = List.copyOf(listed);
    }

    /** Where a file's content lies. */
    private record Span(long from, long bytes) {}

    static TarFiles unpack(Path archive, Path scratch, LongConsumer read) throws IOException {
        Path contents = scratch.resolve("contents");
        NavigableMap<String, Span> files = new TreeMap<>();
        ArchiveLinks links = new ArchiveLinks(archive);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(contents), BUFFER)) {
            long[] at = {0};
            DatasetArchive.entries(archive, read, (entry, content) -> {
                String path = ArchivePath.of(archive, entry.getName());
                links.replaced(path);
                if (entry.isSymbolicLink()) {
                    links.symbolic(path, entry.getLinkName());
                } else if (entry.isLink()) {
                    links.hard(path, entry.getLinkName());
                } else if (isRegular(entry) && !ForeignFiles.isForeign(path)) {
                    long bytes = copy(content, out);
                    files.put(path, new Span(at[0], bytes));
                    at[0] += bytes;
                } else if (isRegular(entry)) {
                    files.put(path, new Span(at[0], 0)); // counted, and read by nobody
                }
            });
        }
        links.follow(files);
        return new TarFiles(archive, contents, files);
    }

    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isFIFO() && !entry.isCharacterDevice() && !entry.isBlockDevice();
    }

    /** A disk that is full is no fault of the archive: what fails here travels unchecked, past whoever blames that. */
    private static long copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            try {
                out.write(buffer, 0, n);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            bytes += n;
        }
        return bytes;
    }

    private byte[] read(Span span) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(span.bytes()));
        while (content.hasRemaining()) {
            if (channel.read(content, span.from() + content.position()) < 0) {
                throw new IOException(contents + " has become shorter while it was read");
            }
        }
        return content.array();
    }

    @Override
    public Path source() {
        return source;
    }

    @Override
    public List<DatasetFile> all() {
        return all;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(contents);
    }
}
