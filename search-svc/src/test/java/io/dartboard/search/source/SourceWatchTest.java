package io.dartboard.search.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderState;
import io.dartboard.events.ReadOutcome;
import io.dartboard.events.SourceRead;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.dataset.DatasetFolders;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.event.TriggerMeters;
import io.dartboard.search.work.Told;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWatchTest {
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration LIST = Duration.ofSeconds(300);

    @TempDir
    Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final FakeEventLog log = new FakeEventLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-01T10:00:00Z");
    private SourceWatch watch;

    @BeforeEach
    void setUp() {
        watch = watch();
        log.heard(order(OrderState.ACTIVE));
    }

    @Test
    void shouldPublishWhatWasDroppedOnceNothingHasChangedForTheQuietTime() throws IOException {
        drop(1);
        pass(QUIET.dividedBy(2));
        store.put(
                "in/batches.meta.txt", String.join("\n", "abcdefghij".split("")).getBytes());
        pass(QUIET);
        assertThat(log.told()).isEmpty();

        pass(QUIET);

        assertThat(told(DatasetPublished.class)).singleElement().satisfies(published -> {
            assertThat(published.getDataset()).isEqualTo("shapes");
            assertThat(published.getTrainExamples()).isEqualTo(20);
        });
        assertThat(told(SourceRead.class)).singleElement().satisfies(read -> {
            assertThat(read.getOutcome()).isEqualTo(ReadOutcome.PUBLISHED);
            assertThat(read.getVersion())
                    .isEqualTo(told(DatasetPublished.class).get(0).getVersion());
            assertThat(read.getTrigger()).isEqualTo("listing");
            assertThat(read.getObjects()).isEqualTo(store.list("in/").size());
        });
    }

    @Test
    void shouldReadNothingTwiceWhoeverWatchesAndHoweverOftenItIsTold() throws IOException {
        drop(1);
        pass(QUIET.multipliedBy(2));
        var told = log.told().size();
        assertThat(told).isEqualTo(2);

        var other = watch();
        for (var i = 0; i < 100; i++) {
            assertThat(watch.hint("memory", "in/data_batch_1.bin")).isEqualTo(1);
            other.hint("memory", "in/data_batch_1.bin");
        }
        pass(LIST.multipliedBy(2));
        watch = other;
        pass(LIST.multipliedBy(2));

        assertThat(log.told()).hasSize(told);
    }

    @Test
    void shouldLookSoonerWhereANotificationSaysSoAndAtTheNextListingWhereNoneCame() throws IOException {
        pass(QUIET);
        drop(1);
        assertThat(watch.hint("memory", "in/x")).isEqualTo(1);
        assertThat(watch.hint("memory", "elsewhere/in/x")).isZero();
        assertThat(watch.hint("other", "in/x")).isZero();
        pass(QUIET.multipliedBy(2).plusSeconds(2));
        assertThat(told(SourceRead.class)).extracting(SourceRead::getTrigger).containsExactly("notification");

        drop(2);
        pass(QUIET.multipliedBy(2));
        assertThat(told(SourceRead.class)).hasSize(1);
        pass(LIST);
        assertThat(told(SourceRead.class))
                .extracting(SourceRead::getTrigger)
                .containsExactly("notification", "listing");
        assertThat(registry.get("nas.triggers")
                        .tags("source", "notification", "outcome", "published")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldTellNoVersionAnewThatWasSeenBefore() throws IOException {
        drop(1);
        pass(QUIET.multipliedBy(2));
        drop(2);
        pass(LIST.multipliedBy(2));
        drop(1);
        pass(LIST.multipliedBy(2));

        assertThat(told(DatasetPublished.class)).hasSize(2);
        assertThat(told(SourceRead.class))
                .extracting(SourceRead::getOutcome)
                .containsExactly(ReadOutcome.PUBLISHED, ReadOutcome.PUBLISHED, ReadOutcome.KNOWN);
    }

    @Test
    void shouldComeToTheSameWhereItWasKilledAfterItHadPublished() throws IOException {
        drop(1);
        pass(QUIET.multipliedBy(2));
        var published = told(DatasetPublished.class);
        var later = new FakeEventLog();
        later.heard(order(OrderState.ACTIVE));
        published.forEach(later::heard); // and the word on the reading was never told

        var resumed = watch(later);
        pass(QUIET.multipliedBy(2), resumed);

        assertThat(later.told()).singleElement().isInstanceOfSatisfying(SourceRead.class, read -> {
            assertThat(read.getOutcome()).isEqualTo(ReadOutcome.KNOWN);
            assertThat(read.getVersion()).isEqualTo(published.get(0).getVersion());
        });
    }

    @Test
    void shouldRefuseWhatIsNoDatasetOnceAndTakeItWhenItIsMended() throws IOException {
        drop(1);
        store.put("in/data_batch_1.bin", new byte[7]);
        pass(LIST.multipliedBy(3));

        assertThat(told(SourceRead.class)).singleElement().satisfies(read -> {
            assertThat(read.getOutcome()).isEqualTo(ReadOutcome.REFUSED);
            assertThat(read.getReason()).startsWith("data_batch_1.bin in s3://memory/in/ is truncated");
        });
        drop(1);
        pass(LIST.multipliedBy(2));
        assertThat(told(SourceRead.class))
                .extracting(SourceRead::getOutcome)
                .containsExactly(ReadOutcome.REFUSED, ReadOutcome.PUBLISHED);
    }

    @Test
    void shouldPublishNoTextUnderAnOrderOnImages() {
        log.heard(Told.dataset("shapes", "1"));
        for (var part : List.of("train", "valid", "test")) {
            store.put("in/ptb.%s.txt".formatted(part), " some words \n of a text \n".getBytes());
        }
        pass(QUIET.multipliedBy(2));

        assertThat(told(SourceRead.class))
                .extracting(SourceRead::getOutcome, SourceRead::getReason)
                .containsExactly(tuple(
                        ReadOutcome.REFUSED,
                        "task image-classification cannot be learned from layout token-corpus, which is for"
                                + " language-model; leave the task out"));
    }

    @Test
    void shouldGoOnWhereTheStoreWasAwayAndRestWhileTheOrderIsPaused() throws IOException {
        drop(1);
        store.away(true);
        pass(QUIET);
        log.heard(order(OrderState.PAUSED));
        store.away(false);
        pass(LIST);
        assertThat(log.told()).isEmpty();

        log.heard(order(OrderState.ACTIVE));
        pass(QUIET.multipliedBy(2));
        assertThat(told(DatasetPublished.class)).hasSize(1);
    }

    private void drop(long seed) throws IOException {
        var shapes = Files.createDirectories(folder.resolve("shapes" + seed));
        MadeShapes.writeCifar(shapes, 20, 10, seed);
        try (var files = Files.list(shapes)) {
            for (var file : files.toList()) {
                store.put("in/" + file.getFileName(), file);
            }
        }
    }

    private <R extends SpecificRecord> List<R> told(Class<R> type) {
        return log.told().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void pass(Duration time) {
        pass(time, watch);
    }

    private void pass(Duration time, SourceWatch watching) {
        IntStream.range(0, (int) time.toSeconds()).forEach(second -> {
            watching.look();
            now = now.plusSeconds(1);
        });
        watching.look();
    }

    private SourceWatch watch() {
        return watch(log);
    }

    private SourceWatch watch(FakeEventLog of) {
        var buckets = new DatasetBuckets(store, List.of());
        var publisher = new DatasetPublisher(
                store, of, folder.resolve("work"), new DatasetFolders(List.of(), Optional.empty()), buckets);
        return new SourceWatch(of, publisher, buckets, new TriggerMeters(registry), new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    private static OrderPlaced order(OrderState state) {
        return OrderPlaced.newBuilder(Told.watching("memory", "in/"))
                .setState(state)
                .build();
    }
}
