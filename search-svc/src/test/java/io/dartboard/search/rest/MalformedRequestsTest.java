package io.dartboard.search.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.body.Refused;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.dataset.DatasetFolders;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.dataset.DatasetRequest;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.request.RequestTerms;
import io.dartboard.search.request.RunDesk;
import io.dartboard.search.work.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of malformed requests: each is refused in one line and tells nothing, and the next good one is met. */
class MalformedRequestsTest {
    private static final int RUN_FILES = Integer.getInteger("malformed.requests", 2_200);
    private static final int DATASETS = RUN_FILES / 3;
    private static final int BETWEEN_PROBES = 100;
    private static final String SMALL = """
            {"dataset": "shapes", "seeds": [%d],
             "search": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8},
             "selection": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8, "auxiliaryWeight": 0},
             "evaluation": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8, "auxiliaryWeight": 0}}""";

    static final List<String> RUN_BODIES = List.of("{\"dataset\": \"shapes\"}", SMALL.formatted(0), """
            {"dataset": "shapes", "genotype": "DARTS_V1", "evaluationSeeds": [0], "requestedBy": "me",
             "ceilings": {"evaluation": {"parameters": 100000000}},
             "evaluation": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8, "auxiliaryWeight": 0}}""", """
            {"dataset": "shapes", "datasetVersion": "1", "space": "darts-cnn", "method": "darts-second-order",
             "search": {"preset": "darts-cifar10-second-order", "epochs": 3}, "randomCellSeed": 5,
             "evaluation": {"channels": 8, "preset": "darts-cifar10-selection"},
             "transfer": {"preset": "darts-imagenet-mobile", "dataset": "imagenet", "epochs": 1}}""", """
            {"dataset": "words", "seeds": [0], "search": {"width": 8, "epochs": 1, "batchSize": 4},
             "selection": {"preset": "demo-text-retraining"}, "evaluation": {"preset": "demo-text-retraining"}}""");

    @TempDir
    Path folder;

    private final FakeEventLog log = new FakeEventLog();
    private final RunDesk desk = new RunDesk(log, new RequestTerms(false, DevicePrice.UNKNOWN));
    private final Map<String, String> faults = new LinkedHashMap<>();

    @BeforeEach
    void publish() {
        log.heard(Told.dataset("shapes", "1"));
    }

    @Test
    void shouldRefuseRunFilesInOneLineAndTellNothing() {
        var requests = new MalformedRequests(21, RUN_BODIES);
        var refused = 0;
        for (var i = 0; i < RUN_FILES; i++) {
            refused += offer(i, requests.next(), desk::request);
            if (i % BETWEEN_PROBES == 0) {
                assertThat(desk.request(SMALL.formatted(i + 1)).begins()).isTrue();
                desk.list();
            }
        }
        assertThat(faults).isEmpty();
        assertThat(refused).isGreaterThan(RUN_FILES * 3 / 4);
    }

    @Test
    void shouldRefusePublicationsInOneLineAndTellNothing() throws Exception {
        var made = Files.createDirectory(folder.resolve("made"));
        MadeShapes.writeCifar(made, 20, 10, 1);
        var good = "{\"name\": \"made\", \"layout\": \"cifar-binary\", \"location\": \"%s\"}".formatted(made.toUri());
        var store = new InMemoryArtifactStore();
        var publisher = new DatasetPublisher(
                store,
                log,
                folder.resolve("work"),
                new DatasetFolders(List.of(Path.of("/")), Optional.empty()),
                new DatasetBuckets(store, List.of()));
        var requests = new MalformedRequests(
                22,
                List.of(
                        good,
                        """
                        {"name": "scenes", "layout": "image-folder", "version": "1", "task": "image-classification",
                         "location": "s3://memory/incoming/scenes.tar.gz"}""",
                        "{\"name\": \"ptb\", \"layout\": \"token-corpus\", \"location\": \"file:///data/ptb\"}"));
        var refused = 0;
        for (var i = 0; i < DATASETS; i++) {
            refused += offer(i, requests.next(), body -> publisher.publish(DatasetRequest.read(body)));
        }
        assertThat(faults).isEmpty();
        assertThat(refused).isGreaterThan(DATASETS * 3 / 4);
        assertThatCode(() -> publisher.publish(DatasetRequest.read(good))).doesNotThrowAnyException();
        assertThat(folder.resolve("work/publishing")).isEmptyDirectory();
    }

    /** 1 where it is refused. */
    private int offer(int i, String body, Consumer<String> to) {
        var before = log.told().size();
        try {
            to.accept(body);
            return 0;
        } catch (Refused e) {
            if (!isClear(e.getMessage())) {
                note(i, body, "unclear: " + e.getMessage());
            }
            if (log.told().size() != before) {
                note(i, body, "told though refused");
            }
            return 1;
        } catch (RuntimeException | StackOverflowError e) {
            note(i, body, "%s at %s".formatted(e, e.getStackTrace()[0]));
            return 0;
        }
    }

    private void note(int i, String body, String what) {
        faults.putIfAbsent(
                what.substring(0, Math.min(50, what.length())),
                "request %d: %s: %s"
                        .formatted(
                                i,
                                what.substring(0, Math.min(400, what.length())),
                                body.substring(0, Math.min(200, body.length()))));
    }

    /** One line of a sensible length that speaks of requests and not of Java. */
    static boolean isClear(String line) {
        return !line.isBlank()
                && line.length() <= 1_000
                && line.codePoints().noneMatch(Character::isISOControl)
                && !line.matches(
                        ".*(REDACTED|Source|Feature|JsonToken|[a-z]+Exception|\\b(java|com|org|io)\\.[a-z]+\\.).*");
    }
}
