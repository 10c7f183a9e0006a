package io.dartboard.local.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Origin;
import io.dartboard.events.RetrainingStopped;
import io.dartboard.events.Stage;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.schemas.Topics;
import io.dartboard.transfer.evidence.EvidenceWriter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepetitionTest {
    private static final String RUN = "r1";

    @TempDir
    private Path folder;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final PackSource packs = new PackSource(() -> store);
    private List<SpecificRecord> events = List.of();

    @BeforeEach
    void pack() throws InterruptedException {
        events = StoryPack.events(RUN, store);
        for (var event : events) {
            if (event instanceof ChampionDecided decided) {
                new EvidenceWriter(() -> board(events), store, "1", new SimpleMeterRegistry())
                        .take(decided.getDataset(), Optional.of(Topics.CHAMPIONS.encode(decided)));
            }
        }
    }

    private static RunBoard board(List<? extends SpecificRecord> events) {
        var board = new RunBoard();
        events.forEach(event -> board.apply(event, Instant.EPOCH));
        return board;
    }

    /** The run as it is when some of its events are told otherwise; null leaves one out. */
    private RunView again(UnaryOperator<SpecificRecord> change) {
        return board(events.stream().map(change).filter(event -> event != null).toList())
                .run(RUN)
                .orElseThrow();
    }

    private List<Part> compared(UnaryOperator<SpecificRecord> change) {
        return Repetition.of(packs.pack(RUN), again(change));
    }

    private List<String> different(UnaryOperator<SpecificRecord> change) {
        return compared(change).stream()
                .filter(part -> part.outcome() == Part.Outcome.DIFFERENT)
                .map(part -> part.name() + ": " + part.line())
                .toList();
    }

    @Test
    void shouldFindARunThatCameOutTheSame() {
        var elsewhere = compared(event -> event instanceof GenotypeRetrained retrained
                ? GenotypeRetrained.newBuilder(retrained)
                        .setDeviceSeconds(77)
                        .setWeights(ArtifactRef.newBuilder(retrained.getWeights())
                                .setUri("s3://other/place")
                                .build())
                        .build()
                : event);

        assertThat(elsewhere).hasSizeGreaterThan(6).extracting(Part::outcome).containsOnly(Part.Outcome.SAME);
        assertThat(elsewhere.get(1).line()).isEqualTo("6 alphas of 2 epochs, bit by bit, and their losses and cells");
    }

    @Test
    void shouldNoticeASingleBitOfAnAlpha() {
        assertThat(different(event -> event instanceof AlphaCheckpointed told && told.getEpoch() == 2
                        ? StoryPack.withAlphas(told, Math.nextUp(0.1f))
                        : event))
                .containsExactly("search, seed 0: epoch 2: alpha 2 of recurrent was 0.1 and is 0.10000001");
    }

    @Test
    void shouldNoticeAnotherCellOfAnEpochAndAnotherOneChosen() {
        assertThat(different(event -> event instanceof GenotypeDerived derived && derived.getSeed() == 0
                        ? GenotypeDerived.newBuilder(derived)
                                .setGenotype(StoryPack.STORY.randomCell())
                                .build()
                        : event))
                .anyMatch(line -> line.startsWith("search, seed 0: epoch 1: the cell was "));
        assertThat(different(event ->
                        event instanceof GenotypeEvaluated evaluated && evaluated.getOrigin() == Origin.SEARCHED
                                ? GenotypeEvaluated.newBuilder(evaluated)
                                        .setGenotype(StoryPack.STORY.randomCell())
                                        .build()
                                : event))
                .anyMatch(line -> line.startsWith("cell: it was "));
    }

    @Test
    void shouldNoticeOtherScoresCurvesAndWeights() {
        assertThat(different(event -> full(event, 0)
                        ? GenotypeRetrained.newBuilder((GenotypeRetrained) event)
                                .setPerplexity(1.5)
                                .build()
                        : event))
                .hasSize(2)
                .allMatch(line -> line.contains("perplexity was "));
        assertThat(different(event -> full(event, 1)
                        ? GenotypeRetrained.newBuilder((GenotypeRetrained) event)
                                .setCurve(List.of())
                                .build()
                        : event))
                .hasSize(2)
                .allMatch(line -> line.endsWith("curve differ"));
        assertThat(different(event -> full(event, 1)
                        ? GenotypeRetrained.newBuilder((GenotypeRetrained) event)
                                .setWeights(new ArtifactRef("s3://memory/weights", "00", 1L))
                                .build()
                        : event))
                .hasSize(2)
                .allMatch(line -> line.contains("weights was "));
    }

    @Test
    void shouldNoticeWhatWasNotDoneAgain() {
        assertThat(different(event -> event instanceof AlphaCheckpointed told && told.getEpoch() == 2 ? null : event))
                .contains("search, seed 0: epoch 2: it was not done again");
        assertThat(different(event -> full(event, 1) ? null : event))
                .hasSize(2)
                .allMatch(line -> line.endsWith("it was not done again"));
    }

    @Test
    void shouldNotMissABriefRetrainingThatWasStoppedThisTime() {
        UnaryOperator<SpecificRecord> stopping =
                event -> event instanceof GenotypeRetrained retrained && retrained.getStage() == Stage.SELECTION
                        ? RetrainingStopped.newBuilder(StoryPack.STORY.stopped(RUN, retrained.getJob()))
                                .setHash(retrained.getHash())
                                .build()
                        : event;

        assertThat(different(stopping)).isEmpty();
        assertThat(compared(stopping))
                .filteredOn(part -> part.outcome() == Part.Outcome.LEFT)
                .isNotEmpty()
                .extracting(Part::line)
                .allMatch(line -> line.startsWith("it was stopped this time"));
    }

    @Test
    void shouldTakeAPackFromAFileAnAddressOrARun() throws Exception {
        var address = store.uri(store.list("evidence/").stream()
                .filter(key -> key.endsWith(".zip"))
                .findFirst()
                .orElseThrow());
        var file = Files.write(folder.resolve("pack.zip"), store.get(store.key(address)));

        for (var named : List.of(file.toString(), address, RUN)) {
            assertThat(packs.pack(named).about().path("run").asText()).isEqualTo(RUN);
        }
        assertThatThrownBy(() -> packs.pack("r9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "r9 is no file, and no run whose evidence lies in the store; infra/run champions lists packs");
    }

    private static boolean full(SpecificRecord event, long seed) {
        return event instanceof GenotypeRetrained retrained
                && retrained.getStage() == Stage.FULL
                && retrained.getSeed() == seed;
    }
}
