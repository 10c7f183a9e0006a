package io.dartboard.local.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.local.home.Instance;
import io.dartboard.local.home.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;

/** Asks a service over its management port whether it is ready. */
final class Health {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /**
     * What a service says of its readiness.
     *
     * @param ready true if it takes work
     * @param reason the checks that are down, or that it does not answer; empty when ready
     */
    record Answer(boolean ready, String reason) {}

    Answer ask(Instance service, Ports ports) {
        var request = HttpRequest.newBuilder(URI.create(ports.managementAddress(service) + "/q/health/ready"))
                .timeout(PATIENCE)
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? new Answer(true, "") : new Answer(false, down(response.body()));
        } catch (IOException e) {
            return new Answer(false, "does not answer yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(false, "interrupted");
        }
    }

    private static String down(String body) {
        try {
            var reasons = new ArrayList<String>();
            for (var check : JSON.readTree(body).path("checks")) {
                if (!"UP".equals(check.path("status").asText())) {
                    var told = reasons.size();
                    check.path("data").properties().forEach(part -> {
                        if (!"ok".equals(part.getValue().asText())) {
                            reasons.add(part.getValue().asText());
                        }
                    });
                    if (reasons.size() == told) {
                        reasons.add(check.path("name").asText() + " is down");
                    }
                }
            }
            return reasons.isEmpty() ? "not ready" : String.join("; ", reasons);
        } catch (IOException e) {
            return "not ready";
        }
    }
}
