package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.pipeline.config.CheckpointSettings;
import io.dartboard.pipeline.lease.Claim;
import io.dartboard.pipeline.lease.Lease;
import io.dartboard.pipeline.lease.LeaseState;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.meters.CheckpointMeters;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final String PREFIX = "searches/s1";

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Leases leases = new Leases(store, Duration.ofSeconds(2), 3, Clock.systemUTC());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> superseded = new ArrayList<>();

    @Test
    void shouldBlameTheMachineWhereACheckpointCannotBeKept() throws Exception {
        try (var checkpoints = open(begin())) {
            write(checkpoints, 1, 10, false).get();
            Files.delete(work.resolve("outgoing"));
            for (var folder : List.of("outgoing", "incoming")) {
                Files.writeString(work.resolve(folder), "a file where the folder should be");
            }

            assertThatThrownBy(() -> write(checkpoints, 2, 20, false))
                    .isInstanceOf(WorkDirUnavailable.class)
                    .hasMessageContaining("cannot keep a checkpoint of s1 in " + work.resolve("outgoing"))
                    .hasMessageContaining("dartboard.work-dir");
            assertThatThrownBy(checkpoints::restore)
                    .isInstanceOf(WorkDirUnavailable.class)
                    .hasMessageContaining(work.resolve("incoming").toString());
        }
    }

    @Test
    void shouldGiveBackTheFurthestState() throws Exception {
        try (var checkpoints = open(begin())) {
            write(checkpoints, 1, 10, false).get();
            write(checkpoints, 2, 20, false).get();

            try (var restored = checkpoints.restore().orElseThrow()) {
                assertThat(restored.checkpoint().epoch()).isEqualTo(2);
                assertThat(restored.checkpoint().step()).isEqualTo(20);
                assertThat(restored.checkpoint().facts()).containsEntry("loss", "2.3");
                assertThat(Files.readString(restored.file())).isEqualTo("state 2/20");
            }
        }
        assertThat(registry.get(NasMeters.CHECKPOINT_BYTES.id()).summary().count())
                .isEqualTo(2);
        try (var left = Files.walk(work)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void shouldGoOnFromAnEarlierAttemptsCheckpoint() throws Exception {
        try (var first = open(begin())) {
            write(first, 3, 30, false).get();
        }
        try (var second = open(begin())) {
            assertThat(second.all().stream().findFirst())
                    .hasValueSatisfying(found -> assertThat(found.attempt()).isEqualTo(1));
            write(second, 3, 30, false).get();
            assertThat(second.all().stream().findFirst())
                    .hasValueSatisfying(found -> assertThat(found.attempt()).isEqualTo(2));
        }
    }

    @Test
    void shouldRefuseAnOlderAttemptOnceANewerHasBegun() throws Exception {
        try (var zombie = open(begin())) {
            begin();

            assertThatThrownBy(() -> write(zombie, 1, 10, false).get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(AttemptSuperseded.class);
            assertThat(superseded).singleElement().asString().contains("a newer one has begun");
            assertThat(zombie.all().stream().findFirst()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheLastFewAndTheFinalOne() throws Exception {
        try (var checkpoints = open(begin())) {
            write(checkpoints, 1, 10, true).get();
            for (var epoch = 2; epoch <= 5; epoch++) {
                write(checkpoints, epoch, 10L * epoch, false).get();
            }

            assertThat(checkpoints.all()).extracting(Checkpoint::epoch).containsExactly(5, 4, 1);
        }
        assertThat(store.list(PREFIX + "/checkpoints/")).hasSize(6);
    }

    @Test
    void shouldPassOverADamagedState() throws Exception {
        try (var checkpoints = open(begin())) {
            write(checkpoints, 1, 10, false).get();
            var damaged = write(checkpoints, 2, 20, false).get();
            store.tamper(store.key(damaged.state().getUri()), "other".getBytes(StandardCharsets.UTF_8));

            try (var restored = checkpoints.restore().orElseThrow()) {
                assertThat(restored.checkpoint().epoch()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldPassOverADamagedManifest() throws Exception {
        try (var checkpoints = open(begin())) {
            write(checkpoints, 1, 10, false).get();
            var damaged = write(checkpoints, 2, 20, false).get();
            store.tamper(store.key(damaged.manifest().getUri()), "{}".getBytes(StandardCharsets.UTF_8));

            assertThat(checkpoints.all().stream().findFirst())
                    .hasValueSatisfying(found -> assertThat(found.epoch()).isEqualTo(1));
        }
    }

    @Test
    void shouldOutlastTheStoresAbsenceWithoutHoldingTheTrainingThread() throws Exception {
        try (var checkpoints = open(begin())) {
            store.away(true);
            var pending = write(checkpoints, 1, 10, false);
            assertThat(checkpoints.busy()).isTrue();
            store.away(false);

            assertThat(pending.get(10, TimeUnit.SECONDS).epoch()).isEqualTo(1);
            assertThat(checkpoints.busy()).isFalse();
        }
    }

    @Test
    void shouldForgiveTheAttemptThatWroteAFurtherCheckpoint() throws Exception {
        var lease = begin();
        assertThat(lease.state().withoutProgress()).isEqualTo(1);
        try (var checkpoints = open(lease)) {
            write(checkpoints, 1, 10, false).get();
            assertThat(lease.state().withoutProgress()).isZero();
            assertThat(lease.state().furthestStep()).isEqualTo(10);
        }
    }

    private Lease begin() {
        leases.look("s1").ifPresent(state -> {
            if (state.standing() == LeaseState.Standing.HELD) {
                store.age(Leases.key("s1", state.token()), Duration.ofMinutes(1));
            }
        });
        return ((Claim.Held) leases.claim("s1", "w", Instant.EPOCH)).lease();
    }

    private CheckpointStore open(Lease lease) {
        var clock = Clock.systemUTC();
        var settings = new CheckpointSettings(work, Duration.ofMinutes(5), 1, 2);
        return new Checkpoints(store, settings, clock, new CheckpointMeters(registry, clock))
                .open("s1", PREFIX, lease.token(), lease, superseded::add);
    }

    private static CompletableFuture<Checkpoint> write(CheckpointStore to, int epoch, long step, boolean last) {
        return to.write(
                epoch,
                step,
                last,
                Map.of("loss", "2.3"),
                "state %d/%d".formatted(epoch, step).getBytes(StandardCharsets.UTF_8));
    }
}
