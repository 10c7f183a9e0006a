package io.dartboard.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.BudgetUnit;
import io.dartboard.local.chaos.Door;
import io.dartboard.local.show.TerminalWords;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The client of search-svc's REST interface. A refusal becomes bad input with the service's own line. */
final class SearchApi implements Door {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** To publish a dataset is to check and upload all of it. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String address;
    private final Duration patience;

    SearchApi(String address) {
        this(address, LONG_PATIENCE);
    }

    /** One that waits so long for an answer at most. */
    SearchApi(String address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /**
     * What became of a request for a run.
     *
     * @param run its id
     * @param joined true where the same request had been made before, and goes on or has succeeded
     * @param state where the run stands
     * @param reason why it stands there; empty where there is nothing to say
     * @param requestEpoch how often it has been asked for
     * @param spent the budget that it is paused for; empty where it is not paused for one
     */
    record Submitted(
            String run, boolean joined, String state, String reason, int requestEpoch, Optional<BudgetUnit> spent) {}

    /**
     * What became of a dataset.
     *
     * @param dataset as the service tells it
     * @param news false where the same content had been published before under the same version
     */
    record Published(JsonNode dataset, boolean news) {}

    Submitted submit(JsonNode runFile) {
        var response = send(request("/v1/runs").POST(json(runFile)));
        var run = read(response);
        return new Submitted(
                run.path("run").asText(),
                response.statusCode() == 200,
                run.path("state").asText(),
                run.path("reason").asText(""),
                run.path("requestEpoch").asInt(1),
                Optional.of(run.path("spent").path("unit").asText(""))
                        .filter(unit -> !unit.isEmpty())
                        .map(BudgetUnit::valueOf));
    }

    @Override
    public JsonNode publish(JsonNode dataset) {
        return announce(dataset).dataset();
    }

    /** Publishes a dataset. */
    Published announce(JsonNode dataset) {
        var response = send(request("/v1/datasets").POST(json(dataset)));
        return new Published(read(response), response.statusCode() == 201);
    }

    /** How far the dataset is that is being published; empty while none is. */
    JsonNode publishing() {
        return read(send(request("/v1/datasets/publishing").GET()));
    }

    @Override
    public String ask(JsonNode runFile) {
        return submit(runFile).run();
    }

    @Override
    public void pause(String run) {
        pause(run, "");
    }

    /** Pauses a run and says why. */
    void pause(String run, String reason) {
        send(request("/v1/runs/%s/pause?reason=%s".formatted(run, URLEncoder.encode(reason, StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    @Override
    public void resume(String run) {
        send(request("/v1/runs/" + run + "/resume").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Changes what a run may cost; how it stands. */
    JsonNode budget(String run, JsonNode budget) {
        return read(send(request("/v1/runs/" + run + "/budget").POST(json(budget))));
    }

    /** Tells the stages of the run that finish now. */
    JsonNode finish(String run, String stage) {
        return read(send(
                request("/v1/runs/%s/finish?stage=%s".formatted(run, URLEncoder.encode(stage, StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.noBody())));
    }

    @Override
    public void cancel(String run) {
        send(request("/v1/runs/" + run).DELETE());
    }

    /** Places a standing order; how it stands. */
    JsonNode order(JsonNode orderFile) {
        return read(send(request("/v1/orders").POST(json(orderFile))));
    }

    /** Has a standing order pause, resume or search; how it stands. */
    JsonNode orderTo(String order, String word) {
        return read(send(
                request("/v1/orders/%s/%s".formatted(path(order), word)).POST(HttpRequest.BodyPublishers.noBody())));
    }

    void removeOrder(String order) {
        send(request("/v1/orders/" + path(order)).DELETE());
    }

    /** A name as a part of a path. */
    private static String path(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() >= 500) {
                throw CommandFailure.environment(detail(response));
            }
            if (response.statusCode() >= 400) {
                throw CommandFailure.badInput(detail(response));
            }
            return response;
        } catch (IOException e) {
            throw CommandFailure.environment(
                    "search-svc does not answer at %s (%s); see infra/run status, or start it with infra/run up"
                            .formatted(address, Cause.line(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.environment("interrupted while waiting for search-svc");
        }
    }

    private static String detail(HttpResponse<String> response) {
        try {
            var detail = JSON.readTree(response.body()).path("detail").asText("");
            if (!detail.isEmpty()) {
                return TerminalWords.of(detail);
            }
        } catch (JsonProcessingException e) {
            // Not a problem document: the status says what can be said.
        }
        return "search-svc answered with status %d to %s"
                .formatted(response.statusCode(), response.request().uri());
    }

    private static HttpRequest.BodyPublisher json(JsonNode body) {
        return HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    }

    private static JsonNode read(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw CommandFailure.environment("search-svc answered with what is no JSON: " + e.getOriginalMessage());
        }
    }
}
