package io.dartboard.nas.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * What the steps {@code [from, to)} need, made ahead of time by background threads and handed out in step order. As each
 * step's value is a pure function of its number, the threads change nothing but the waiting. Used by one thread; closing
 * it ends its threads.
 *
 * @param <T> what a step needs
 */
public final class Prefetch<T> implements Iterator<T>, AutoCloseable {

    private final IntFunction<T> load;
    private final int to;
    private final ExecutorService threads;
    private final Queue<Future<T>> ahead = new ArrayDeque<>();
    private int nextToLoad;

    /**
     * @param threads how many threads load; as many steps plus one are loaded ahead
     * @param load makes the value of one step; called from several threads at once
     */
    public Prefetch(int from, int to, int threads, IntFunction<T> load) {
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
        for (int i = 0; i <= threads; i++) {
            loadOneMore();
        }
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
        Future<T> first = ahead.poll();
        if (first == null) {
            throw new NoSuchElementException("every step has been handed out");
        }
        loadOneMore();
        try {
            return first.get();
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

    private void loadOneMore() {
        if (nextToLoad < to) {
            int step = nextToLoad++;
            ahead.add(threads.submit(() -> load.apply(step)));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
