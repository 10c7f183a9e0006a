package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.identity.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** SHA-256 of content, lower-case hexadecimal. */
public final class ArtifactDigest {
    private static final int BUFFER = 1 << 16;

    private ArtifactDigest() {}

    /** Of bytes. */
    public static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Sha256.digest().digest(content));
    }

    /** Of a file. */
    public static String sha256(Path file) throws IOException {
        return sha256(file, done -> {});
    }

    /** Of a file; {@code done} is told the bytes that have been read, again and again, and may throw to end it. */
    static String sha256(Path file, LongConsumer done) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream(), done);
        }
    }

    /** Copies and returns the digest of what went through. */
    static String copy(InputStream in, OutputStream out) throws IOException {
        return copy(in, out, done -> {});
    }

    private static String copy(InputStream in, OutputStream out, LongConsumer done) throws IOException {
        var digest = Sha256.digest();
        var buffer = new byte[BUFFER];
        var bytes = 0L;
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            out.write(buffer, 0, n);
            bytes += n;
            done.accept(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
