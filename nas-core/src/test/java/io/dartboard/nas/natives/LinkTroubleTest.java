package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

class LinkTroubleTest {
    private static final NativeBuild CU118 = new NativeBuild("2.0.1", "cu118", "linux-x86_64");

    private static String ofLoading(String said) {
        var wrapped = new EngineException("Failed to load PyTorch native library", new UnsatisfiedLinkError(said));
        return LinkTrouble.ofLoading(new ExceptionInInitializerError(wrapped), CU118);
    }

    @Test
    void shouldNameAMissingLibrary() {
        assertThat(
                        ofLoading(
                                "/c/libtorch_cuda.so: libcudnn.so.8: cannot open shared object file: No such file or directory"))
                .startsWith("the library libcudnn.so.8, which PyTorch 2.0.1 for cu118 needs, is not on this machine");
    }

    @Test
    void shouldNameAGlueThatDoesNotFit() {
        assertThat(ofLoading("/c/0.25.0-libdjl_torch.so: undefined symbol: _ZN5torch3jit4loadE"))
                .startsWith("DJL's glue and PyTorch 2.0.1 for cu118 do not fit (undefined symbol _ZN5torch3jit4loadE)");
    }

    @Test
    void shouldNameASystemThatIsTooOld() {
        assertThat(ofLoading("/lib64/libc.so.6: version `GLIBC_2.28' not found (required by /c/libtorch_cpu.so)"))
                .isEqualTo(
                        "the C library of this system is older than PyTorch 2.0.1 needs (GLIBC_2.28): use a newer system or image");
    }

    @Test
    void shouldNameAFolderThatMayNotHoldPrograms() {
        assertThat(ofLoading("/c/libc10.so: failed to map segment from shared object: Operation not permitted"))
                .startsWith("the folder of the native libraries may not hold programs")
                .contains("DJL_CACHE_DIR", "/c/libc10.so");
    }

    @Test
    void shouldKeepTheInnermostWordOfAnythingElse() {
        assertThat(ofLoading("invalid ELF header"))
                .isEqualTo("PyTorch 2.0.1 for cu118 does not load: invalid ELF header");
    }
}
