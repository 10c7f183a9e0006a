package io.dartboard.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.local.show.ProgressLine;
import io.dartboard.nas.dataset.DatasetForm;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import io.dartboard.schemas.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A dataset on its way to the service that publishes it, and what is shown of it meanwhile and afterwards. */
final class Publication {
    private static final long LOOK_MS = 1_000;

    private final Path path;
    private final ObjectNode request = new ObjectMapper().createObjectNode();

    private Publication(Path path) {
        this.path = path;
    }

    static Publication of(Path path, String name) {
        var publication = new Publication(path);
        publication.request.put("name", name);
        publication.request.put(
                "location", path.toAbsolutePath().normalize().toUri().toString());
        return publication;
    }

    Publication layout(DatasetForm form) {
        request.put("layout", Word.of(form));
        return this;
    }

    Publication labels(Labels labels) {
        request.put("labels", Word.of(labels));
        return this;
    }

    Publication version(String version) {
        request.put("version", version);
        return this;
    }

    void publish(StackOptions stack) {
        var terminal = stack.terminal();
        terminal.line("publishing %s as dataset %s"
                .formatted(path, request.path("name").asText()));
        allow(stack);
        var answer = await(stack.api(), new ProgressLine(terminal));
        var published = answer.dataset();
        terminal.line("  %s %s@%s%s: %s"
                .formatted(
                        terminal.green("✓"),
                        published.path("dataset").asText(),
                        published.path("version").asText(),
                        answer.news() ? "" : " is known: the same was published before, and nothing has changed",
                        DatasetsCommand.contents(
                                published.path("classes").asInt(),
                                published.path("trainExamples").asLong(),
                                published.path("validExamples").asLong(),
                                published.path("testExamples").asLong(),
                                published.path("unigramPerplexity").asDouble())));
        published
                .path("found")
                .path("details")
                .fields()
                .forEachRemaining(detail -> terminal.line("    %s: %s"
                        .formatted(detail.getKey(), detail.getValue().asText())));
        published.path("found").path("lines").forEach(line -> terminal.line("    " + line.asText()));
    }

    /** Whoever names a folder here means what its links lead to as well. */
    private void allow(StackOptions stack) {
        stack.home().allowDataset(path);
        try (var inside = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            for (var link : (Iterable<Path>) inside.filter(Files::isSymbolicLink)::iterator) {
                if (Files.exists(link)) {
                    stack.home().allowDataset(link.toRealPath());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // Whoever reads the folder says what is wrong with it.
            return;
        }
    }

    private SearchApi.Published await(SearchApi api, ProgressLine shown) {
        var publishing = CompletableFuture.supplyAsync(() -> api.announce(request));
        while (true) {
            try {
                return publishing.get(LOOK_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                var now = api.publishing();
                if (now.path("dataset").asText().equals(request.path("name").asText())) {
                    shown.at(
                            now.path("activity").asText(),
                            now.path("done").asLong(),
                            now.path("of").asLong());
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.environment("interrupted while a dataset was published");
            } finally {
                shown.wipe();
            }
        }
    }
}
