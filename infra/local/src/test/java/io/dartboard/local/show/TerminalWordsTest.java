package io.dartboard.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TerminalWordsTest {

    /** Of all that the service says to whoever asks, but for its description of itself. */
    @Test
    void shouldHaveACommandForEachRequestThatTheServiceNames() throws IOException {
        var request = Pattern.compile("(GET|POST|DELETE) /v1/[a-z]+");
        try (var sources = Files.walk(Path.of("../../search-svc/src/main/java"))) {
            var named = sources.filter(Files::isRegularFile)
                    .filter(file ->
                            !file.startsWith(Path.of("../../search-svc/src/main/java/io/dartboard/search/rest")))
                    .flatMap(file -> request.matcher(text(file)).results())
                    .map(MatchResult::group)
                    .distinct()
                    .toList();

            assertThat(named).contains("GET /v1/runs");
            assertThat(named).map(TerminalWords::of).allMatch(told -> told.startsWith("infra/run "));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
