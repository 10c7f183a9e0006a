package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class WorkDirUnavailableTest {
    private static final Path WORK = Path.of("/work");

    @Test
    void shouldFindTheFaultOfTheMachineHoweverDeepItLies() {
        assertThat(found(new UncheckedIOException(new IOException("No space left on device"))))
                .startsWith(
                        "cannot read or write /work: No space left on device; see to the space and the rights there");
        assertThat(found(new CompletionException(new FileSystemException("/data/x", null, "Read-only file system"))))
                .startsWith("cannot read or write /data/x: Read-only file system;");
        assertThat(found(new IllegalStateException("no archive", new AccessDeniedException("/data/x"))))
                .startsWith("cannot read or write /data/x: permission denied;");
        assertThat(found(new InvalidPathException("\u732b", "unmappable")))
                .contains("which has no name for '\u732b'; start the service with LC_ALL=C.UTF-8");
    }

    @Test
    void shouldNotTakeItForAFaultOfTheMachineThatDataAreNotAsTheyShouldBe() {
        assertThat(WorkDirUnavailable.in(new IOException("Truncated TAR archive"), WORK))
                .isEmpty();
        assertThat(WorkDirUnavailable.in(new NoSuchFileException("/data/x"), WORK))
                .isEmpty();
        assertThat(WorkDirUnavailable.in(new IllegalStateException("No space left on device"), WORK))
                .isEmpty();
    }

    private static String found(Throwable failure) {
        return String.valueOf(WorkDirUnavailable.in(failure, WORK).orElseThrow().getMessage());
    }
}
