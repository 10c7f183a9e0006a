package io.dartboard.search.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.search.body.Problem;
import io.dartboard.search.event.FakeEventLog;
import io.dartboard.search.work.Told;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Malformed requests over HTTP: bodies, paths, verbs and sizes. */
@QuarkusTest
@TestProfile(RestTest.Alone.class)
@SuppressWarnings("NullAway.Init") // Quarkus sets the log.
class MalformedRestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
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

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Inject
    FakeEventLog log;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void publish() {
        log.away(false);
        log.heard(Told.dataset("shapes", "1"));
    }

    @Test
    void shouldRefuseBodiesWithAProblem() throws Exception {
        var requests = new MalformedRequests(31, MalformedRequestsTest.RUN_BODIES);
        var faults = new ArrayList<String>();
        for (var i = 0; i < REQUESTS; i++) {
            var body = requests.next();
            var path = i % 3 == 0 ? "/v1/datasets" : "/v1/runs";
            check(send("POST", path, "application/json", body), path, faults);
        }
        assertThat(faults).isEmpty();
        assertThat(send("GET", "/v1/runs", "", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefusePathsVerbsAndMediaTypesWithAProblem() throws Exception {
        var random = new SplittableRandom(32);
        var faults = new ArrayList<String>();
        for (var i = 0; i < REQUESTS; i++) {
            var verb = VERBS.get(random.nextInt(VERBS.size()));
            var path = PATHS.get(random.nextInt(PATHS.size()));
            var isBare = verb.equals("GET") || verb.equals("HEAD");
            var type = isBare ? "" : TYPES.get(random.nextInt(TYPES.size()));
            check(send(verb, path, type, isBare ? "" : "x"), verb + " " + path, faults);
        }
        assertThat(faults).isEmpty();
        assertThat(send("GET", "/v1/runs", "", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseABodyThatNoTopicCouldTake() throws Exception {
        var told = log.told().size();
        var body = "{\"dataset\": \"shapes\", \"requestedBy\": \"%s\"}";
        // This client reads the answer though the server hangs up on the body.
        given().contentType("application/json")
                .body(body.formatted("x".repeat(2 << 20)))
                .post("/v1/runs")
                .then()
                .statusCode(413);
        var seeds = "{\"dataset\": \"shapes\", \"search\": {\"batchSize\": 8}, \"seeds\": %s}"
                .formatted(LongStream.rangeClosed(0, 20_000).boxed().toList());
        var answer = send("POST", "/v1/runs", "application/json", seeds);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(detail(answer)).contains("seeds must name at most 1000 seeds (was 20001)");
        assertThat(log.told()).hasSize(told);
    }

    /** Through a client that keeps nothing: these bodies are large. */
    private HttpResponse<String> send(String verb, String path, String type, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(root.toString().replaceAll("/$", "") + path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        verb,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String detail(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body()).path("detail").asText();
    }

    private static void check(HttpResponse<String> answer, String what, List<String> faults) throws Exception {
        var status = answer.statusCode();
        if (status < 400) {
            return;
        }
        var type = answer.headers().firstValue("Content-Type").orElse("");
        if (status >= 500) {
            faults.add("%s: %d %s".formatted(what, status, answer.body()));
        } else if (type.startsWith(Problem.MEDIA_TYPE) && !answer.body().isEmpty()) {
            var detail = detail(answer);
            if (!MalformedRequestsTest.isClear(detail)) {
                faults.add("%s: %d %s".formatted(what, status, detail));
            }
        } else if (!answer.body().isEmpty()) {
            faults.add("%s: %d is no problem: %s".formatted(what, status, answer.body()));
        }
    }
}
