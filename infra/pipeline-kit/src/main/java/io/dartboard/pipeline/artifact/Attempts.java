package io.dartboard.pipeline.artifact;

import java.nio.charset.StandardCharsets;

/**
 * Numbers the attempts at a job, from 1, so that each has a number of its own and can see whether a newer one has begun.
 * An attempt is claimed by a conditional write of {@code <prefix>/attempts/<number>}: however often a job is delivered, put
 * on its topic again or joined by another run, no two workers speak with the same number.
 */
public final class Attempts {
    private final ArtifactStore store;

    public Attempts(ArtifactStore store) {
        this.store = store;
    }

    /**
     * Begins the next attempt.
     *
     * @param prefix where the job's artifacts lie
     * @param worker who begins it, for people
     * @return its number
     */
    public int begin(String prefix, String worker) {
        while (true) {
            var next = newest(prefix) + 1;
            if (store.putIfAbsent(
                    folder(prefix) + "%06d".formatted(next), (worker + "\n").getBytes(StandardCharsets.UTF_8))) {
                return next;
            }
        }
    }

    /** The newest attempt that has begun; 0 for none. */
    public int newest(String prefix) {
        var folder = folder(prefix);
        return store.list(folder).stream()
                .map(key -> key.substring(folder.length()))
                .filter(name -> name.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    /**
     * Makes sure that no newer attempt has begun.
     *
     * @throws AttemptSuperseded if one has
     */
    public void check(String prefix, int attempt) {
        var newest = newest(prefix);
        if (newest > attempt) {
            throw new AttemptSuperseded(prefix, attempt, newest);
        }
    }

    private static String folder(String prefix) {
        return prefix + "/attempts/";
    }
}
