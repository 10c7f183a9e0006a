package io.dartboard.pipeline.artifact;

import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.meters.CheckpointMeters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job, as one attempt sees them. The state is written to a local file on the training thread, which
 * takes as long as the disk; everything towards the store happens on a thread of its own and outlasts the store's absence. Reading throws {@link StoreUnavailable} instead: a job that has not begun can be tried again as a whole.
 */
public final class CheckpointStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);

    private final ArtifactStore store;
    private final Fence fence;
    private final CheckpointSettings settings;
    private final Clock clock;
    private final CheckpointMeters meters;
    private final String job;
    private final String prefix;
    private final int attempt;
    private final Consumer<String> onSuperseded;
    private final ExecutorService uploader;
    private final AtomicInteger pending = new AtomicInteger();

    CheckpointStore(
            ArtifactStore store,
            CheckpointSettings settings,
            Clock clock,
            CheckpointMeters meters,
            String job,
            String prefix,
            int attempt,
            Fence fence,
            Consumer<String> onSuperseded) {
        this.onSuperseded = onSuperseded;
        this.store = store;
        this.fence = fence;
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.job = job;
        this.prefix = prefix;
        this.attempt = attempt;
        this.uploader = Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "checkpoint-" + job);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Time between two checkpoints within an epoch, as configured. */
    public Duration interval() {
        return settings.interval();
    }

    /** Epochs between two checkpoints of a retraining or a transfer, as configured. */
    public int epochs() {
        return settings.epochs();
    }

    /**
     * Writes a checkpoint.
     *
     * @param epoch epochs done
     * @param step weight steps done, all epochs
     * @param last true for the job's final state
     * @param facts what to remember beside the tensors
     * @param state the tensors
     * @return completes when the manifest is there; exceptionally with {@link AttemptSuperseded} if a newer attempt has
     *     begun
     * @throws WorkDirUnavailable if the state cannot be written to the local disk
     */
    public CompletableFuture<Checkpoint> write(
            int epoch, long step, boolean last, Map<String, String> facts, byte[] state) {
        var kept = Map.copyOf(facts);
        Path file;
        try {
            var folder = Files.createDirectories(settings.workDir().resolve("outgoing"));
            file = Files.createTempFile(folder, job + "-", ".safetensors");
            Files.write(file, state);
        } catch (IOException e) {
            meters.failed();
            throw WorkDirUnavailable.writing(
                    settings.workDir().resolve("outgoing"), "a checkpoint of " + job, state.length, e);
        }
        pending.incrementAndGet();
        return CompletableFuture.supplyAsync(() -> upload(epoch, step, last, kept, file), uploader)
                .whenComplete((written, failure) -> pending.decrementAndGet());
    }

    /** True while a checkpoint is on its way; a periodic one can wait then. */
    public boolean busy() {
        return pending.get() > 0;
    }

    /** Waits until all that was given to {@link #write} is there or has failed. */
    public void flush() throws InterruptedException {
        var end = new CompletableFuture<Void>();
        uploader.execute(() -> end.complete(null));
        try {
            end.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("completes only normally", e);
        }
    }

    /** All checkpoints of the job with a readable manifest, furthest first; of one place the newest attempt's. */
    public List<Checkpoint> all() {
        var found = new ArrayList<Checkpoint>();
        for (var key : store.list(CheckpointManifest.root(prefix))) {
            if (CheckpointManifest.isManifest(key)) {
                try {
                    found.add(CheckpointManifest.read(store.uri(key), store.get(key)));
                } catch (ArtifactMissing e) {
                    LOG.debug("{} was removed meanwhile", key);
                } catch (ArtifactCorrupt e) {
                    LOG.warn("passing over a damaged checkpoint: {}", e.getMessage());
                }
            }
        }
        found.sort(Checkpoint.NEWEST_FIRST);
        return found;
    }

    /** The furthest checkpoint whose state is whole, fetched. Close it to remove the file. */
    public Optional<Restored> restore() {
        for (var checkpoint : all()) {
            try {
                var folder = Files.createDirectories(settings.workDir().resolve("incoming"));
                var file = Files.createTempFile(folder, job + "-", ".safetensors");
                store.download(checkpoint.state(), file);
                return Optional.of(new Restored(checkpoint, file));
            } catch (ArtifactMissing | ArtifactCorrupt e) {
                LOG.warn("passing over a damaged checkpoint: {}", e.getMessage());
            } catch (IOException e) {
                throw WorkDirUnavailable.writing(
                        settings.workDir().resolve("incoming"),
                        "a checkpoint of " + job,
                        checkpoint.state().getBytes(),
                        e);
            }
        }
        return Optional.empty();
    }

    /** Stops what is on its way. */
    @Override
    public void close() {
        uploader.shutdownNow();
    }

    private Checkpoint upload(int epoch, long step, boolean last, Map<String, String> facts, Path file) {
        var begun = clock.instant();
        try {
            var checkpoint = Patience.outlast(() -> put(epoch, step, last, facts, file));
            meters.written(
                    Duration.between(begun, clock.instant()), checkpoint.state().getBytes());
            Patience.outlast(() -> {
                fence.progressed(step);
                return retain();
            });
            return checkpoint;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            meters.failed();
            throw new CompletionException("stopped before the checkpoint was stored", e);
        } catch (AttemptSuperseded e) {
            onSuperseded.accept(String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            meters.failed();
            throw e;
        } finally {
            discard(file);
        }
    }

    private Checkpoint put(int epoch, long step, boolean last, Map<String, String> facts, Path file) {
        fence.check();
        var folder = CheckpointManifest.folder(prefix, epoch, step, attempt);
        var state = store.put(CheckpointManifest.stateKey(folder), file);
        var manifest = CheckpointManifest.write(job, epoch, step, attempt, last, state, facts, clock.instant());
        fence.check();
        var key = CheckpointManifest.key(folder);
        if (!store.putIfAbsent(key, manifest)) {
            // A try whose answer was lost, or the same step written twice: what stands is as good.
            return CheckpointManifest.read(store.uri(key), store.get(key));
        }
        return CheckpointManifest.read(store.uri(key), manifest);
    }

    /** Removes all but the furthest few; manifests first, so that none is left naming what is gone. */
    private boolean retain() {
        var removable = all().stream().filter(checkpoint -> !checkpoint.last()).skip(settings.keep());
        removable.forEach(checkpoint -> {
            store.delete(store.key(checkpoint.manifest().getUri()));
            store.delete(store.key(checkpoint.state().getUri()));
        });
        return true;
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("could not remove {}: {}", file, e.getMessage());
        }
    }

    /**
     * A checkpoint whose state lies in a local file.
     *
     * @param checkpoint the checkpoint
     * @param file its state
     */
    public record Restored(Checkpoint checkpoint, Path file) implements AutoCloseable {
        @Override
        public void close() {
            discard(file);
        }
    }
}
