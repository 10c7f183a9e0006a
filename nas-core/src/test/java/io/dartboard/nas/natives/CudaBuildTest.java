package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.dartboard.nas.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The CUDA build on a machine without a card; {@code infra/natives/prove.sh} runs it. */
@EnabledIfSystemProperty(named = "dartboard.proof", matches = "cu\\d+")
class CudaBuildTest {
    private static final String FLAVOR = String.valueOf(System.getProperty("dartboard.proof"));
    private static final boolean STUB = "stub".equals(System.getProperty("dartboard.proof.driver"));

    @Test
    void shouldLoadTheWholeBuildAndNothingOfTheSystem() throws IOException {
        try (var scope = Torch.open(Device.cpu())) {
            assertThat(scope.create(new float[] {1, 2}).sum().getFloat()).isEqualTo(3);
        }
        assertThat(Natives.build()).map(NativeBuild::flavor).contains(FLAVOR);
        var loaded = Files.readString(Path.of("/proc/self/maps"))
                .lines()
                .filter(line -> line.contains(".so"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();
        assertThat(loaded)
                .anyMatch(file -> file.endsWith("/torch/libtorch_cpu.so"))
                .anyMatch(file -> file.contains("/cuda/libcudart.so."))
                .anyMatch(file -> file.contains("-%s-linux-x86_64/".formatted(STUB ? FLAVOR : "cpu"))
                        && file.endsWith("-libdjl_torch.so"));
        if (STUB) {
            assertThat(loaded)
                    .anyMatch(file -> file.endsWith("/torch/libtorch_cuda.so"))
                    .anyMatch(file -> file.endsWith("/torch/libcaffe2_nvrtc.so"));
        }
    }

    @Test
    void shouldSayWhyThereIsNoGpu() {
        assertThat(Devices.trouble(Device.gpu(0)))
                .isEqualTo(
                        STUB
                                ? Optional.of(
                                        "the NVIDIA driver shows no GPU to this process: see nvidia-smi and CUDA_VISIBLE_DEVICES, or give the container one")
                                : Optional.of(LinkTrouble.NO_DRIVER));
    }
}
