package io.dartboard.transfer.handover;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.dartboard.transfer.delivery.Courier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Posts messages to one address, as Standard Webhooks has it (standardwebhooks.com, 1.0.0): {@code webhook-id} is the same for
 * each try, {@code webhook-timestamp} in seconds, {@code webhook-signature} an HMAC-SHA256 of both and the body.
 */
public final class SignedPost {
    private final URI address;
    private final Optional<Path> secret;
    private final Courier courier;
    private final Clock clock;

    /**
     * Makes a sender.
     *
     * @param secret a file with the key, {@code whsec_} and base64, read anew for each try; empty to sign nothing
     */
    SignedPost(URI address, Optional<Path> secret, Courier courier, Clock clock) {
        this.address = address;
        this.secret = secret;
        this.courier = courier;
        this.clock = clock;
    }

    /**
     * Sends until it is taken.
     *
     * @param id the message's own, by which whoever takes it knows it again
     * @throws IllegalArgumentException if it was refused, or not taken however often it was tried, with one line
     * @throws InterruptedException if the thread is told to stop meanwhile
     */
    void send(String id, String body) throws InterruptedException {
        courier.send(address, "message " + id, () -> request(id, body));
    }

    private HttpRequest request(String id, String body) throws IOException {
        var seconds = clock.instant().getEpochSecond();
        var request = HttpRequest.newBuilder(address)
                .timeout(Courier.PATIENCE)
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
