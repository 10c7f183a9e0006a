package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.dartboard.nas.natives.Devices.Driver;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private static final NativeBuild CPU = new NativeBuild("2.0.1", "cpu", "linux-x86_64");
    private static final NativeBuild CU118 = new NativeBuild("2.0.1", "cu118", "linux-x86_64");
    private static final Driver TWO_CARDS = new Driver(12020, Optional.empty(), List.of(90, 70));

    private static String trouble(int card, NativeBuild build, Driver driver) {
        return Devices.trouble(card, build, Optional.of(driver)).orElse("none");
    }

    @Test
    void shouldFindNoTroubleWithACardThatIsThere() {
        assertThat(trouble(0, CU118, TWO_CARDS)).isEqualTo("none");
        assertThat(trouble(1, CU118, TWO_CARDS)).isEqualTo("none");
    }

    @Test
    void shouldTakeAnOlderDriverOfTheSameFirstNumber() {
        assertThat(trouble(0, CU118, new Driver(11020, Optional.empty(), List.of(75))))
                .isEqualTo("none");
    }

    @Test
    void shouldSayWhatIsWrongInOneLine() {
        assertThat(trouble(0, CPU, TWO_CARDS)).startsWith("this build computes on the CPU alone: build with -Pcu118");
        assertThat(Devices.trouble(0, CU118, Optional.empty())).get().asString().startsWith("no NVIDIA driver");
        assertThat(trouble(0, CU118, new Driver(10020, Optional.of("error 35"), List.of())))
                .isEqualTo(
                        "the NVIDIA driver is too old: it serves CUDA 10.2 and this build wants 11.0 or newer; update the driver");
        assertThat(trouble(0, CU118, new Driver(12020, Optional.of("error 803"), List.of())))
                .startsWith("the NVIDIA driver does not start (error 803)");
        assertThat(trouble(0, CU118, new Driver(12020, Optional.empty(), List.of())))
                .startsWith("the NVIDIA driver shows no GPU to this process");
        assertThat(trouble(7, CU118, TWO_CARDS)).isEqualTo("there is no gpu7: this process sees gpu0, gpu1");
        assertThat(trouble(0, CU118, new Driver(12080, Optional.empty(), List.of(120))))
                .isEqualTo("gpu0 has compute capability 12.0 and this build has kernels up to 9.0: use an older card");
    }

    @Test
    void shouldFindNoTroubleWithTheProcessor() {
        assertThat(Devices.trouble(Device.cpu())).isEmpty();
    }

    @Test
    void shouldAskALibraryThatIsNoDriverWithoutHarm() {
        var driver = CudaDriver.find("c").orElseThrow();
        assertThat(driver.version()).isZero();
        assertThat(driver.cards()).isZero();
        assertThat(driver.trouble()).contains("error -1");
        assertThat(CudaDriver.find("libdbnosuchdriver.so.1")).isEmpty();
    }
}
