package io.dartboard.local.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What opens the S3 endpoint of a local stack: made once, kept in the AWS credentials format so that any S3 client can be
 * pointed at the file, readable by its owner alone.
 *
 * @param accessKey S3 access key
 * @param secretKey S3 secret key
 */
public record Credentials(String accessKey, String secretKey) {
    private static final int SECRET_BYTES = 20;
    private static final String ACCESS = "aws_access_key_id";
    private static final String SECRET = "aws_secret_access_key";

    /** Those of this stack; made where there are none yet. */
    public static Credentials of(Home home) {
        var file = home.credentialsFile();
        try {
            if (!Files.exists(file)) {
                var made = made();
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(
                        file,
                        "[default]\n%s = %s\n%s = %s\n".formatted(ACCESS, made.accessKey, SECRET, made.secretKey));
                return made;
            }
            var text = Files.readString(file);
            return new Credentials(value(text, ACCESS), value(text, SECRET));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return accessKey;
    }

    private static Credentials made() {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new Credentials("dartboard", HexFormat.of().formatHex(secret));
    }

    private static String value(String text, String name) {
        return text.lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
                .map(pair -> pair[1].strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the credentials file has no line '%s = …'; delete the file and run up again".formatted(name)));
    }
}
