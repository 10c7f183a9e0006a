package io.dartboard.nas.data;

import io.dartboard.nas.tensor.Uploads;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * What the steps {@code [from, to)} need, made ahead of time by background threads and handed out in step order. As each
 * step's value is a pure function of its number, the threads change nothing but the waiting. Used by one thread; closing
 * it ends its threads.
 *
 * @param <T> what a step needs
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {

    /** One to be handed out next and one being made: the threads share a step's parts, so more would only fill memory. */
    private static final int STEPS_IN_PARTS_AHEAD = 2;

    private final IntFunction<Parts<T>> load;
    private final int to;
    private final ExecutorService threads;
    private final Queue<CompletableFuture<T>> ahead = new ArrayDeque<>();
    private int nextToLoad;

    /** The value of one step, made part by part by several threads at once. */
    public interface Parts<T> {

        /** How many parts there are, at least 1. */
        int count();

        /** Makes one of them. */
        void load(int part);

        /** The value, once all parts are made. */
        T whole();
    }

    /**
     * Each step's value is made by one thread.
     *
     * @param threads how many threads load; as many steps plus one are loaded ahead
     * @param load makes the value of one step; called from several threads at once
     */
    public Prefetch(int from, int to, int threads, IntFunction<T> load) {
        this(from, to, threads, threads + 1, step -> new Single<>(load.apply(step)));
    }

    private Prefetch(int from, int to, int threads, int stepsAhead, IntFunction<Parts<T>> load) {
        if (threads < 1) {
            throw new IllegalArgumentException("prefetch needs at least 1 loader thread (was " + threads + ")");
        }
        this.load = load;
        this.to = to;
        this.nextToLoad = from;
        this.threads = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "batch-loader");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < stepsAhead; i++) {
            loadOneMore();
        }
    }

    /**
     * Each step's value is made by all threads, so that the first is there as soon as can be; two steps are loaded ahead.
     *
     * @param threads how many threads load
     * @param load begins the value of one step; it and the parts are called from several threads at once
     */
    public static <T> Prefetch<T> inParts(int from, int to, int threads, IntFunction<Parts<T>> load) {
        return new Prefetch<>(from, to, threads, STEPS_IN_PARTS_AHEAD, load);
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    /**
     * The value of the next step.
     *
     * @throws CancellationException if the thread was interrupted while it waited; its interrupt flag stays set
     */
    @Override
    public T next() {
        CompletableFuture<T> first = ahead.poll();
        if (first == null) {
            throw new NoSuchElementException("every step has been handed out");
        }
        loadOneMore();
        return Uploads.await(first);
    }

    private void loadOneMore() {
        if (nextToLoad < to) {
            int step = nextToLoad++;
            CompletableFuture<T> value = new CompletableFuture<>();
            ahead.add(value);
            threads.execute(orFail(value, () -> begin(load.apply(step), value)));
        }
    }

    /** Puts all parts but the first behind the work that is there already, and makes the first. */
    private void begin(Parts<T> parts, CompletableFuture<T> value) {
        AtomicInteger missing = new AtomicInteger(parts.count());
        for (int i = 1; i < parts.count(); i++) {
            int part = i;
            threads.execute(orFail(value, () -> load(parts, part, missing, value)));
        }
        load(parts, 0, missing, value);
    }

    private void load(Parts<T> parts, int part, AtomicInteger missing, CompletableFuture<T> value) {
        if (value.isDone()) {
            return; // another part has failed
        }
        parts.load(part);
        if (missing.decrementAndGet() == 0) {
            value.complete(parts.whole());
        }
    }

    /** Whatever goes wrong in a loader thread, an error included, is the waiting thread's to know. */
    private static Runnable orFail(CompletableFuture<?> value, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RejectedExecutionException e) {
                value.cancel(false); // closed meanwhile, so nobody waits
            } catch (Throwable e) {
                value.completeExceptionally(e);
            }
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A value that is one part. */
    private record Single<T>(T whole) implements Parts<T> {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public void load(int part) {
            // It is there from the beginning.
        }
    }
}
