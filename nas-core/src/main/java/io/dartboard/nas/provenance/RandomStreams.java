package io.dartboard.nas.provenance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * All randomness of a run. A stream is a pure function of (seed, purpose, epoch, step): whoever draws for a step needs
 * no state from the step before, so a resumed run draws what the uninterrupted run would have drawn, and two purposes
 * never disturb each other.
 *
 * <p>The 256 bits of SHA-256 over seed, epoch and step (64 bits each, big-endian) and the purpose in UTF-8 are the
 * initial state of the stream's generator.
 *
 * @param seed seed of the run; any value
 */
public record RandomStreams(long seed) {

    /**
     * The stream of a step.
     *
     * @param purpose what is drawn, such as {@code train-batch}; a constant of the caller
     * @param epoch epoch, from 0; 0 for what is drawn once per run
     * @param step step within the epoch, from 0; 0 for what is drawn once per epoch
     */
    public RandomStream stream(String purpose, long epoch, long step) {
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        // The numbers have fixed length and stand first, so no two different places give the same bytes.
        ByteBuffer place = ByteBuffer.allocate(3 * Long.BYTES + name.length)
                .putLong(seed)
                .putLong(epoch)
                .putLong(step)
                .put(name);
        ByteBuffer state = ByteBuffer.wrap(Digests.sha256Bytes(place.array()));
        return new RandomStream(state.getLong(), state.getLong(), state.getLong(), state.getLong());
    }

    /** The stream of what is drawn once per run. */
    public RandomStream stream(String purpose) {
        return stream(purpose, 0, 0);
    }
}
