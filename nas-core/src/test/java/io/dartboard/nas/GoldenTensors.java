package io.dartboard.nas;

import io.dartboard.nas.tensor.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

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

    /** Every tensor whose name starts with a prefix, without it. */
    public static Map<String, float[]> under(Safetensors golden, String prefix) {
        Map<String, float[]> found = new TreeMap<>();
        golden.tensors().forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), tensor.floats());
            }
        });
        return found;
    }
}
