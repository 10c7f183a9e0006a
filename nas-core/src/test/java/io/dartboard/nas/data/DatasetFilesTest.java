package io.dartboard.nas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFilesTest {
    @TempDir
    private Path dir;

    @Test
    void shouldFindTheSameFilesInAFolderAndInEveryArchiveOfIt() throws IOException {
        Path folder = dir.resolve("set");
        write(folder.resolve("train/猫/1.png"), "one");
        write(folder.resolve("train/Müll & Reste/" + "long".repeat(60) + ".png"), "two");
        Map<String, String> files = contents(folder);
        assertThat(files)
                .containsOnly(
                        Map.entry("train/猫/1.png", "one"),
                        Map.entry("train/Müll & Reste/" + "long".repeat(60) + ".png", "two"));

        Path packed = dir.resolve("set.tar.gz");
        DatasetArchive.pack(folder, packed);
        assertThat(contents(packed)).isEqualTo(within("set", files));

        assertThat(contents(zip(files))).isEqualTo(files);
        assertThat(contents(tar(out -> {
                    for (Map.Entry<String, String> file : files.entrySet()) {
                        add(out, "./" + file.getKey(), file.getValue());
                    }
                })))
                .isEqualTo(files);
    }

    private static Map<String, String> within(String folder, Map<String, String> files) {
        Map<String, String> within = new TreeMap<>();
        files.forEach((path, content) -> within.put(folder + "/" + path, content));
        return within;
    }

    @Test
    void shouldGiveAHardLinkTheBytesOfItsTargetAndASymbolicOneAllThatItLeadsTo() throws IOException {
        Path archive = tar(out -> {
            add(out, "pool/cat/1.png", "first");
            add(out, "pool/cat/2.png", "second");
            link(out, "pool/cat/3.png", "pool/cat/1.png", TarConstants.LF_LINK);
            link(out, "set/train/cat", "../all/cat", TarConstants.LF_SYMLINK);
            link(out, "set/all", "../pool", TarConstants.LF_SYMLINK);
            link(out, "set/one.png", "train/cat/2.png", TarConstants.LF_SYMLINK);
        });

        assertThat(contents(archive))
                .containsEntry("pool/cat/3.png", "first")
                .containsEntry("set/train/cat/1.png", "first")
                .containsEntry("set/train/cat/3.png", "first")
                .containsEntry("set/all/cat/2.png", "second")
                .containsEntry("set/one.png", "second");
    }

    @Test
    void shouldRefuseALinkThatLeadsNowhereByName() throws IOException {
        refused(
                tar(out -> link(out, "set/train/cat", "../../elsewhere", TarConstants.LF_SYMLINK)),
                "has the link set/train/cat to elsewhere, which is not in the archive; pack the files themselves");
        refused(
                tar(out -> link(out, "set/train/cat", "/data/cat", TarConstants.LF_SYMLINK)),
                "has the link set/train/cat to /data/cat, which is not in the archive");
        refused(
                tar(out -> {
                    add(out, "set/1.png", "x");
                    link(out, "set/self", "../set", TarConstants.LF_SYMLINK);
                }),
                "has the link set/self to set, in which it lies itself");
        refused(
                tar(out -> {
                    link(out, "a", "b", TarConstants.LF_SYMLINK);
                    link(out, "b", "a", TarConstants.LF_SYMLINK);
                }),
                "has the link a to b");
    }

    @Test
    void shouldFollowTheLinksOfAFolderAndRefuseOneThatLeadsNowhere() throws IOException {
        Path folder = dir.resolve("set");
        write(dir.resolve("pool/1.png"), "one");
        Files.createDirectories(folder.resolve("train"));
        Files.createSymbolicLink(folder.resolve("train/cat"), dir.resolve("pool"));
        assertThat(contents(folder)).containsOnly(Map.entry("train/cat/1.png", "one"));

        Files.createSymbolicLink(folder.resolve("train/dog"), dir.resolve("gone"));
        refused(folder, "train/dog is a link to %s, which is not there".formatted(dir.resolve("gone")));
        Files.delete(folder.resolve("train/dog"));

        Files.createSymbolicLink(folder.resolve("train/round"), folder);
        refused(folder, "a link leads back to a folder that it lies in");
    }

    @Test
    void shouldLetNoEntryLeadOutOfTheArchive() throws IOException {
        refused(
                tar(out -> add(out, "../../etc/x.png", "x")),
                "has an entry that points outside the archive: ../../etc");
        refused(zip(Map.of("../x.png", "x")), "has an entry that points outside the archive: ../x.png");
        refused(zip(Map.of("a/../../x.png", "x")), "has an entry that points outside the archive");
    }

    @Test
    void shouldSayWhatIsWrongWithAnArchive() throws IOException {
        Path cut = dir.resolve("cut.tar.gz");
        Path folder = dir.resolve("set");
        Files.createDirectories(folder);
        byte[] noise = new byte[200_000];
        new java.util.Random(1).nextBytes(noise);
        Files.write(folder.resolve("a"), noise);
        DatasetArchive.pack(folder, cut);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 150_000));
        refused(cut, cut + " ends too early; bring it again, the download may have broken off");

        Path whole = zip(Map.of("a.png", "a".repeat(9_000)));
        byte[] bytes = Files.readAllBytes(whole);
        refused(Files.write(dir.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length - 30)), "cannot read");

        refused(Files.write(dir.resolve("x"), new byte[0]), "is empty; pack the set as .tar.gz, .tar or .zip");
        refused(Files.writeString(dir.resolve("x"), "\n<!DOCTYPE html>"), "is a web page and no archive");
        refused(Files.write(dir.resolve("x"), new byte[] {'B', 'Z', 'h', '9'}), "is packed with bzip2");
        refused(dir.resolve("nowhere"), "is neither a folder nor a file");
    }

    @Test
    void shouldFindADamagedFileOfAZipByItsChecksum() throws IOException {
        Path archive = dir.resolve("stored.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            out.setLevel(0);
            out.putNextEntry(new ZipEntry("a.png"));
            out.write("the content of a file".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        byte[] bytes = Files.readAllBytes(archive);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("content");
        bytes[at] ^= 1;
        Files.write(archive, bytes);

        try (DatasetFiles files = DatasetFiles.open(archive, dir, read -> {})) {
            assertThatThrownBy(() -> files.all().get(0).read(1_000))
                    .isInstanceOf(InvalidDatasetException.class)
                    .hasMessage("a.png in %s is damaged: its checksum is wrong".formatted(archive));
        }
    }

    @Test
    void shouldReadNoMoreThanIsAsked() throws IOException {
        Path folder = dir.resolve("set");
        write(folder.resolve("a"), "12345");
        for (Path source : List.of(folder, zip(Map.of("a", "12345")), tar(out -> add(out, "a", "12345")))) {
            try (DatasetFiles files = DatasetFiles.open(source, dir, read -> {})) {
                assertThat(files.all().get(0).read(5)).hasSize(5);
                assertThatThrownBy(() -> files.all().get(0).read(4))
                        .isInstanceOf(InvalidDatasetException.class)
                        .hasMessage("a has 5 bytes, more than the 4 that it may have");
            }
        }
    }

    @Test
    void shouldEndAtOnceWhenWhoIsToldThrows() throws IOException {
        Path archive = dir.resolve("set.tar.gz");
        write(dir.resolve("set/a"), "1");
        DatasetArchive.pack(dir.resolve("set"), archive);
        assertThatThrownBy(() -> DatasetFiles.open(archive, dir, read -> {
                    throw new CancellationException("paused");
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldLeaveNothingInTheScratchFolder() throws IOException {
        Path scratch = Files.createDirectory(dir.resolve("scratch"));
        try (DatasetFiles files = DatasetFiles.open(tar(out -> add(out, "a", "1")), scratch, read -> {})) {
            assertThat(scratch).isNotEmptyDirectory();
            assertThat(files.all()).hasSize(1);
        }
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void shouldNotTakeAScratchFolderThatCannotBeWrittenForABadArchive() throws IOException {
        Path archive = tar(out -> add(out, "a", "1"));
        assertThatThrownBy(() -> DatasetFiles.open(archive, dir.resolve("gone"), read -> {}))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InvalidDatasetException.class);
    }

    @Test
    void shouldBlameAFullDiskAndNotTheArchive() throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        Files.createSymbolicLink(dir.resolve("contents"), Path.of("/dev/full"));
        Path archive = tar(out -> add(out, "a", "1"));
        assertThatThrownBy(() -> DatasetFiles.open(archive, dir, read -> {}))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("No space left on device");
    }

    private void refused(Path source, String line) {
        assertThatThrownBy(() -> contents(source))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining(line);
    }

    private Map<String, String> contents(Path source) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (DatasetFiles files = DatasetFiles.open(source, dir, read -> {})) {
            for (DatasetFile file : files.all()) {
                contents.put(file.path(), new String(file.read(1 << 20), StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Path zip(Map<String, String> files) throws IOException {
        Path archive = Files.createTempFile(dir, "made", ".zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return archive;
    }

    @FunctionalInterface
    private interface Filling {
        void fill(TarArchiveOutputStream out) throws IOException;
    }

    private Path tar(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8")) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            out.setAddPaxHeadersForNonAsciiNames(true);
            filling.fill(out);
        }
        return Files.write(Files.createTempFile(dir, "made", ".tar"), bytes.toByteArray());
    }

    private static void add(TarArchiveOutputStream out, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream out, String name, String target, byte kind) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind);
        entry.setLinkName(target);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }
}
