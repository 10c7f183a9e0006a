package io.dartboard.transfer.evidence;

import io.dartboard.nas.genotype.Architecture;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which code the science is. Builds can be repeated byte for byte, so the digest of its jar says which sources it is of. */
final class CodeIdentity {
    private CodeIdentity() {}

    /** SHA-256 of the jar of nas-core; empty where it runs from a folder of classes. */
    static Optional<String> science() {
        var source = Architecture.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            var jar = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(jar) ? Optional.of(ArtifactDigest.sha256(jar)) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty(); // It is in no file.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
