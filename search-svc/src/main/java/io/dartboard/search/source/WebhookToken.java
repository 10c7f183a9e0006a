package io.dartboard.search.source;

import io.dartboard.pipeline.artifact.WorkDirUnavailable;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.search.body.Problem;
import io.dartboard.search.body.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * What a store has to send with a notification, as {@code Authorization: Bearer TOKEN}.
 *
 * @param file holds the token and nothing else, and is read anew each time; empty where none is asked for
 */
public record WebhookToken(Optional<Path> file) {
    private static final String BEARER = "Bearer ";

    /** As configured. */
    public static WebhookToken of(PipelineConfig config) {
        return new WebhookToken(
                config.notifications().tokenFile().map(String::strip).map(Path::of));
    }

    /**
     * Lets whoever sends the token pass.
     *
     * @param authorization the header; empty where none was sent
     * @throws Refused if it is another
     */
    public void require(String authorization) {
        if (file.isEmpty()) {
            return;
        }
        var sent = authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : authorization;
        if (!MessageDigest.isEqual(bytes(read(file.get())), bytes(sent.strip()))) {
            throw new Refused(
                    Problem.Kind.UNAUTHORIZED,
                    "the header Authorization must be Bearer and the token of dartboard.notifications.token-file");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw WorkDirUnavailable.reading(file, "the token of notifications", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
