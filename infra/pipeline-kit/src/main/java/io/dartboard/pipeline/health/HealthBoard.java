package io.dartboard.pipeline.health;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** The probes of a service. A probe answers at once: nothing while all is well, else one line with the trouble. */
public final class HealthBoard {
    private final BiConsumer<String, Supplier<Optional<String>>> witness;
    private final Map<String, Supplier<Optional<String>>> live = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> ready = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> started = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<Optional<String>>> notes = new ConcurrentSkipListMap<>();

    /** A board that only the health pages look at. */
    public HealthBoard() {
        this((name, trouble) -> {});
    }

    /** One that also lets somebody else know of each probe by name, but for notes. */
    public HealthBoard(BiConsumer<String, Supplier<Optional<String>>> witness) {
        this.witness = (name, trouble) -> witness.accept(name, () -> ask(trouble));
    }

    /** While this has trouble the process should be replaced; for the training thread's heartbeat alone. */
    public void live(String name, Supplier<Optional<String>> trouble) {
        live.put(name, trouble);
        witness.accept(name, trouble);
    }

    /** While this has trouble the service cannot do its work: Kafka, the store, the planner. */
    public void ready(String name, Supplier<Optional<String>> trouble) {
        ready.put(name, trouble);
        witness.accept(name, trouble);
    }

    /** Until this has no trouble the service has not begun: native library, self-test. Counts for ready, too. */
    public void started(String name, Supplier<Optional<String>> trouble) {
        started.put(name, trouble);
        witness.accept(name, trouble);
    }

    /** What whoever looks at readiness should know and nothing is wrong with; left out while there is nothing to say. */
    public void note(String name, Supplier<Optional<String>> note) {
        notes.put(name, note);
    }

    /** The word on liveness. */
    public HealthCheckResponse liveness() {
        return report("live", Map.of(), live).build();
    }

    /** The word on readiness. */
    public HealthCheckResponse readiness() {
        var response = report("ready", started, ready);
        notes.forEach((name, note) -> ask(note).ifPresent(word -> response.withData(name, word)));
        return response.build();
    }

    /** The word on start-up. */
    public HealthCheckResponse startup() {
        return report("started", Map.of(), started).build();
    }

    private static HealthCheckResponseBuilder report(
            String name, Map<String, Supplier<Optional<String>>> first, Map<String, Supplier<Optional<String>>> then) {
        var response = HealthCheckResponse.named(name).up();
        var up = true;
        for (var probes : java.util.List.of(first, then)) {
            for (var probe : probes.entrySet()) {
                var trouble = ask(probe.getValue());
                up &= trouble.isEmpty();
                response.withData(probe.getKey(), trouble.orElse("ok"));
            }
        }
        return response.status(up);
    }

    private static Optional<String> ask(Supplier<Optional<String>> probe) {
        try {
            return probe.get();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
