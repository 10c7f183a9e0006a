package io.dartboard.search.dataset;

import io.dartboard.nas.data.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How far the dataset is that is being published: for whoever asks meanwhile. */
public final class PublishProgress implements Progress {
    private final AtomicReference<@Nullable Now> now = new AtomicReference<>();
    private volatile String dataset = "";

    /**
     * A moment of it.
     *
     * @param dataset the name that it is published under
     * @param activity what is done, for people
     * @param done how much of it, in bytes or files
     * @param of all of it, in the same unit; 0 where that is not known
     */
    public record Now(String dataset, String activity, long done, long of) {}

    /** Another one begins. */
    void begins(String name) {
        dataset = name;
    }

    @Override
    public void at(String activity, long done, long of) {
        now.set(new Now(dataset, activity, done, of));
    }

    /** It has ended. */
    void ended() {
        now.set(null);
    }

    /** Where it is; empty while none is published. */
    public Optional<Now> now() {
        return Optional.ofNullable(now.get());
    }
}
