package io.dartboard.transfer.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.transfer.delivery.Courier;
import io.dartboard.transfer.delivery.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MLflow's model registry, by its REST API 2.0 (mlflow.org/docs/latest/rest-api.html): a registered model for each dataset, a version
 * of it for each promotion, known by a tag, and an alias on the newest.
 */
final class MlflowRegistry {
    /** The alias that names the version in use. */
    static final String ALIAS = "champion";

    /** The tag by which a version is known again. */
    static final String RUN = "dartboard.run";

    private static final Logger LOG = LoggerFactory.getLogger(MlflowRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 200;

    private final URI address;
    private final Optional<Path> token;
    private final Courier courier;

    /**
     * Makes a client.
     *
     * @param address of the tracking server
     * @param token a file with what is sent as bearer, read anew for each request; empty to send none
     */
    MlflowRegistry(URI address, Optional<Path> token, Courier courier) {
        this.address = address;
        this.token = token;
        this.courier = courier;
    }

    /**
     * What is registered of a promotion.
     *
     * @param model name of the registered model
     * @param run by which its version is known
     * @param source where its artifacts lie
     * @param description for people
     * @param tags beside that of the run
     */
    record Promotion(String model, String run, String source, String description, Map<String, String> tags) {}

    private record Version(int number, Optional<String> run) {}

    /**
     * Registers a promotion, once however often it is told, and has the alias name it unless a later one has been registered.
     *
     * @return the number of its version
     * @throws IllegalArgumentException if the registry refuses it or does not answer, with one line
     * @throws InterruptedException if the thread is told to stop meanwhile
     */
    int register(Promotion promotion) throws InterruptedException {
        create(promotion.model());
        var known = versions(promotion.model());
        var own = known.stream()
                .filter(version -> version.run().filter(promotion.run()::equals).isPresent())
                .findFirst();
        var number = own.isPresent() ? own.get().number() : create(promotion);
        if (known.stream().filter(version -> version.run().isPresent()).allMatch(each -> each.number() <= number)) {
            name(promotion.model(), number);
        }
        return number;
    }

    private void create(String model) throws InterruptedException {
        var body = JSON.createObjectNode()
                .put("name", model)
                .put("description", "Cells found by neural architecture search, each version one that was promoted.");
        try {
            post("registered-models/create", body);
        } catch (Refusal e) {
            if (!"RESOURCE_ALREADY_EXISTS".equals(code(e))) {
                throw e;
            }
        }
    }

    private List<Version> versions(String model) throws InterruptedException {
        var versions = new ArrayList<Version>();
        var page = "";
        do {
            var query = "model-versions/search?max_results=%d&filter=%s%s"
                    .formatted(
                            PAGE,
                            encoded("name='%s'".formatted(model)),
                            page.isEmpty() ? "" : "&page_token=" + encoded(page));
            var answer = read(courier.send(address, "a search for versions of model " + model, () -> request(query)
                    .GET()
                    .build()));
            answer.path("model_versions").forEach(version -> versions.add(version(version)));
            page = answer.path("next_page_token").asText("");
        } while (!page.isEmpty());
        return versions;
    }

    private static Version version(JsonNode node) {
        for (var tag : node.path("tags")) {
            if (tag.path("key").asText().equals(RUN)) {
                return new Version(
                        node.path("version").asInt(),
                        Optional.of(tag.path("value").asText()));
            }
        }
        return new Version(node.path("version").asInt(), Optional.empty());
    }

    private int create(Promotion promotion) throws InterruptedException {
        var body = JSON.createObjectNode()
                .put("name", promotion.model())
                .put("source", promotion.source())
                .put("description", promotion.description());
        var tags = body.putArray("tags");
        tags.addObject().put("key", RUN).put("value", promotion.run());
        promotion
                .tags()
                .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        return post("model-versions/create", body).at("/model_version/version").asInt();
    }

    private void name(String model, int version) throws InterruptedException {
        var body =
                JSON.createObjectNode().put("name", model).put("alias", ALIAS).put("version", String.valueOf(version));
        try {
            post("registered-models/alias", body);
        } catch (Refusal e) {
            if (e.status() != 404) {
                throw e;
            }
            LOG.info(
                    "{} knows no aliases, as MLflow before 2.3; the newest version of {} is the champion",
                    address,
                    model);
        }
    }

    private JsonNode post(String path, ObjectNode body) throws InterruptedException {
        return read(courier.send(address, path, () -> request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
                .build()));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        var base = address.toString();
        var request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base : base + "/") + "api/2.0/mlflow/" + path))
                .timeout(Courier.PATIENCE);
        if (token.isPresent()) {
            request.header("Authorization", "Bearer " + bearer(token.get()));
        }
        return request;
    }

    private static String bearer(Path token) throws IOException {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw new IOException("the token cannot be read: " + e.getMessage(), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String code(Refusal refusal) {
        try {
            return JSON.readTree(refusal.body()).path("error_code").asText();
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private JsonNode read(String answer) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("%s does not answer as MLflow does".formatted(address), e);
        }
    }
}
