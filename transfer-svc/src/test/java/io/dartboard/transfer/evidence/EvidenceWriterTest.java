package io.dartboard.transfer.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.ChampionDecided;
import io.dartboard.events.GenotypeRetrained;
import io.dartboard.events.Measure;
import io.dartboard.events.RunRequested;
import io.dartboard.events.Stage;
import io.dartboard.events.Standing;
import io.dartboard.events.Verdict;
import io.dartboard.nas.genotype.ConvolutionalArchitecture;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.image.cost.Stem;
import io.dartboard.nas.image.network.DiscreteNetwork;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.NetworkShape;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.nas.text.network.RecurrentNetwork;
import io.dartboard.pipeline.artifact.ArtifactDigest;
import io.dartboard.pipeline.evidence.EvidencePack;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.score.Score;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvidenceWriterTest {
    private static final String RUN = "r1";
    private static final List<Float> ALPHAS = List.of(0.1f, -1.00000001e-3f, Float.MIN_VALUE, 3.4028235e38f);

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EvidenceShelf shelf = new EvidenceShelf(store);

    /** The run's events; its cell's weights lie in the store. */
    private List<SpecificRecord> events(RunStory story) {
        var events = new ArrayList<SpecificRecord>();
        for (var event : story.wholeRun(RUN)) {
            if (event instanceof GenotypeRetrained retrained
                    && retrained.getStage() == Stage.FULL
                    && retrained.getGenotype().equals(story.cell())) {
                var weights = story == RunStory.IMAGES ? imageWeights(story, retrained) : textWeights(story, retrained);
                var ref = store.put("evaluations/" + retrained.getJob() + "/weights.safetensors", weights.toBytes());
                events.add(
                        GenotypeRetrained.newBuilder(retrained).setWeights(ref).build());
            } else if (event instanceof AlphaCheckpointed checkpointed) {
                events.add(AlphaCheckpointed.newBuilder(checkpointed)
                        .setAlphas(List.of(new AlphaMatrix("normal", 2, 2, ALPHAS)))
                        .build());
            } else {
                events.add(event);
            }
        }
        return events;
    }

    private static Safetensors imageWeights(RunStory story, GenotypeRetrained retrained) {
        var shape = new NetworkShape(8, 5, 10);
        var network = DiscreteNetwork.of(Stem.CIFAR, ConvolutionalArchitecture.parse(story.cell()), shape, 16, false);
        var tensors = new TreeMap<String, HostTensor>();
        var random = new RandomStreams(retrained.getSeed()).stream("weights");
        tensors.putAll(network.weights().named("", network.weights().initial(random)));
        tensors.putAll(network.statistics().named("", network.statistics().initial(random)));
        return new Safetensors(
                tensors,
                Map.of(
                        "network", "cifar",
                        "cells", "5",
                        "channels", "8",
                        "classes", "10",
                        "resolution", "16",
                        "mean", "[0.5, 0.5, 0.5]",
                        "genotype", story.cell()));
    }

    private static Safetensors textWeights(RunStory story, GenotypeRetrained retrained) {
        var network = new RecurrentNetwork(RecurrentGenotype.parse(story.cell()), 20, 6);
        var random = new RandomStreams(retrained.getSeed()).stream("weights");
        return new Safetensors(
                network.layout().named("", network.layout().initial(random)),
                Map.of("network", "recurrent", "width", "6", "vocabulary", "20", "genotype", story.cell()));
    }

    private static RunBoard board(List<SpecificRecord> events) {
        var board = new RunBoard();
        events.forEach(event -> board.apply(event, Instant.EPOCH));
        return board;
    }

    private EvidenceWriter writer(List<SpecificRecord> events) {
        return new EvidenceWriter(() -> board(events), store, "1.2.3", registry);
    }

    private static ChampionDecided verdict(List<SpecificRecord> events) {
        return events.stream()
                .filter(ChampionDecided.class::isInstance)
                .map(ChampionDecided.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void take(List<SpecificRecord> events, ChampionDecided decided) throws InterruptedException {
        writer(events).take(decided.getDataset(), Optional.of(Topics.CHAMPIONS.encode(decided)));
    }

    private EvidencePack packed() {
        return EvidencePack.of(store.get(shelf.find(RUN).orElseThrow()));
    }

    private double count(String outcome) {
        return registry.get("nas.evidence.packs")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void shouldPackAllThatAPromotionRestsOn(RunStory story) throws Exception {
        var events = events(story);
        take(events, verdict(events));

        var pack = packed();
        var about = pack.about();
        assertThat(new String(pack.file("cell.txt"), StandardCharsets.UTF_8).strip())
                .isEqualTo(story.cell());
        assertThat(new String(pack.file("cell.svg"), StandardCharsets.UTF_8)).contains("<svg");
        assertThat(about.path("run").asText()).isEqualTo(RUN);
        assertThat(about.path("dataset").path("digest").asText())
                .isEqualTo(story.dataset().getDigest());
        assertThat(about.path("code").path("release").asText()).isEqualTo("1.2.3");
        assertThat(about.path("seeds").path("evaluation")).hasSize(2);
        assertThat(about.path("deviceSeconds").path("evaluation").asDouble()).isEqualTo(16);
        assertThat(pack.read("verdict.json").path("verdict").asText()).isEqualTo("PROMOTED");
        assertThat(pack.read("run.json").path("retrainings")).isNotEmpty();
        assertThat(pack.read("run.json").has("state")).isFalse();
        assertThat((RunRequested) Topics.RUNS.decode(pack.file("request.avro"))).isEqualTo(story.request(RUN));
        assertThat(Topics.DATASETS.decode(pack.file("dataset.avro"))).isEqualTo(story.dataset());
        assertThat(ModelProto.parseFrom(pack.file("model.onnx")).getGraph().getNodeCount())
                .isGreaterThan(20);
    }

    @Test
    void shouldKeepEveryBitOfTheAlphas() throws Exception {
        var events = events(RunStory.IMAGES);
        take(events, verdict(events));

        var matrix = packed().read("searches.json")
                .path(0)
                .path("epochs")
                .path(2)
                .path("alphas")
                .path(0);
        assertThat(matrix.path("values"))
                .extracting(value -> Float.floatToRawIntBits(Float.parseFloat(value.asText())))
                .isEqualTo(ALPHAS.stream().map(Float::floatToRawIntBits).toList());
    }

    @Test
    void shouldHoldTheWeightsThatDidBestOnWhatWasHeldOut() throws Exception {
        var events = events(RunStory.IMAGES);
        Collections.reverse(events);
        events.replaceAll(event -> event instanceof GenotypeRetrained retrained
                        && retrained.getStage() == Stage.FULL
                        && retrained.getGenotype().equals(RunStory.IMAGES.cell())
                ? GenotypeRetrained.newBuilder(retrained)
                        .setValidation(new Score(Measure.ERROR_PERCENT, 30 - retrained.getSeed()).told())
                        .build()
                : event);
        take(events, verdict(events));

        var weights = packed().about().path("weights");
        assertThat(weights.path("seed").asLong()).isEqualTo(1);
        assertThat(weights.path("chosen").asText())
                .isEqualTo("the lowest error on what was held out, 29.00 %, of 2 seeds");
        assertThat(packed().file("weights.safetensors")).isEqualTo(store.get(weightsOf(events, 1)));
    }

    @Test
    void shouldHoldTheFirstSeedsWeightsWhereTheTestSetAloneTells() throws Exception {
        var events = events(RunStory.IMAGES);
        Collections.reverse(events);
        take(events, verdict(events));

        assertThat(packed().about().path("weights").path("seed").asLong()).isZero();
        assertThat(packed().about().path("weights").path("chosen").asText())
                .isEqualTo("the first of 2 seeds: nothing was held out, and the test set chooses nothing");
    }

    private static ArtifactRef weightsOf(List<SpecificRecord> events, long seed) {
        return events.stream()
                .filter(GenotypeRetrained.class::isInstance)
                .map(GenotypeRetrained.class::cast)
                .filter(retrained -> retrained.getStage() == Stage.FULL && retrained.getSeed() == seed)
                .filter(retrained -> retrained.getGenotype().equals(RunStory.IMAGES.cell()))
                .findFirst()
                .orElseThrow()
                .getWeights();
    }

    @Test
    void shouldTellHowFarTheCellIsFromTheChampionBefore() throws Exception {
        var events = events(RunStory.IMAGES);
        var decided = verdict(events);
        take(
                events,
                ChampionDecided.newBuilder(decided)
                        .setPrevious(Standing.newBuilder(decided.getChallenger())
                                .setRun("r0")
                                .setGenotype(RunStory.IMAGES.randomCell())
                                .build())
                        .build());

        var previous = packed().about().path("previous");
        assertThat(previous.path("run").asText()).isEqualTo("r0");
        assertThat(previous.path("edits").asInt()).isPositive();
        assertThat(previous.path("distance").asDouble()).isPositive();
    }

    @Test
    void shouldWriteOnceHoweverOftenAPromotionIsTold() throws Exception {
        var events = events(RunStory.IMAGES);
        take(events, verdict(events));
        var before = store.list("");
        var bytes = store.get(shelf.find(RUN).orElseThrow());
        take(events, verdict(events));

        assertThat(store.list("")).isEqualTo(before);
        assertThat(count("written")).isEqualTo(1);

        store.list("evidence/").forEach(store::delete);
        Collections.shuffle(events, new java.util.Random(3));
        take(events, verdict(events));
        assertThat(store.get(shelf.find(RUN).orElseThrow())).isEqualTo(bytes);
        assertThat(ArtifactDigest.sha256(bytes))
                .isEqualTo(shelf.find(RUN).orElseThrow().getSha256());
    }

    @ParameterizedTest
    @EnumSource(names = {"KEPT", "REJECTED", "INCONCLUSIVE"})
    void shouldPackPromotionsAlone(Verdict verdict) throws Exception {
        var events = events(RunStory.IMAGES);
        take(
                events,
                ChampionDecided.newBuilder(verdict(events)).setVerdict(verdict).build());

        assertThat(shelf.find(RUN)).isEmpty();
    }

    @Test
    void shouldRefuseInOneLineWhereTheWeightsAreGone() {
        var events = events(RunStory.IMAGES);
        store.list("evaluations/").forEach(store::delete);

        assertThatThrownBy(() -> take(events, verdict(events)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the evidence of run r1 was not packed: ");
        assertThat(count("refused")).isEqualTo(1);
    }
}
