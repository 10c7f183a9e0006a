package io.dartboard.transfer.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.schemas.Topics;
import io.dartboard.transfer.delivery.Courier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandoverTest {
    private static final String SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSBkZXBsb3ltZW50";

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ArrayDeque<Integer> answers = new ArrayDeque<>();
    private final List<Posted> posted = new ArrayList<>();
    private HttpServer server;
    private Path secret;

    private record Posted(Map<String, List<String>> headers, String body) {}

    @BeforeEach
    void listen() throws IOException {
        secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            posted.add(new Posted(
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var status = answers.isEmpty() ? 204 : answers.poll();
            var word = status == 204 ? new byte[0] : "it is \n busy".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : word.length);
            exchange.getResponseBody().write(word);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create(
                "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    }

    private Handover handover(Optional<Path> signedWith, int tries) {
        return new Handover(
                new SignedPost(address(), signedWith, new Courier(tries, Duration.ofMillis(1)), Clock.systemUTC()),
                registry);
    }

    private static Optional<byte[]> verdict(Verdict verdict) {
        var standing = Standing.newBuilder()
                .setRun("r1")
                .setGenotype("Genotype(...)")
                .setHash("abc")
                .setMeanErrorPercent(2.5)
                .setSdErrorPercent(0.1)
                .setSeeds(3)
                .build();
        return Optional.of(Topics.CHAMPIONS.encode(ChampionDecided.newBuilder()
                .setDataset("shapes")
                .setDatasetVersion("v1")
                .setRun("r1")
                .setVerdict(verdict)
                .setReasons(List.of("better by 3 %"))
                .setChallenger(standing)
                .setRandomCell(standing)
                .setChampion(standing)
                .build()));
    }

    @Test
    void shouldPostAPromotionSignedSoThatItCanBeVerified() throws Exception {
        handover(Optional.of(secret), 3).take("shapes", verdict(Verdict.PROMOTED));

        assertThat(posted).hasSize(1);
        var message = posted.get(0);
        var headers = new HashMap<String, List<String>>();
        message.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        assertThatCode(() -> new Webhook(SECRET).verify(message.body(), headers))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Webhook(SECRET).verify(message.body().replace("v1", "v2"), headers))
                .isNotNull();
        var body = new ObjectMapper().readTree(message.body());
        assertThat(body.path("type").asText()).isEqualTo("champion.promoted");
        assertThat(body.at("/data/dataset").asText()).isEqualTo("shapes");
        assertThat(body.at("/data/champion/genotype").asText()).isEqualTo("Genotype(...)");
        assertThat(body.at("/data/links/champion").asText()).isEqualTo("/v1/champions/shapes");
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void shouldSendTheSameMessageAgainUntilItIsTaken() throws Exception {
        answers.addAll(List.of(503, 429));
        handover(Optional.empty(), 3).take("shapes", verdict(Verdict.PROMOTED));

        assertThat(posted).hasSize(3);
        assertThat(posted.stream().map(each -> each.headers().get("Webhook-id")))
                .doesNotContainNull();
        assertThat(posted.stream().map(each -> each.headers().get("Webhook-id")).distinct())
                .hasSize(1);
        assertThat(posted.get(0).headers()).doesNotContainKey("Webhook-signature");
        assertThat(count("refused")).isZero();
    }

    @Test
    void shouldGiveUpAfterSoManyTriesWithTheLastWord() {
        answers.addAll(List.of(500, 500));
        assertThatThrownBy(() -> handover(Optional.empty(), 2).take("shapes", verdict(Verdict.PROMOTED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the promotion was not handed over: %s did not take it in 2 tries: status 500, it is busy",
                        address());
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void shouldNotTryAgainWhatIsRefusedForGood() {
        answers.addAll(List.of(400));
        assertThatThrownBy(() -> handover(Optional.empty(), 5).take("shapes", verdict(Verdict.PROMOTED)))
                .hasMessageContaining("refused it: status 400, it is busy");
        assertThat(posted).hasSize(1);
    }

    @Test
    void shouldTryAgainWhileNobodyAnswersOrTheKeyIsMissing() {
        server.stop(0);
        assertThatThrownBy(() -> handover(Optional.empty(), 2).take("shapes", verdict(Verdict.PROMOTED)))
                .hasMessageContaining("did not take it in 2 tries");
        assertThatThrownBy(() ->
                        handover(Optional.of(folder.resolve("none")), 2).take("shapes", verdict(Verdict.PROMOTED)))
                .hasMessageContaining("the key to sign with cannot be read");
    }

    @Test
    void shouldHandNothingElseOver() throws Exception {
        var handover = handover(Optional.empty(), 1);
        for (var verdict : List.of(Verdict.KEPT, Verdict.REJECTED, Verdict.INCONCLUSIVE)) {
            handover.take("shapes", verdict(verdict));
        }
        handover.take("r1", verdict(Verdict.PROMOTED));
        handover.take("shapes", Optional.empty());
        assertThat(posted).isEmpty();
        assertThatThrownBy(() -> handover.take("shapes", Optional.of(new byte[] {1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://x/y,           8, dartboard.handover.url must be",
        "not an address,      8, dartboard.handover.url must be",
        "https://a:b@host/x,  8, dartboard.handover.url must be",
        "https://host/x,      0, dartboard.handover.tries must lie between 1 and 8 (was 0)",
        "https://host/x,      9, dartboard.handover.tries must lie between 1 and 8 (was 9)"
    })
    void shouldRefuseAConfigurationThatMakesNoSense(String url, int tries, String why) {
        assertThatThrownBy(() -> Handover.of(config(url, tries), Clock.systemUTC(), registry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
        assertThat(Handover.of(config(null, 8), Clock.systemUTC(), registry)).isEmpty();
    }

    private static PipelineConfig.Handover config(@Nullable String url, int tries) {
        return new PipelineConfig.Handover() {
            @Override
            public Optional<String> url() {
                return Optional.ofNullable(url);
            }

            @Override
            public Optional<String> secretFile() {
                return Optional.empty();
            }

            @Override
            public int tries() {
                return tries;
            }
        };
    }

    private double count(String outcome) {
        return registry.get("nas.handovers").tag("outcome", outcome).counter().count();
    }
}
