package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.provenance.Digests;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFolderTest {
    private static final String TORCH = "pytorch/cu118/linux-x86_64/libtorch.so";
    private static final String CUDNN = "org/bytedeco/cuda/linux-x86_64/libcudnn.so.8";

    @TempDir
    Path folder;

    private Path root;
    private ClassLoader classPath;
    private NativeParts parts;

    @BeforeEach
    void makeAClassPath() throws IOException {
        root = folder.resolve("cache");
        parts = NativeParts.parse("list", line(TORCH, "torch") + "\n\n# NVIDIA's\n" + line(CUDNN, "cudnn"));
        classPath = new URLClassLoader(new URL[] {folder.resolve("jar").toUri().toURL()}, null);
    }

    private String line(String resource, String content) throws IOException {
        var file = folder.resolve("jar").resolve(resource);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return "%s %d %s".formatted(Digests.sha256(content), content.length(), resource);
    }

    private NativeFolder unpack() {
        return NativeFolder.unpacked(parts, classPath, root, "2.0.1-cu118");
    }

    @Test
    void shouldUnpackPyTorchsAndNvidiasApart() {
        var unpacked = unpack();
        assertThat(unpacked.torch().resolve("libtorch.so")).hasContent("torch");
        assertThat(unpacked.cuda().resolve("libcudnn.so.8")).hasContent("cudnn");
        assertThat(parts.loadedFirst())
                .extracting(unpacked::file)
                .containsExactly(unpacked.cuda().resolve("libcudnn.so.8"));
        assertThat(unpacked.torch())
                .isEqualTo(root.resolve("2.0.1-cu118-" + parts.id()).resolve("torch"));
    }

    @Test
    void shouldKeepOneFileOfWhatHasTwoNames() throws IOException {
        var again = "org/bytedeco/cuda/linux-x86_64/libagain.so";
        parts = NativeParts.parse("list", line(TORCH, "torch") + "\n" + line(again, "torch"));
        var unpacked = unpack();
        assertThat(Files.isSameFile(
                        unpacked.torch().resolve("libtorch.so"), unpacked.cuda().resolve("libagain.so")))
                .isTrue();
    }

    @Test
    void shouldUnpackOnce() throws IOException {
        var before = Files.getLastModifiedTime(unpack().torch().resolve("libtorch.so"));
        Files.delete(folder.resolve("jar").resolve(TORCH)); // A second time would miss it.
        assertThat(Files.getLastModifiedTime(unpack().torch().resolve("libtorch.so")))
                .isEqualTo(before);
    }

    @Test
    void shouldUnpackAgainWhatWasCutOrLeftUnfinished() throws IOException {
        Files.writeString(unpack().cuda().resolve("libcudnn.so.8"), "cu");
        var left = Files.createDirectories(root.resolve("unpacking-123/torch"));
        assertThat(unpack().cuda().resolve("libcudnn.so.8")).hasContent("cudnn");
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void shouldRefuseADamagedPartAndLeaveNoFolder() throws IOException {
        Files.writeString(folder.resolve("jar").resolve(CUDNN), "cudmm");
        assertThatThrownBy(this::unpack)
                .isInstanceOf(NativesException.class)
                .hasMessageContaining(CUDNN + " is not the file that this build was made for")
                .hasMessageContaining("wants " + Digests.sha256("cudnn"));
        assertThat(root.resolve("2.0.1-cu118-" + parts.id())).doesNotExist();
    }

    @Test
    void shouldNameAPartThatIsNotOnTheClassPath() throws IOException {
        Files.delete(folder.resolve("jar").resolve(CUDNN));
        assertThatThrownBy(this::unpack).hasMessageStartingWith(CUDNN + " is not on the class path");
    }

    @Test
    void shouldSayBeforehandThatTheDiskIsTooSmall() {
        parts = NativeParts.parse("list", "%s 999999999999 %s".formatted("0".repeat(64), TORCH));
        assertThatThrownBy(this::unpack)
                .hasMessageMatching("the native libraries take 999999 MB and .*cache has \\d+ MB left: make room, .*");
    }

    @Test
    void shouldSayWhereItMayNotWrite() throws IOException {
        root = Files.writeString(folder.resolve("file"), "").resolve("cache");
        assertThatThrownBy(this::unpack)
                .isInstanceOf(NativesException.class)
                .hasMessageContaining("cannot be unpacked to " + root)
                .hasMessageContaining("DJL_CACHE_DIR");
    }

    @Test
    void shouldSayWhichLineOfAListIsNone() {
        assertThatThrownBy(() -> NativeParts.parse("cu118.parts", "# fine\nlibcudnn.so.8"))
                .hasMessage("cu118.parts, line 2: wants SHA-256, bytes and resource (was 'libcudnn.so.8')");
    }
}
