package io.dartboard.search.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.DecisionAction;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderState;
import io.dartboard.events.VersionDecided;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.search.body.Refused;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.search.request.RequestTerms;
import io.dartboard.search.work.Told;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderDeskTest {
    private static final String RUN = """
            {"seeds": [0], "evaluationSeeds": [0, 1, 2],
             "search": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8},
             "selection": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8},
             "evaluation": {"cells": 4, "channels": 4, "epochs": 1, "batchSize": 8}}""";
    private static final String FILE = "{\"dataset\": \"shapes\", \"policy\": {\"marginPoints\": 0.5}, \"run\": %s}";

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final FakeEventLog log = new FakeEventLog();
    private final OrderDesk desk = new OrderDesk(
            log,
            new RequestTerms(false, DevicePrice.UNKNOWN),
            new DatasetBuckets(new InMemoryArtifactStore(), List.of()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void publish() {
        log.heard(Told.dataset("shapes", "1"));
    }

    @Test
    void shouldPlaceAnOrderOnceAndThenChangeIt() {
        assertThat(desk.place(FILE.formatted(RUN)).isNew()).isTrue();
        assertThat(desk.place(FILE.formatted(RUN)).isNew()).isFalse();

        assertThat(placed()).hasSize(2).allSatisfy(order -> {
            assertThat(order.getOrder()).isEqualTo("shapes");
            assertThat(order.getState()).isEqualTo(OrderState.ACTIVE);
            assertThat(order.getPolicy().getMarginPoints()).isEqualTo(0.5);
            assertThat(order.getPolicy().getMeasureSeeds()).isEqualTo(3);
            assertThat(order.getRun().getDataset()).isEqualTo("shapes");
            assertThat(order.getRun().getDatasetVersion()).isEmpty();
            assertThat(order.getRun().getSearch().getCells()).isEqualTo(3);
        });
        assertThat(desk.list())
                .singleElement()
                .satisfies(order -> assertThat(order.path("state").asText()).isEqualTo("ACTIVE"));
    }

    @Test
    void shouldRefuseABudgetInMoneyWhileNoPriceIsKnown() {
        assertThatThrownBy(() -> desk.place(FILE.formatted(RUN).replace("marginPoints", "moneyPerMonth")))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "policy.moneyPerMonth has no meaning while no price is known: set dartboard.price-per-device-hour of search-svc, or limit device seconds");
    }

    @Test
    void shouldPauseResumeAndRemove() {
        desk.place(FILE.formatted(RUN));
        assertThatThrownBy(() -> desk.resume("shapes"))
                .isInstanceOf(Refused.class)
                .hasMessage("order shapes is not paused (it is active)");
        desk.pause("shapes", "a holiday\nof two lines");
        assertThat(desk.show("shapes").path("reason").asText()).isEqualTo("a holiday of two lines");
        desk.resume("shapes");
        desk.remove("shapes", "");
        assertThat(desk.list()).isEmpty();
        assertThatThrownBy(() -> desk.pause("shapes", ""))
                .isInstanceOf(Refused.class)
                .hasMessage("order shapes was removed; place it again");
        assertThat(desk.place(FILE.formatted(RUN)).isNew()).isTrue();
    }

    @Test
    void shouldCountHowOftenASearchIsAskedForUnlessTheVersionHasBeenSearchedOn() {
        desk.place(FILE.formatted(RUN));
        desk.search("shapes");
        desk.place(FILE.formatted(RUN));
        assertThat(placed()).extracting(OrderPlaced::getSearchesAsked).containsExactly(0, 1, 1);

        log.heard(new VersionDecided(
                "shapes", "shapes", "1", DecisionAction.SEARCH, List.of(), Map.of(), List.of("r1"), 0.0, 0.0, null));
        assertThatThrownBy(() -> desk.search("shapes"))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("version 1 was searched on by run r1, and the same search finds the same");
        assertThat(desk.show("shapes").path("decisions")).hasSize(1);
    }

    @Test
    void shouldBeginAScheduleOnceAsMuchHasPassedAndKeepToItWhenTheOrderChanges() {
        var file = "{\"dataset\": \"shapes\", \"schedule\": {\"every\": \"%s\"}, \"run\": %s}";
        desk.place(file.formatted("P7D", RUN));
        var later = new OrderDesk(
                log,
                new RequestTerms(false, DevicePrice.UNKNOWN),
                new DatasetBuckets(new InMemoryArtifactStore(), List.of()),
                Clock.fixed(NOW.plusSeconds(99), ZoneOffset.UTC));
        later.place(file.formatted("P7D", RUN));
        later.place(file.formatted("PT12H", RUN));

        assertThat(placed())
                .extracting(order -> order.getSchedule().getFrom())
                .containsExactly("2026-01-08T10:00:00Z", "2026-01-08T10:00:00Z", "2026-01-01T22:01:39Z");
    }

    @Test
    void shouldWatchAPrefixThatMayBeRead() {
        var file = "{\"dataset\": \"shapes\", \"source\": {\"bucket\": \"%s\", \"prefix\": \"in/\"}, \"run\": %s}";
        desk.place(file.formatted("memory", RUN));

        assertThat(desk.show("shapes").path("source").path("quietSeconds").asInt())
                .isEqualTo(30);
        assertThatThrownBy(() -> desk.place(file.formatted("elsewhere", RUN)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("s3://elsewhere/in/ does not lie in the pipeline's bucket");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"dataset": "circles"} | dataset circles was never published
            {"dataset": "shapes", "order": "a b"} | order must be up to 64 letters
            {"dataset": "shapes", "policy": {"marginPoints": -1}} | policy.marginPoints must be a number of at least 0 (was -1)
            {"dataset": "shapes", "policy": {"measureSeeds": 0}} | policy.measureSeeds must be at least 1 (was 0)
            {"dataset": "shapes", "policy": {"margin": 1}} | policy.margin is not known here
            {"dataset": "shapes", "schedule": {"every": "P1W"}} | schedule.every must be a time of at least PT1M in days, hours and minutes, as P7D or PT12H (was 'P1W')
            {"dataset": "shapes", "schedule": {"every": "PT59S"}} | schedule.every must be a time of at least PT1M
            {"dataset": "shapes", "schedule": {"every": "P1D", "from": "Monday"}} | schedule.from must be a time in UTC, as 2026-01-05T02:00:00Z (was 'Monday')
            {"dataset": "shapes", "schedule": {"every": "P1D", "act": "rest"}} | schedule.act must be question or search (was 'rest')
            {"dataset": "shapes", "source": {"prefix": "in/"}} | source.bucket must name a bucket: 3 to 63 small letters, digits, dots and dashes (was '')
            {"dataset": "shapes", "source": {"bucket": "memory", "prefix": "in"}} | source.prefix must end with a slash and begin with none, as incoming/shapes/ (was 'in')
            {"dataset": "shapes", "source": {"bucket": "memory", "prefix": "in/", "listSeconds": 0}} | source.listSeconds must be at least 1 (was 0)
            {"dataset": "shapes", "source": {"bucket": "memory", "prefix": "in/", "labels": "rough"}} | source.labels must be fine or coarse
            {"dataset": "shapes", "run": {"datasetVersion": "1"}} | run.datasetVersion has no meaning in an order
            {"dataset": "shapes", "run": {"search": {"cells": 2}}} | search: cells must be at least 3
            """)
    void shouldRefuseWhatIsNoOrder(String file, String why) {
        assertThatThrownBy(() -> desk.place(file))
                .isInstanceOf(Refused.class)
                .message()
                .startsWith(why);
        assertThat(log.told()).isEmpty();
    }

    @Test
    void shouldRefuseToMeasureWithMoreSeedsThanThereAre() {
        var file = "{\"dataset\": \"shapes\", \"policy\": {\"measureSeeds\": 4}, \"run\": %s}";
        assertThatThrownBy(() -> desk.place(file.formatted(RUN)))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("policy.measureSeeds is 4 and run.evaluationSeeds names 3");
    }

    private List<OrderPlaced> placed() {
        return log.told().stream().map(OrderPlaced.class::cast).toList();
    }
}
