package io.dartboard.nas;

import io.dartboard.nas.tensor.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Reads the tensor golden files, from the folder of system property {@code golden.dir} or from the class path. */
public final class GoldenTensors {
    private GoldenTensors() {}

    public static Safetensors read(String file) {
        String folder = System.getProperty("golden.dir", "");
        try (InputStream stream = folder.isBlank()
                ? Objects.requireNonNull(GoldenTensors.class.getResourceAsStream("/golden/" + file), file)
                : Files.newInputStream(Path.of(folder, file))) {
            return Safetensors.read(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + file, e);
        }
    }
}
