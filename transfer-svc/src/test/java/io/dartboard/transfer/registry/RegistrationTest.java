package io.dartboard.transfer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.schemas.Topics;
import io.dartboard.transfer.delivery.Courier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {
    private static final String MODEL = "dartboard-shapes";

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EvidenceShelf shelf = new EvidenceShelf(new InMemoryArtifactStore());
    private MlflowStub mlflow;

    @BeforeEach
    void start() throws IOException {
        mlflow = new MlflowStub();
    }

    @AfterEach
    void stop() {
        mlflow.close();
    }

    @Test
    void shouldRegisterAPromotionWithItsPackAndNameItTheChampion() throws Exception {
        registration(1).take("shapes", promotion("r1"));

        assertThat(mlflow.models).containsExactly(MODEL);
        assertThat(mlflow.versions).singleElement().satisfies(version -> {
            assertThat(version.path("name").asText()).isEqualTo(MODEL);
            assertThat(version.path("source").asText())
                    .isEqualTo(shelf.find("r1").orElseThrow().getUri());
            assertThat(version.path("description").asText()).isEqualTo("better by 3 %");
            assertThat(tag(version, "dartboard.run")).isEqualTo("r1");
            assertThat(tag(version, "dartboard.dataset-version")).isEqualTo("v1");
            assertThat(tag(version, "dartboard.genotype")).isEqualTo("Genotype(...)");
            assertThat(tag(version, "dartboard.evidence-sha256"))
                    .isEqualTo(shelf.find("r1").orElseThrow().getSha256());
        });
        assertThat(mlflow.aliases).containsExactly(Map.entry(MODEL + "@champion", "1"));
        assertThat(mlflow.bearers).containsOnly("null");
        assertThat(count("registered")).isEqualTo(1);
    }

    @Test
    void shouldRegisterAPromotionOnceHoweverOftenItIsToldAndLeaveTheNewestTheChampion() throws Exception {
        var registration = registration(1);
        for (var run : List.of("r1", "r2", "r3", "r1", "r3", "r2")) {
            registration.take("shapes", promotion(run));
        }
        assertThat(mlflow.versions)
                .extracting(version -> tag(version, "dartboard.run"))
                .containsExactly("r1", "r2", "r3");
        assertThat(mlflow.aliases).containsExactly(Map.entry(MODEL + "@champion", "3"));
    }

    /** As where the process died between the two requests. */
    @Test
    void shouldNameAVersionThatIsThereAndHasNoNameYet() throws Exception {
        registration(1).take("shapes", promotion("r1"));
        mlflow.aliases.clear();
        registration(1).take("shapes", promotion("r1"));
        assertThat(mlflow.versions).hasSize(1);
        assertThat(mlflow.aliases).hasSize(1);
    }

    @Test
    void shouldDoWithoutAliasesWhereTheyAreNotKnown() throws Exception {
        mlflow.knowsAliases = false;
        registration(1).take("shapes", promotion("r1"));
        assertThat(mlflow.versions).hasSize(1);
        assertThat(count("registered")).isEqualTo(1);
    }

    @Test
    void shouldSendTheTokenThatIsInItsFileNow() throws Exception {
        var token = Files.writeString(folder.resolve("token"), "first\n");
        var registration = registration(Optional.of(token), 1);
        registration.take("shapes", promotion("r1"));
        Files.writeString(token, "second");
        registration.take("shapes", promotion("r2"));
        assertThat(mlflow.bearers).startsWith("Bearer first").endsWith("Bearer second");
    }

    @Test
    void shouldTryAgainWhileItIsAwayAndSayWhatItRefuses() throws Exception {
        mlflow.failures.addAll(List.of(503, 429));
        registration(3).take("shapes", promotion("r1"));
        assertThat(mlflow.versions).hasSize(1);

        mlflow.failures.add(401);
        assertThatThrownBy(() -> registration(3).take("shapes", promotion("r2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "the promotion was not registered: %s refused it: status 401".formatted(mlflow.address()))
                .hasMessageNotContaining("\n");
        assertThat(count("refused")).isEqualTo(1);
    }

    @Test
    void shouldRegisterNothingThatIsNoPromotionOrHasNoEvidence() throws Exception {
        var registration = registration(1);
        registration.take("r1", promotion("r1"));
        registration.take("shapes", Optional.empty());
        assertThat(mlflow.bearers).isEmpty();

        GroupReader.Sink nothing = (key, value) -> {};
        var without = new Registration(nothing, shelf, client(Optional.empty(), 1), "dartboard-", meters);
        assertThatThrownBy(() -> without.take("shapes", promotion("r9")))
                .hasMessage("the promotion was not registered: the evidence of run r9 is gone");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://x/y,          8, dartboard.mlflow.url must be an address",
        "https://a:b@host/x, 8, dartboard.mlflow.url must be an address",
        "https://host/x,     0, dartboard.mlflow.tries must lie between 1 and 8 (was 0)"
    })
    void shouldRefuseAConfigurationThatMakesNoSense(String url, int tries, String why) {
        GroupReader.Sink evidence = (key, value) -> {};
        assertThatThrownBy(() -> Registration.after(evidence, shelf, config(url, tries), meters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(why);
        assertThat(Registration.after(evidence, shelf, config(null, 8), meters)).isSameAs(evidence);
    }

    private GroupReader.Sink registration(int tries) {
        return registration(Optional.empty(), tries);
    }

    /** After something that packs evidence as the product does: once for a run. */
    private GroupReader.Sink registration(Optional<Path> token, int tries) {
        GroupReader.Sink evidence = (key, value) -> {
            if (value.isPresent()) {
                var run = Topics.CHAMPIONS.decode(value.get()).getRun();
                var files = Map.of("cell.txt", run.getBytes(StandardCharsets.UTF_8));
                shelf.put(run, new EvidencePack(new ObjectMapper().createObjectNode(), files));
            }
        };
        return new Registration(evidence, shelf, client(token, tries), "dartboard-", meters);
    }

    private MlflowRegistry client(Optional<Path> token, int tries) {
        return new MlflowRegistry(mlflow.address(), token, new Courier(tries, Duration.ofMillis(1)));
    }

    private static Optional<byte[]> promotion(String run) {
        var standing = Standing.newBuilder()
                .setRun(run)
                .setGenotype("Genotype(...)")
                .setHash("abc")
                .setMeanErrorPercent(2.5)
                .setSdErrorPercent(0.1)
                .setSeeds(3)
                .build();
        return Optional.of(Topics.CHAMPIONS.encode(ChampionDecided.newBuilder()
                .setDataset("shapes")
                .setDatasetVersion("v1")
                .setRun(run)
                .setVerdict(Verdict.PROMOTED)
                .setReasons(List.of("better by 3 %"))
                .setChallenger(standing)
                .setRandomCell(standing)
                .setChampion(standing)
                .build()));
    }

    private static String tag(JsonNode version, String key) {
        for (var tag : version.path("tags")) {
            if (tag.path("key").asText().equals(key)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }

    private double count(String outcome) {
        return meters.get("nas.registrations").tag("outcome", outcome).counter().count();
    }

    private static PipelineConfig.Mlflow config(@Nullable String url, int tries) {
        return new PipelineConfig.Mlflow() {
            @Override
            public Optional<String> url() {
                return Optional.ofNullable(url);
            }

            @Override
            public Optional<String> tokenFile() {
                return Optional.empty();
            }

            @Override
            public String modelPrefix() {
                return "dartboard-";
            }

            @Override
            public int tries() {
                return tries;
            }
        };
    }
}
