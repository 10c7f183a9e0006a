package io.dartboard.transfer.handover;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.schemas.OneLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to one address, as Standard Webhooks has it (standardwebhooks.com, 1.0.0): {@code webhook-id} is the same for
 * each try, {@code webhook-timestamp} in seconds, {@code webhook-signature} an HMAC-SHA256 of both and the body. What is not
 * taken is tried again, with pauses that double; what is refused is not.
 */
public final class SignedPost {
    private static final Logger LOG = LoggerFactory.getLogger(SignedPost.class);

    /** One try lasts so long at most. Eight, with the pauses between them, stay below the five minutes that a broker waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of the answers from 400 to 499 those that say "later". */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private static final int SHOWN = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final URI address;
    private final Optional<Path> secret;
    private final int tries;
    private final Duration firstPause;
    private final Clock clock;

    /**
     * Makes a sender.
     *
     * @param secret a file with the key, {@code whsec_} and base64, read anew for each message; empty to sign nothing
     * @param tries how often a message is tried
     * @param firstPause between the first two of them
     */
    SignedPost(URI address, Optional<Path> secret, int tries, Duration firstPause, Clock clock) {
        this.address = address;
        this.secret = secret;
        this.tries = tries;
        this.firstPause = firstPause;
        this.clock = clock;
    }

    /** How a try ended. */
    private record Answer(boolean taken, boolean mayBeTakenLater, String word) {}

    /**
     * Sends until it is taken.
     *
     * @param id the message's own, by which whoever takes it knows it again
     * @throws IllegalArgumentException if it was refused, or not taken however often it was tried, with one line
     * @throws InterruptedException if the thread is told to stop meanwhile
     */
    void send(String id, String body) throws InterruptedException {
        var backoff = new Backoff(firstPause, Duration.ofSeconds(30));
        for (var attempt = 1; ; attempt++) {
            var answer = attempt(id, body);
            if (answer.taken()) {
                return;
            }
            if (!answer.mayBeTakenLater()) {
                throw new IllegalArgumentException("%s refused it: %s".formatted(address, answer.word()));
            }
            if (attempt >= tries) {
                throw new IllegalArgumentException(
                        "%s did not take it in %d tries: %s".formatted(address, tries, answer.word()));
            }
            LOG.warn("{} did not take message {}: {}. Trying again", address, id, answer.word());
            backoff.pause();
        }
    }

    private Answer attempt(String id, String body) throws InterruptedException {
        try {
            var response = client.send(request(id, body), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            var status = response.statusCode();
            return new Answer(
                    status / 100 == 2, status / 100 != 4 || LATER.contains(status), word(status, response.body()));
        } catch (IOException e) {
            return new Answer(false, true, OneLine.of(String.valueOf(e.getMessage())));
        }
    }

    private static String word(int status, String body) {
        var said = OneLine.of(body).strip();
        return said.isEmpty()
                ? "status %d".formatted(status)
                : "status %d, %s".formatted(status, said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said);
    }

    private HttpRequest request(String id, String body) throws IOException {
        var seconds = clock.instant().getEpochSecond();
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header(Webhook.UNBRANDED_MSG_ID_KEY, id)
                .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(seconds))
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (secret.isPresent()) {
            request.header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signature(secret.get(), id, seconds, body));
        }
        return request.build();
    }

    private static String signature(Path secret, String id, long seconds, String body) throws IOException {
        try {
            return new Webhook(Files.readString(secret).strip()).sign(id, seconds, body);
        } catch (EmptyWebhookSecretException | WebhookSigningException | IllegalArgumentException e) {
            throw new IOException("%s holds no key to sign with, whsec_ and base64".formatted(secret), e);
        } catch (IOException e) {
            throw new IOException("the key to sign with cannot be read: " + e.getMessage(), e);
        }
    }
}
