package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class HeldLibrariesTest {
    private static final NativeBuild CU118 = new NativeBuild("2.0.1", "cu118", "linux-x86_64");

    @TempDir
    Path folder;

    @Test
    void shouldLetALibraryFindWhatWasLoadedBeforeItWhereverThatLies() throws IOException {
        var runtime = MadeLibrary.write(folder.resolve("a/libdbmaderuntime.so.11.0"), "libdbmaderuntime.so.11.0");
        var user = MadeLibrary.write(
                folder.resolve("b/libdbmadeuser.so.8"), "libdbmadeuser.so.8", "libdbmaderuntime.so.11.0");

        HeldLibraries.load(List.of(runtime, user), CU118);

        assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(runtime.toString(), user.toString());
    }

    @Test
    void shouldNameTheLibraryThatIsMissing() throws IOException {
        var user = MadeLibrary.write(folder.resolve("libdbmadealone.so"), "libdbmadealone.so", "libdbnowhere.so.8");
        assertThatThrownBy(() -> HeldLibraries.load(List.of(user), CU118))
                .isInstanceOf(NativesException.class)
                .hasMessage(
                        "the library libdbnowhere.so.8, which PyTorch 2.0.1 for cu118 needs, is not on this machine: "
                                + "build with -Pcu118, which brings it, or put it on LD_LIBRARY_PATH");
    }

    @Test
    void shouldCallAMissingDriverADriver() throws IOException {
        var glue = MadeLibrary.write(folder.resolve("libdbmadeglue.so"), "libdbmadeglue.so", "libcuda.so.1");
        if (CudaDriver.find().isPresent()) {
            return; // On a machine with a driver there is nothing to see.
        }
        assertThatThrownBy(() -> HeldLibraries.load(List.of(glue), CU118))
                .hasMessageStartingWith("no NVIDIA driver on this machine")
                .hasMessageContaining("--gpus all");
    }

    @Test
    void shouldSayThatAFileIsNoLibrary() throws IOException {
        var file = Files.writeString(folder.resolve("libdbtext.so"), "not a library");
        assertThatThrownBy(() -> HeldLibraries.load(List.of(file), CU118))
                .isInstanceOf(NativesException.class)
                .hasMessageStartingWith("PyTorch 2.0.1 for cu118 does not load: ")
                .hasMessageContaining("libdbtext.so")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
