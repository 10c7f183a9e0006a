package io.dartboard.nas.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The files of a zip archive, read where they lie. */
final class ZipFiles implements DatasetFiles {

    private static final int LONGEST_LINK = 4096;

    private final Path source;
    private final ZipFile zip;
    private final List<DatasetFile> all;

    private ZipFiles(Path source, ZipFile zip) throws IOException {
        this.source = source;
        this.zip = zip;
        NavigableMap<String, ZipArchiveEntry> files = new TreeMap<>();
        ArchiveLinks links = new ArchiveLinks(source);
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            String path = ArchivePath.of(source, entry.getName().replace('\\', '/'));
            if (entry.isUnixSymlink()) {
                links.symbolic(path, new String(read(entry, path, LONGEST_LINK), StandardCharsets.UTF_8));
            } else if (!entry.isDirectory()) {
                files.put(path, entry);
            }
        }
        links.follow(files);
        List<DatasetFile> listed = new ArrayList<>(files.size());
        files.forEach((path, entry) ->
                listed.add(new DatasetFile(path, Math.max(0, entry.getSize()), most -> read(entry, path, most))));
        this.all = List.copyOf(listed);
    }

    static ZipFiles of(Path archive) throws IOException {
        FileChannel channel = FileChannel.open(archive);
        boolean opened = false;
        try {
            // The parser throws unchecked exceptions at some damage, too.
            ZipFiles files = new ZipFiles(
                    archive,
                    ZipFile.builder()
                            .setSeekableByteChannel(channel)
                            .setUseUnicodeExtraFields(true)
                            .get());
            opened = true;
            return files;
        } catch (InvalidDatasetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw DatasetArchive.damaged(archive, "a zip archive", e);
        } finally {
            if (!opened) {
                channel.close();
            }
        }
    }

    private byte[] read(ZipArchiveEntry entry, String path, long most) throws InvalidDatasetException {
        if (!zip.canReadEntryData(entry)) {
            throw new InvalidDatasetException(
                    "%s in %s is encrypted, or packed in a way that cannot be read".formatted(path, source));
        }
        byte[] content;
        try (InputStream in = zip.getInputStream(entry)) {
            content = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
        } catch (IOException | RuntimeException e) {
            throw DatasetArchive.damaged(source, "a zip archive, at " + path, e);
        }
        if (content.length > most) {
            throw DatasetFile.tooLarge(path, content.length, most);
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        if (checksum.getValue() != entry.getCrc()) {
            throw new InvalidDatasetException("%s in %s is damaged: its checksum is wrong".formatted(path, source));
        }
        return content;
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
        zip.close();
    }
}
