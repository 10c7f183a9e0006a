package io.dartboard.nas.tensor;

import ai.djl.ndarray.NDManager;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Brings to a device what each step needs, each in a scope of its own. A copy from ordinary memory to a GPU waits for all
 * work that is queued before it, so there a thread of its own makes the copies one step ahead, and the thread that takes
 * the steps never waits for the device. On a processor a copy is made when it is asked for. Used by one thread, which closes
 * what it is handed.
 *
 * @param <H> what a step needs, on the heap
 * @param <D> the same on the device
 */
public final class Uploads<H, D> implements Iterator<Uploads.Uploaded<D>>, AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final NDManager owner;
    private final Iterator<H> source;
    private final BiFunction<NDManager, H, D> copy;
    private final Optional<ExecutorService> thread;
    private Optional<Future<Optional<Uploaded<D>>>> ahead = Optional.empty();

    /**
     * Something on the device and the scope that it lives in.
     *
     * @param scope closed with it
     */
    public record Uploaded<D>(NDManager scope, D value) implements AutoCloseable {
        @Override
        public void close() {
            scope.close();
        }
    }

    /**
     * Uploads what a source hands out.
     *
     * @param owner in which each gets a scope; its device is the target
     * @param source asked by one thread at a time; not closed here
     * @param copy copies into a scope
     */
    public Uploads(NDManager owner, Iterator<H> source, BiFunction<NDManager, H, D> copy) {
        this(owner, source, copy, owner.getDevice().isGpu());
    }

    Uploads(NDManager owner, Iterator<H> source, BiFunction<NDManager, H, D> copy, boolean inThread) {
        this.owner = owner;
        this.source = source;
        this.copy = copy;
        this.thread = inThread ? Optional.of(Executors.newSingleThreadExecutor(Uploads::uploader)) : Optional.empty();
        this.ahead = thread.map(executor -> executor.submit(this::upload));
    }

    private static Thread uploader(Runnable task) {
        Thread thread = new Thread(task, "batch-uploader");
        thread.setDaemon(true);
        return thread;
    }

    /** Whether there is another; on a GPU it may wait for its copy. */
    @Override
    public boolean hasNext() {
        return ahead.isPresent() ? await(ahead.get()).isPresent() : source.hasNext();
    }

    /**
     * The next one.
     *
     * @throws CancellationException if the thread was interrupted while it waited; its interrupt flag stays set
     */
    @Override
    public Uploaded<D> next() {
        Optional<Uploaded<D>> next = ahead.isPresent() ? await(ahead.get()) : upload();
        ahead = thread.map(executor -> executor.submit(this::upload));
        return next.orElseThrow(() -> new NoSuchElementException("every step has been handed out"));
    }

    private Optional<Uploaded<D>> upload() {
        if (!source.hasNext()) {
            return Optional.empty();
        }
        H onHeap = source.next();
        NDManager scope = owner.newSubManager();
        try (Autograd.Mode paused = Autograd.paused()) {
            return Optional.of(new Uploaded<>(scope, copy.apply(scope, onHeap)));
        } catch (RuntimeException e) {
            scope.close();
            throw e;
        }
    }

    /**
     * What another thread makes ahead, once it is there; what that thread threw is thrown here.
     *
     * @throws CancellationException if this thread was interrupted while it waited; its interrupt flag stays set
     */
    public static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for a batch");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }

    /** Ends the thread and frees what nobody has asked for. */
    @Override
    public void close() {
        thread.ifPresent(executor -> {
            executor.shutdownNow();
            try {
                executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // Whatever is still copied is freed with its owner.
            }
        });
        ahead.filter(Future::isDone).ifPresent(Uploads::free);
        ahead = Optional.empty();
    }

    private static <D> void free(Future<Optional<Uploaded<D>>> done) {
        try {
            done.get().ifPresent(Uploaded::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException e) {
            // It has failed, and nobody waits for it any more.
        }
    }
}
