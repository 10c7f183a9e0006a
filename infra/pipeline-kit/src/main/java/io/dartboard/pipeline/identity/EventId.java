package io.dartboard.pipeline.identity;

/** The id of an event: the digest of where it stands and what it says, so that a repeat of it has the same id. */
public final class EventId {
    private static final int DIGITS = 32;

    private EventId() {}

    /** First 32 hexadecimal digits of the SHA-256 over topic, key and value. */
    public static String of(String topic, String key, byte[] value) {
        return Sha256.hex(topic, key, value).substring(0, DIGITS);
    }
}
