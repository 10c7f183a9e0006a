package io.dartboard.transfer.delivery;

import io.dartboard.pipeline.event.Backoff;
import io.dartboard.schemas.OneLine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes requests until they are answered: what is not taken is tried again, with pauses that double; what is refused is not. */
public final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** One try lasts so long at most. Eight, with the pauses between them, stay below the five minutes that a broker waits. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** More of them, each as long as it may take, would be longer than a broker waits for a consumer. */
    private static final int MOST_TRIES = 8;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Of the answers from 400 to 499 those that say "later". */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private static final int SHOWN = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final int tries;
    private final Duration firstPause;

    /**
     * Makes a courier.
     *
     * @param tries how often a request is tried
     * @param firstPause between the first two of them
     */
    public Courier(int tries, Duration firstPause) {
        this.tries = tries;
        this.firstPause = firstPause;
    }

    /**
     * As configured.
     *
     * @param property that says how often
     * @throws IllegalArgumentException if a broker would not wait for so many tries, with one line
     */
    public static Courier of(String property, int tries) {
        if (tries < 1 || tries > MOST_TRIES) {
            throw new IllegalArgumentException(
                    "%s must lie between 1 and %d (was %d)".formatted(property, MOST_TRIES, tries));
        }
        return new Courier(tries, FIRST_PAUSE);
    }

    /**
     * An address of the configuration.
     *
     * @param property that says it
     * @throws IllegalArgumentException if it is none, or has a password in it, with one line
     */
    public static URI address(String property, String url) {
        try {
            var address = URI.create(url);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "%s must be an address as https://deploy.example/path, without a password in it".formatted(property));
    }

    /** Makes a request anew for each try. */
    @FunctionalInterface
    public interface Making {
        /** @throws IOException if it cannot be made now, as for want of a key's file; with one line */
        HttpRequest make() throws IOException;
    }

    /** How a try ended. */
    private record Answer(int status, String body) {
        boolean taken() {
            return status / 100 == 2;
        }

        boolean mayBeTakenLater() {
            return status < 300 || status >= 500 || LATER.contains(status);
        }

        String word() {
            var said = OneLine.of(body).strip();
            var shown = said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said;
            if (status == 0) {
                return shown;
            }
            return said.isEmpty() ? "status %d".formatted(status) : "status %d, %s".formatted(status, shown);
        }
    }

    /**
     * Makes a request until it is taken.
     *
     * @param address for people
     * @param what is sent, for people
     * @return what was answered
     * @throws Refusal if it was refused for good
     * @throws IllegalArgumentException if it was not taken however often it was tried, with one line
     * @throws InterruptedException if the thread is told to stop meanwhile
     */
    public String send(URI address, String what, Making request) throws InterruptedException {
        var backoff = new Backoff(firstPause, LONGEST_PAUSE);
        for (var attempt = 1; ; attempt++) {
            var answer = attempt(request);
            if (answer.taken()) {
                return answer.body();
            }
            if (!answer.mayBeTakenLater()) {
                throw new Refusal(
                        "%s refused it: %s".formatted(address, answer.word()), answer.status(), answer.body());
            }
            if (attempt >= tries) {
                throw new IllegalArgumentException(
                        "%s did not take it in %d tries: %s".formatted(address, tries, answer.word()));
            }
            LOG.warn("{} did not take {}: {}. Trying again", address, what, answer.word());
            backoff.pause();
        }
    }

    private Answer attempt(Making request) throws InterruptedException {
        try {
            var response = client.send(request.make(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, String.valueOf(e.getMessage()));
        }
    }
}
