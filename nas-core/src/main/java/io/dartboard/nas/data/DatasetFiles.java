package io.dartboard.nas.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The files of a data set as somebody brings it, in the order of their paths: a folder, or a {@code .tar.gz}, {@code .tar}
 * or {@code .zip}. What is packed is known by its first bytes and not by its name. Links are followed; one that leads
 * nowhere is refused by name.
 */
public interface DatasetFiles extends AutoCloseable {

    /** Where it was brought from, for people. */
    Path source();

    /** All regular files. */
    List<DatasetFile> all();

    /** Gives up what it has open; the files cannot be read any more. */
    @Override
    void close() throws IOException;

    /**
     * Opens it and finds its files.
     *
     * @param scratch a folder that is there and that is nobody else's, in which an archive's content is kept until this is
     *     closed
     * @param read told how many bytes of an archive have been read, after every buffer; what it throws ends the call
     * @throws InvalidDatasetException if it is no such thing, is damaged, or has a link that leads nowhere
     * @throws IOException if this machine cannot read it or has no space for it
     */
    static DatasetFiles open(Path source, Path scratch, LongConsumer read) throws IOException {
        if (Files.isDirectory(source)) {
            return FolderFiles.of(source);
        }
        if (!Files.isRegularFile(source)) {
            throw new InvalidDatasetException(
                    source + " is neither a folder nor a file; name a folder, or a .tar.gz, .tar or .zip of one");
        }
        return switch (Packing.of(source)) {
            case TAR_GZ, TAR -> TarFiles.unpack(source, scratch, read);
            case ZIP -> ZipFiles.of(source);
        };
    }

    /** The form of an archive. */
    enum Packing {
        TAR_GZ,
        TAR,
        ZIP;

        private static final int TAR_MAGIC_AT = 257;
        private static final int HEAD = 264;

        /**
         * By its first bytes.
         *
         * @throws InvalidDatasetException if it is none of these; other packers are named
         */
        static Packing of(Path archive) throws IOException {
            byte[] head;
            try (var in = Files.newInputStream(archive)) {
                head = in.readNBytes(HEAD);
            } catch (NoSuchFileException e) {
                throw new InvalidDatasetException(archive + " is gone", e);
            }
            if (FileSignature.stands(head, 0, 0x1f, 0x8b)) {
                return TAR_GZ;
            }
            if (FileSignature.stands(head, 0, 'P', 'K', 3, 4) || FileSignature.stands(head, 0, 'P', 'K', 5, 6)) {
                return ZIP;
            }
            if (FileSignature.stands(head, TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r')) {
                return TAR;
            }
            throw new InvalidDatasetException(
                    "%s %s; pack the set as .tar.gz, .tar or .zip, or name its folder".formatted(archive, other(head)));
        }

        private static String other(byte[] head) {
            if (head.length == 0) {
                return "is empty";
            }
            if (FileSignature.stands(head, 0, 0xfd, '7', 'z', 'X', 'Z')) {
                return "is packed with xz";
            }
            if (FileSignature.stands(head, 0, 'B', 'Z', 'h')) {
                return "is packed with bzip2";
            }
            if (FileSignature.stands(head, 0, 0x28, 0xb5, 0x2f, 0xfd)) {
                return "is packed with zstd";
            }
            if (FileSignature.stands(head, 0, '7', 'z', 0xbc, 0xaf)) {
                return "is a 7z archive";
            }
            if (FileSignature.stands(head, 0, 'R', 'a', 'r', '!')) {
                return "is a rar archive";
            }
            String text = new String(head, StandardCharsets.UTF_8).stripLeading();
            return text.startsWith("<") ? "is a web page and no archive" : "is no archive that can be read";
        }
    }
}
