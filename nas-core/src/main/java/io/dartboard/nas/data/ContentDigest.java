package io.dartboard.nas.data;

import io.dartboard.nas.provenance.Digests;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 over the content of a data set: what is in it, never how it was packed or where it lay. */
public final class ContentDigest {

    private final MessageDigest sha256 = Digests.newSha256();

    /** @param kind a name of the content's form, so that sets of two kinds never share a digest */
    public ContentDigest(String kind) {
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
