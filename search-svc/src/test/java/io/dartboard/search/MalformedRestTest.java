package io.dartboard.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Malformed requests over HTTP: bodies, paths, verbs and sizes. */
@QuarkusTest
@TestProfile(RestTest.Alone.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the log.
class MalformedRestTest {
    private static final int REQUESTS = 200;
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final List<String> PATHS = List.of(
            "/v1/runs",
            "/v1/runs/r0",
            "/v1/runs/%00",
            "/v1/runs/..%2f..%2fetc",
            "/v1/runs/%0a%1b%5b2J",
            "/v1/runs/" + "x".repeat(2_000),
            "/v1/runs/r0/pause",
            "/v1/runs/r0/pause?reason=%00%0a",
            "/v1/runs//resume",
            "/v1/runs/r0/resume/again",
            "/v1/datasets",
            "/v1/datasets/shapes",
            "/v1/presets",
            "/v2/runs",
            "/v1/%F0%9F%A6%84");
    private static final List<String> TYPES = List.of("application/json", "text/plain", "application/xml", "image/png");

    @Inject
    FakeEventLog log;

    @BeforeEach
    void publish() {
        log.away(false);
        log.heard(Told.dataset("shapes", "1"));
    }

    @Test
    void shouldRefuseBodiesWithAProblem() {
        var requests = new MalformedRequests(31, MalformedRequestsTest.RUN_BODIES);
        var faults = new ArrayList<String>();
        for (var i = 0; i < REQUESTS; i++) {
            var body = requests.next();
            var path = i % 3 == 0 ? "/v1/datasets" : "/v1/runs";
            check(given().contentType("application/json").body(body).post(path), path, faults);
        }
        assertThat(faults).isEmpty();
        given().get("/v1/runs").then().statusCode(200);
    }

    @Test
    void shouldRefusePathsVerbsAndMediaTypesWithAProblem() {
        var random = new SplittableRandom(32);
        var faults = new ArrayList<String>();
        for (var i = 0; i < REQUESTS; i++) {
            var verb = VERBS.get(random.nextInt(VERBS.size()));
            var path = PATHS.get(random.nextInt(PATHS.size()));
            var request = given().urlEncodingEnabled(false);
            if (!verb.equals("GET") && !verb.equals("HEAD")) {
                request.contentType(TYPES.get(random.nextInt(TYPES.size()))).body("x");
            }
            check(request.request(verb, path), verb + " " + path, faults);
        }
        assertThat(faults).isEmpty();
        given().get("/v1/runs").then().statusCode(200);
    }

    @Test
    void shouldRefuseABodyThatNoTopicCouldTake() {
        var told = log.told().size();
        var body = "{\"dataset\": \"shapes\", \"requestedBy\": \"%s\"}";
        given().contentType("application/json")
                .body(body.formatted("x".repeat(2 << 20)))
                .post("/v1/runs")
                .then()
                .statusCode(413);
        var seeds = "{\"dataset\": \"shapes\", \"seeds\": [%s0]}".formatted("1,".repeat(20_000));
        var answer = given().contentType("application/json").body(seeds).post("/v1/runs");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<String>path("detail")).contains("seeds must name at most 1000 seeds (was 20001)");
        assertThat(log.told()).hasSize(told);
    }

    private static void check(Response answer, String what, List<String> faults) {
        var status = answer.statusCode();
        if (status < 400) {
            return;
        }
        if (status >= 500) {
            faults.add("%s: %d %s".formatted(what, status, answer.asString()));
        } else if (String.valueOf(answer.contentType()).startsWith(Problem.MEDIA_TYPE)
                && !answer.asString().isEmpty()) {
            var detail = answer.<String>path("detail");
            if (!MalformedRequestsTest.isClear(detail)) {
                faults.add("%s: %d %s".formatted(what, status, detail));
            }
        } else if (!answer.asString().isEmpty()) {
            faults.add("%s: %d is no problem: %s".formatted(what, status, answer.asString()));
        }
    }
}
