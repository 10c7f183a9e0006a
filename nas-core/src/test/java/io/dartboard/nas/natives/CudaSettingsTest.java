package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CudaSettingsTest {

    @Test
    void shouldBeOffUnlessAskedFor() {
        assertThat(CudaSettings.of(name -> null)).isEqualTo(new CudaSettings(false, false));
        assertThat(CudaSettings.of(Map.of(CudaSettings.TF32, "true")::get)).isEqualTo(new CudaSettings(true, false));
        assertThat(CudaSettings.of(Map.of(CudaSettings.BENCHMARK, "true")::get))
                .isEqualTo(new CudaSettings(false, true));
    }

    /** CUDA's libraries ask the process, not Java, for the environment. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldForbidTf32WhereCudaLooksForIt() {
        new CudaSettings(false, false).apply();
        assertThat(NativeLibrary.getProcess()
                        .getFunction("getenv")
                        .invokeString(new Object[] {"NVIDIA_TF32_OVERRIDE"}, false))
                .isEqualTo("0");
    }
}
