package io.dartboard.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.ArtifactRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every artifact store must do. */
abstract class ArtifactStoreKit {
    @TempDir
    Path folder;

    /** The store under test, its bucket there. */
    abstract ArtifactStore store();

    @Test
    void shouldReadWhatWasWritten() {
        var ref = store().put("kit/a.json", bytes("hello"));

        assertThat(ref.getUri()).isEqualTo(store().uri("kit/a.json"));
        assertThat(ref.getSha256()).isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
        assertThat(ref.getBytes()).isEqualTo(5);
        assertThat(store().get("kit/a.json")).isEqualTo(bytes("hello"));
        assertThat(store().get(ref)).isEqualTo(bytes("hello"));
    }

    @Test
    void shouldStoreAFileOfSeveralPartsAndGiveItBack() throws Exception {
        var content = new byte[12 << 20];
        new Random(7).nextBytes(content);
        var file = Files.write(folder.resolve("large"), content);

        var ref = store().put("kit/large.bin", file);
        var back = folder.resolve("back");
        store().download(ref, back);

        assertThat(ref.getBytes()).isEqualTo(content.length);
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }

    @Test
    void shouldReadFromAnyByteOn() throws Exception {
        var ref = store().put("kit/range", bytes("nothing is lost"));

        try (var whole = store().open(ref, 0);
                var rest = store().open(ref, 8)) {
            assertThat(whole.readAllBytes()).isEqualTo(bytes("nothing is lost"));
            assertThat(rest.readAllBytes()).isEqualTo(bytes("is lost"));
        }
        assertThatThrownBy(() -> store().open(ref, 99)).isInstanceOf(ArtifactCorrupt.class);
        var none = new ArtifactRef(store().uri("kit/none"), "0".repeat(64), 1L);
        assertThatThrownBy(() -> store().open(none, 0)).isInstanceOf(ArtifactMissing.class);
    }

    @Test
    void shouldLetOneOfSeveralRacingWritersWin() throws Exception {
        var writers = Executors.newFixedThreadPool(4);
        try {
            var races = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(i -> () -> store().putIfAbsent("kit/race", bytes("writer " + i)))
                    .toList();
            var wins = 0;
            var winner = -1;
            var results = writers.invokeAll(races);
            for (var i = 0; i < results.size(); i++) {
                if (results.get(i).get()) {
                    wins++;
                    winner = i;
                }
            }
            assertThat(wins).isEqualTo(1);
            assertThat(store().get("kit/race")).isEqualTo(bytes("writer " + winner));
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void shouldTellHowLongAnObjectHasStood() {
        store().put("kit/aged", bytes("0"));

        var found = store().find("kit/aged").orElseThrow();

        assertThat(found.content()).isEqualTo(bytes("0"));
        assertThat(found.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(store().find("kit/never")).isEmpty();
    }

    @Test
    void shouldSayThatAnObjectIsMissing() {
        var ref = new ArtifactRef(store().uri("kit/none"), "0".repeat(64), 1L);

        assertThatThrownBy(() -> store().get("kit/none")).isInstanceOf(ArtifactMissing.class);
        assertThatThrownBy(() -> store().get(ref)).isInstanceOf(ArtifactMissing.class);
        assertThatThrownBy(() -> store().download(ref, folder.resolve("none"))).isInstanceOf(ArtifactMissing.class);
        assertThat(store().exists("kit/none")).isFalse();
    }

    @Test
    void shouldRefuseAnotherContentThanTheReferenceNames() {
        var ref = store().put("kit/b", bytes("one"));
        store().put("kit/b", bytes("two"));

        assertThatThrownBy(() -> store().get(ref)).isInstanceOf(ArtifactCorrupt.class);
        var file = folder.resolve("b");
        assertThatThrownBy(() -> store().download(ref, file)).isInstanceOf(ArtifactCorrupt.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldListKeysInOrderAndOnlyThoseAskedFor() {
        for (var i = 3; i > 0; i--) {
            store().put("kit/list/%d/x".formatted(i), bytes("x"));
        }
        store().put("kit/listless", bytes("x"));

        assertThat(store().list("kit/list/")).containsExactly("kit/list/1/x", "kit/list/2/x", "kit/list/3/x");
        assertThat(store().list("kit/nothing/")).isEmpty();
    }

    @Test
    void shouldTellSizeAndTimeOfWhatItListsAndWhetherItIsStillTheSame() {
        store().put("kit/told/a", bytes("one"));
        store().put("kit/told/b c+d", bytes("four"));

        var objects = store().objects("kit/told/");

        assertThat(objects).extracting(StoredObject::key).containsExactly("kit/told/a", "kit/told/b c+d");
        assertThat(objects).extracting(StoredObject::bytes).containsExactly(3L, 4L);
        assertThat(objects).allSatisfy(object -> assertThat(object.written())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60)));
        assertThat(store().objects("kit/told/")).isEqualTo(objects);
        store().put("kit/told/a", bytes("two"));
        assertThat(store().objects("kit/told/").get(0)).isNotEqualTo(objects.get(0));
    }

    @Test
    void shouldRemoveAnObjectAndNotMindItsAbsence() {
        store().put("kit/gone", bytes("x"));
        store().delete("kit/gone");
        store().delete("kit/gone");

        assertThat(store().exists("kit/gone")).isFalse();
    }

    @Test
    void shouldNotMindABucketThatIsThere() {
        store().ensureBucket();
        store().ensureBucket();

        assertThat(store().putIfAbsent("kit/after-ensure", bytes("x"))).isTrue();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
