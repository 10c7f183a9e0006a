package io.dartboard.nas.natives;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

class DeviceFailureTest {

    private static RuntimeException named(String said) {
        return DeviceFailure.named(new IllegalStateException(new EngineException(said)));
    }

    @Test
    void shouldSayThatAGpuIsOutOfMemory() {
        assertThat(named("CUDA out of memory. Tried to allocate 2.50 GiB (GPU 0; 79.11 GiB total capacity; "
                        + "76.20 GiB already allocated)\nException raised from malloc"))
                .isInstanceOf(DeviceFailure.class)
                .hasMessage(
                        "the GPU is out of memory (it was to give 2.50 GiB more): ask for a smaller batch or fewer channels, or leave the card to one process")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSayThatACardIsTooNewOrHasFailed() {
        assertThat(named("CUDA error: no kernel image is available for execution on the device"))
                .hasMessageStartingWith("this build of PyTorch has no kernels for the card");
        assertThat(named("CUDA error: an illegal memory access was encountered\nCUDA kernel errors might be"))
                .hasMessageStartingWith("the GPU failed (an illegal memory access was encountered");
    }

    @Test
    void shouldLeaveAllElseAsItIs() {
        var other = new IllegalStateException("the loss is no number");
        assertThat(DeviceFailure.named(other)).isSameAs(other);
    }
}
