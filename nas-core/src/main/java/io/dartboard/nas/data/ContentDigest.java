package io.dartboard.nas.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over the content of a data set: what is in it, never how it was packed or where it lay. */
public final class ContentDigest {

    private final MessageDigest sha256;

    /** @param kind a name of the content's form, so that sets of two kinds never share a digest */
    public ContentDigest(String kind) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        text(kind);
    }

    /** Adds one line of text. */
    public void text(String line) {
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
    }

    public void bytes(byte[] content) {
        sha256.update(content);
    }

    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
