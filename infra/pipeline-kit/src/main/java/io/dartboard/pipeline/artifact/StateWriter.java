package io.dartboard.pipeline.artifact;

import java.io.IOException;
import java.nio.file.Path;

/** Writes a training state, as it is now, into a file. */
@FunctionalInterface
public interface StateWriter {

    /** Called once, on the caller's thread, before the call that takes the writer returns. */
    void writeTo(Path file) throws IOException;
}
