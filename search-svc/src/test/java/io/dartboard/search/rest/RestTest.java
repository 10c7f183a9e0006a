package io.dartboard.search.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.text.data.MadeText;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.work.Told;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over HTTP, with events, store and self-test replaced and nobody at the broker's address. */
@QuarkusTest
@TestProfile(RestTest.Alone.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the addresses.
class RestTest {
    /** Ports that are free, and a broker that nobody runs. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0",
                    "dartboard.kafka.bootstrap-servers", "127.0.0.1:1",
                    "dartboard.datasets.folders", System.getProperty("java.io.tmpdir"),
                    "dartboard.work-dir", "target/rest-test",
                    "dartboard.notifications.token-file", TOKEN.toString());
        }
    }

    private static final Path TOKEN = Path.of("target/rest-test-token");

    private static final String SMALL = """
            {"dataset": "shapes", "seeds": [%d],
             "search": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8},
             "selection": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8, "auxiliaryWeight": 0},
             "evaluation": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8, "auxiliaryWeight": 0}}""";

    @TempDir
    Path folder;

    @Inject
    FakeEventLog log;

    @Inject
    EvidenceShelf shelf;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @TestHTTPResource(value = "/health/live", management = true)
    URL live;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @BeforeEach
    void publish() throws IOException {
        log.away(false);
        log.heard(Told.dataset("shapes", "1"));
    }

    @Test
    void shouldPublishADatasetOnce() throws IOException {
        var made = Files.createDirectory(folder.resolve("made"));
        MadeShapes.writeCifar(made, 20, 10, 1);
        var request =
                "{\"name\": \"made\", \"layout\": \"cifar-binary\", \"location\": \"%s\"}".formatted(made.toUri());
        post("/v1/datasets", request).statusCode(201).body("trainExamples", equalTo(20));
        post("/v1/datasets", request).statusCode(200);
        given().get("/v1/datasets").then().statusCode(200).body("datasets.dataset", hasItem("made"));
        given().get("/v1/datasets/publishing").then().statusCode(200).body("isEmpty()", is(true));
    }

    @Test
    void shouldTakeJoinShowAndCancelARun() {
        // When
        var run = post("/v1/runs", SMALL.formatted(0))
                .statusCode(202)
                .body("state", equalTo("WAITING"))
                .extract()
                .<String>path("run");

        // Then
        post("/v1/runs", SMALL.formatted(0)).statusCode(200).header("Location", containsString("/v1/runs/" + run));
        given().get("/v1/runs/" + run).then().statusCode(200).body("searches", hasSize(1));
        given().get("/v1/runs").then().statusCode(200).body("runs.run", hasItem(run));
        given().delete("/v1/runs/" + run).then().statusCode(202).body("state", equalTo("CANCELLING"));
        given().post("/v1/runs/" + run + "/pause").then().statusCode(409);
    }

    @Test
    void shouldPauseAndResumeARun() {
        var run = post("/v1/runs", SMALL.formatted(1)).extract().<String>path("run");
        given().post("/v1/runs/" + run + "/pause?reason=night")
                .then()
                .statusCode(202)
                .body("reason", equalTo("night"));
        given().post("/v1/runs/" + run + "/resume").then().statusCode(202);
    }

    @Test
    void shouldTakeANotificationOfWhoeverSendsTheToken() throws IOException {
        var changed = """
                {"Records": [{"eventName": "s3:ObjectCreated:Put",
                  "s3": {"bucket": {"name": "memory"}, "object": {"key": "dropped%2Fx"}}}]}""";
        log.heard(Told.watching("memory", "dropped/"));
        Files.writeString(TOKEN, "s3cret\n");

        problem(post("/v1/notifications", changed), 401, "the header Authorization must be Bearer and the token of");
        notify("Bearer other", changed).statusCode(401);
        notify("Bearer s3cret", changed).statusCode(202).body("watching", equalTo(1));
        notify("s3cret", changed.replace("dropped", "elsewhere"))
                .statusCode(202)
                .body("watching", equalTo(0));
        problem(
                notify("Bearer s3cret", "{\"a\": 1}"),
                400,
                "the body is no notification, it is no notification of a bucket");
        given().get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("nas_notifications_total{outcome=\"malformed\",way=\"webhook\"}"));
    }

    private static ValidatableResponse notify(String authorization, String body) {
        return given().contentType("application/json")
                .header("Authorization", authorization)
                .body(body)
                .post("/v1/notifications")
                .then();
    }

    @Test
    void shouldAnswerEveryFaultWithAProblem() {
        problem(post("/v1/runs", "{\"dataset\":"), 400, "the body is not JSON, line 1 column");
        problem(post("/v1/runs", ""), 400, "the body is empty");
        problem(
                post("/v1/runs", "{\"dataset\": \"shapes\", \"seed\": 1}"),
                400,
                "seed is not known here; did you mean seeds? Known are");
        problem(
                post("/v1/runs", "{\"dataset\": \"shapes\", \"space\": \"x\"}"),
                422,
                "search: unknown search space 'x'");
        problem(
                post("/v1/runs", "{\"dataset\": \"shapes\", \"search\": {\"cells\": 2}}"),
                422,
                "search: cells must be at least 3");
        problem(post("/v1/runs", "{\"dataset\": \"x\"}"), 422, "dataset x was never published");
        problem(
                post("/v1/runs", "{\"dataset\": \"shape\"}"),
                422,
                "dataset shape was never published; did you mean shapes?");
        problem(
                post("/v1/runs", "{\"dataset\": yes}"),
                400,
                "the body is not JSON, line 1 column 13: 'yes' is no word");
        problem(post("/v1/datasets", "{\"name\": \"x\"}"), 400, "location is missing");
        problem(given().get("/v1/runs/r9").then(), 404, "there is no run r9");
        problem(given().delete("/v1/runs/r9").then(), 404, "there is no run r9");
        problem(given().get("/v1/nothing").then(), 404, "there is nothing at /v1/nothing");
        problem(given().put("/v1/runs").then(), 405, "this method is not for /v1/runs");
        problem(given().contentType("text/plain").body("x").post("/v1/runs").then(), 415, "send the body as");
    }

    @Test
    void shouldTellAllFaultsAtOnce() {
        post("/v1/runs", "{\"dataset\": 5, \"seed\": [1], \"search\": {\"epochs\": \"ten\", \"chanels\": 8}}")
                .statusCode(400)
                .body("faults", hasSize(4))
                .body("faults", hasItem("dataset must be a text in quotes (was 5)"))
                .body("faults", hasItem("search.epochs must be a whole number (was \"ten\")"));
        post(
                        "/v1/runs",
                        "{\"dataset\": \"shapes\", \"search\": {\"cells\": 2}, \"seeds\": [], \"evaluation\": {\"dropPath\": 1}}")
                .statusCode(422)
                .body("faults", hasSize(4))
                .body("detail", startsWith("search: cells must be at least 3"));
    }

    @Test
    void shouldTakeTheBeginningOfARunsId() {
        var run = post("/v1/runs", SMALL.formatted(7)).extract().<String>path("run");

        given().get("/v1/runs/" + run.substring(0, 8)).then().statusCode(200).body("run", equalTo(run));
        given().post("/v1/runs/" + run.substring(0, 8) + "/pause").then().statusCode(202);
        problem(given().get("/v1/runs/r").then(), 404, "there is no run r");
        given().get("/v1/champions").then().statusCode(200).body("champions.dataset", not(hasItem("shapes")));
        given().get("/v1/champions/shapes")
                .then()
                .statusCode(404)
                .body("detail", equalTo("dataset shapes has no champion; GET /v1/champions lists those that have one"));
    }

    @Test
    void shouldSayWhereTheEvidenceOfAChampionLies() {
        RunStory.TEXT.wholeRun("r77").forEach(log::heard);
        var about = JsonNodeFactory.instance.objectNode();
        given().get("/v1/champions/words")
                .then()
                .statusCode(200)
                .body("champion.run", equalTo("r77"))
                .body("$", not(hasKey("pack")));

        shelf.put("r77", new EvidencePack(about, Map.of("cell.txt", new byte[] {1})));

        var pack = shelf.find("r77").orElseThrow();
        given().get("/v1/champions/words")
                .then()
                .statusCode(200)
                .body("pack.uri", equalTo(pack.getUri()))
                .body("pack.sha256", equalTo(pack.getSha256()));
    }

    @Test
    void shouldSayThatKafkaIsAwayAndTakeNothing() {
        log.away(true);
        problem(post("/v1/runs", SMALL.formatted(2)), 503, "Kafka: ");
        problem(given().get("/v1/runs").then(), 503, "Kafka: ");
    }

    @Test
    void shouldNotBeReadyWhileTheArchitectureStepIsBroken() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> given().get(ready)
                .then()
                .statusCode(503)
                .body(
                        "checks[0].data.self-test",
                        equalTo("darts-cnn darts-first-order: the alpha step changed no alpha"))
                .body("checks[0].data.worker", equalTo("the worker has not started")));
        given().get(live).then().statusCode(200);
    }

    @Test
    void shouldShowEveryCountFromTheStartOnAPageWithoutFault() {
        var page = given().accept("text/plain")
                .get(metrics)
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(page.lines())
                .anyMatch(line -> line.startsWith("nas_ready{check=\"self-test\""))
                .anyMatch(line -> line.startsWith("nas_jobs_started_total{stage=\"search\"") && line.endsWith(" 0.0"))
                .anyMatch(line -> line.startsWith("nas_events_consumed_total{outcome=\"duplicate\",topic=\"nas.runs\"")
                        && line.endsWith(" 0.0"))
                .noneMatch(line -> line.startsWith("netty_") || line.startsWith("process_cpu_time"));
        var helped = page.lines()
                .filter(line -> line.matches("# HELP \\S+ \\S.*"))
                .map(line -> line.split(" ")[2])
                .toList();
        assertThat(page.lines().filter(line -> line.startsWith("# TYPE ")).map(line -> line.split(" ")[2]))
                .isSubsetOf(helped);
    }

    @Test
    void shouldPublishATextAndTakeARunOnIt() throws IOException {
        var made = Files.createDirectory(folder.resolve("made-text"));
        MadeText.writePtb(made, 60, 20, 20, 1);
        post(
                        "/v1/datasets",
                        "{\"name\": \"words\", \"layout\": \"token-corpus\", \"location\": \"%s\"}"
                                .formatted(made.toUri()))
                .statusCode(201)
                .body("task", equalTo("LANGUAGE_MODEL"))
                .body("validExamples", greaterThan(20))
                .body("unigramPerplexity", greaterThan(10f));
        post("/v1/runs", """
                {"dataset": "words", "seeds": [0], "search": {"width": 8, "epochs": 1, "batchSize": 4},
                 "selection": {"preset": "demo-text-retraining"}, "evaluation": {"preset": "demo-text-retraining"}}""").statusCode(202);
        problem(
                post("/v1/runs", "{\"dataset\": \"words\", \"search\": {\"cells\": 3}}"),
                400,
                "search.cells is not known here; known are");
        problem(
                post("/v1/runs", "{\"dataset\": \"words\", \"space\": \"darts-cnn\"}"),
                422,
                "dataset words is for language-model, and cells of space darts-cnn are for image-classification");
    }

    @Test
    void shouldListThePresetsWithEveryValue() {
        given().get("/v1/methods")
                .then()
                .statusCode(200)
                .body("methods.name", hasItem("idarts"))
                .body("methods.find { it.name == 'idarts' }.parameters.innerSteps", equalTo(5.0f))
                .body("methods.find { it.name == 'idarts' }.parts.gradient", equalTo("implicit"))
                .body("parts.find { it.name == 'beta-decay' }.choice", equalTo("penalty"))
                .body("parts.find { it.name == 'beta-decay' }.parameters.betaDecay", equalTo(50.0f))
                .body("methods.find { it.name == 'pc-darts' }.searchesOn", equalTo(List.of("images")));
        given().get("/v1/presets")
                .then()
                .statusCode(200)
                .body("presets.name", hasItem("darts-imagenet-mobile"))
                .body("presets.find { it.name == 'darts-cifar10-evaluation' }.values.epochs", equalTo(600))
                .body("presets.find { it.name == 'darts-wikitext2' }.space", equalTo("darts-rnn"))
                .body("presets.find { it.name == 'darts-wikitext2' }.values.width", equalTo(700));
    }

    @Test
    void shouldTakeARunThatIsGivenItsGenotype() {
        var request = """
                {"dataset": "shapes", "genotype": "DARTS_V1", "evaluationSeeds": [0],
                 "evaluation": {"cells": 3, "channels": 4, "epochs": 1, "batchSize": 8, "auxiliaryWeight": 0}}""";
        post("/v1/runs", request)
                .statusCode(202)
                .body("given", equalTo("DARTS_V1"))
                .body("stages.stage", equalTo(List.of("evaluation")));
        problem(
                post("/v1/runs", request.replace("DARTS_V1", "DARTS_V7")),
                422,
                "genotype: unknown genotype 'DARTS_V7'");
    }

    @Test
    void shouldDescribeItself() {
        given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("components.schemas.RunFile.properties.search.properties.epochs.default", equalTo(50))
                .body("components.schemas.RunFile.properties.search.properties.batchSize.type", equalTo("integer"))
                .body(
                        "components.schemas.RunFile.properties.evaluation.properties.preset.default",
                        equalTo("darts-cifar10-evaluation"))
                .body(
                        "components.schemas.RunFile.properties.search.properties.preset.enum",
                        hasItems("darts-cifar10-first-order", "fairdarts", "darts-ptb-first-order"))
                .body("components.schemas.RunFile.properties.search.properties.bptt.type", equalTo("integer"))
                .body(
                        "components.schemas.RunFile.properties.space.enum",
                        equalTo(SearchSpace.all().stream().map(SearchSpace::id).toList()))
                .body("components.responses.Problem.content", hasKey("application/problem+json"));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static void problem(ValidatableResponse response, int status, String detail) {
        response.statusCode(status)
                .contentType(startsWith("application/problem+json"))
                .body("status", equalTo(status))
                .body("detail", startsWith(detail));
    }
}
