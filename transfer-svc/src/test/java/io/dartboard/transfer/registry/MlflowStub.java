package io.dartboard.transfer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As much of MLflow's registry as is used, with its answers and its pages. */
final class MlflowStub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/base/api/2.0/mlflow/";

    final List<String> models = new ArrayList<>();
    final List<JsonNode> versions = new ArrayList<>();
    final Map<String, String> aliases = new HashMap<>();
    final List<String> bearers = new ArrayList<>();

    /** Statuses of the answers to come, before it does what it is asked. */
    final ArrayDeque<Integer> failures = new ArrayDeque<>();

    boolean knowsAliases = true;

    private final HttpServer server;

    MlflowStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(API, exchange -> {
            bearers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (failures.isEmpty()) {
                answer(exchange);
            } else {
                say(exchange, failures.remove(), "{\"error_code\": \"OTHER\", \"message\": \"not\\nnow\"}");
            }
        });
        server.start();
    }

    URI address() {
        return URI.create(
                "http://127.0.0.1:%d/base".formatted(server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring(API.length());
        var body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod() + " " + path) {
            case "POST registered-models/create" -> {
                var name = JSON.readTree(body).path("name").asText();
                if (models.contains(name)) {
                    say(exchange, 400, "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\", \"message\": \"is there\"}");
                } else {
                    models.add(name);
                    say(exchange, 200, "{\"registered_model\": {\"name\": \"%s\"}}".formatted(name));
                }
            }
            case "POST model-versions/create" -> {
                var version = (ObjectNode) JSON.readTree(body);
                version.put("version", String.valueOf(versions.size() + 1));
                versions.add(version);
                var answer = JSON.createObjectNode();
                answer.set("model_version", version);
                say(exchange, 200, answer.toString());
            }
            case "GET model-versions/search" -> search(exchange);
            case "POST registered-models/alias" -> {
                if (!knowsAliases) {
                    say(exchange, 404, "{\"error_code\": \"ENDPOINT_NOT_FOUND\", \"message\": \"no such\"}");
                    return;
                }
                var asked = JSON.readTree(body);
                aliases.put(
                        asked.path("name").asText() + "@" + asked.path("alias").asText(),
                        asked.path("version").asText());
                say(exchange, 200, "{}");
            }
            default -> say(exchange, 404, "{\"error_code\": \"ENDPOINT_NOT_FOUND\", \"message\": \"no such\"}");
        }
    }

    /** The newest first, one a page. */
    private void search(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var found = versions.stream()
                .filter(version ->
                        "name='%s'".formatted(version.path("name").asText()).equals(asked.get("filter")))
                .toList();
        var page = Integer.parseInt(asked.getOrDefault("page_token", "0"));
        var answer = JSON.createObjectNode();
        if (page < found.size()) {
            answer.putArray("model_versions").add(found.get(found.size() - 1 - page));
            if (page + 1 < found.size()) {
                answer.put("next_page_token", String.valueOf(page + 1));
            }
        }
        say(exchange, 200, answer.toString());
    }

    private static Map<String, String> parameters(@Nullable String query) {
        var parameters = new HashMap<String, String>();
        for (var each : query == null ? new String[0] : query.split("&", -1)) {
            var parts = each.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
