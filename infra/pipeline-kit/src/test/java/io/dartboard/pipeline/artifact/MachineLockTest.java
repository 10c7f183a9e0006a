package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLockTest {
    @TempDir
    Path folder;

    @Test
    void shouldLetOneThreadInAtATimeAndHearStopWhileItWaits() throws Exception {
        var file = folder.resolve("a.lock");
        var first = MachineLock.take(file, () -> {});

        assertThat(MachineLock.tryTake(file)).isEmpty();
        assertThatThrownBy(() -> MachineLock.take(file, () -> {
                    throw new CancellationException("stop");
                }))
                .isInstanceOf(CancellationException.class);
        try (var other = MachineLock.take(folder.resolve("b.lock"), () -> {})) {
            assertThat(other).isNotNull();
        }

        CompletableFuture.runAsync(first::close).join();
        try (var second = MachineLock.take(file, () -> {})) {
            assertThat(MachineLock.tryTake(file)).isEmpty();
            assertThat(second).isNotNull();
        }
    }

    @Test
    void shouldKeepAnotherProcessOutAndTakeOverFromOneThatIsKilled() throws Exception {
        var file = folder.resolve("a.lock");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo("held");

            assertThat(MachineLock.tryTake(file)).isEmpty();
            try (var taken = MachineLock.take(file, process::destroyForcibly)) {
                assertThat(taken).isNotNull();
            }
            assertThat(process.waitFor()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A process that takes the lock and keeps it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (var lock = MachineLock.take(Path.of(args[0]), () -> {})) {
                System.out.println(lock == null ? "" : "held");
                Thread.sleep(Long.MAX_VALUE);
            }
        }
    }
}
