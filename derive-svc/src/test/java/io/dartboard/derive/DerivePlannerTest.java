package io.dartboard.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.EdgeDecided;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.Measure;
import io.dartboard.events.NodeDecided;
import io.dartboard.events.Projection;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGene;
import io.dartboard.nas.genotype.RecurrentGenotype;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.pipeline.planner.PlannerTopology;
import io.dartboard.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivePlannerTest {
    @TempDir
    Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> alphas;
    private TestOutputTopic<String, byte[]> genotypes;
    private TestOutputTopic<String, byte[]> deadLetters;

    @BeforeEach
    void setUp() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(PlannerTopology.build("derive-svc", "1", new DerivePlanner()), settings);
        alphas = driver.createInputTopic(Topics.ALPHAS.name(), new StringSerializer(), new ByteArraySerializer());
        genotypes = driver.createOutputTopic(
                Topics.GENOTYPES.name(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void tearDown() {
        driver.close();
    }

    @Test
    void shouldDeriveAGenotypeForEveryCheckpoint() {
        // Given: every edge prefers one operation, later edges of a node more strongly than earlier ones
        var first = checkpoint(1, 1, Primitive.SEP_CONV_3X3, false);
        var last = checkpoint(2, 1, Primitive.SKIP_CONNECT, true);

        // When
        send(first);
        send(last);

        // Then
        var derived = derived();
        assertThat(derived).extracting(GenotypeDerived::getEpoch).containsExactly(1, 2);
        assertThat(derived).extracting(GenotypeDerived::getFinalEpoch).containsExactly(false, true);
        assertThat(derived).extracting(GenotypeDerived::getNormalSkips).containsExactly(0, 8);
        assertThat(derived).extracting(GenotypeDerived::getChangedGenes).containsExactly(-1, 16);
        assertThat(derived.get(0).getMoved()).isNull();
        assertThat(derived.get(1).getMoved())
                .isEqualTo(ArchitectureDistance.between(
                        Genotype.parse(derived.get(0).getGenotype()),
                        Genotype.parse(derived.get(1).getGenotype())))
                .isPositive();
        var genotype = Genotype.parse(derived.get(0).getGenotype());
        assertThat(genotype.normal().genes()).allMatch(gene -> gene.op() == Primitive.SEP_CONV_3X3);
        assertThat(genotype.normal().genes()).extracting(gene -> gene.from()).containsExactly(1, 0, 2, 1, 3, 2, 4, 3);
        assertThat(derived.get(0).getHash()).isEqualTo(genotype.hash());
    }

    @Test
    void shouldDeriveACellOfNasBench201AndTellThatItIsAllSkips() {
        var space = NasBench201Space.PUBLISHED;
        for (int candidate = 0; candidate < 2; candidate++) {
            send(AlphaCheckpointed.newBuilder(checkpoint(1 + candidate, 1, Primitive.NONE, candidate == 1))
                    .setSpace(space.id())
                    .setAlphas(List.of(matrix("normal", space.edgeCount(), space.candidateCount(), candidate)))
                    .build());
        }

        var derived = derived();
        assertThat(derived)
                .extracting(GenotypeDerived::getGenotype)
                .containsExactly(
                        "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|",
                        "|skip_connect~0|+|skip_connect~0|skip_connect~1|+|skip_connect~0|skip_connect~1|skip_connect~2|");
        assertThat(derived).extracting(GenotypeDerived::getNormalSkips).containsExactly(0, 6);
        assertThat(derived).extracting(GenotypeDerived::getNormalParameterFree).containsExactly(1.0, 1.0);
        assertThat(derived).extracting(GenotypeDerived::getChangedGenes).containsExactly(-1, 6);
        assertThat(derived.get(1).getMoved()).isNull();
    }

    /** Of a search that decides by perturbation what stands is what it has decided, and of the rest what the alphas say. */
    @Test
    void shouldDeriveWhatASearchHasDecidedByPerturbation() {
        var alphasAlone = AlphaCheckpointed.newBuilder(checkpoint(1, 1, Primitive.SKIP_CONNECT, false))
                .setDerivation("perturbation")
                .build();
        var conv = CnnSpace.DARTS.candidates().indexOf(Primitive.SEP_CONV_3X3);
        var edges = IntStream.range(2, 14)
                .mapToObj(edge -> new EdgeDecided("normal", edge, conv, List.of(1.0), List.of(0.5)))
                .toList();
        var nodes = List.of(
                new NodeDecided("normal", 1, List.of(2, 4), List.of(), List.of()),
                new NodeDecided("normal", 3, List.of(9, 13), List.of(), List.of()));
        send(alphasAlone);
        send(AlphaCheckpointed.newBuilder(alphasAlone)
                .setEpoch(2)
                .setProjection(new Projection(edges, nodes))
                .build());
        send(AlphaCheckpointed.newBuilder(alphasAlone)
                .setEpoch(3)
                .setProjection(
                        new Projection(List.of(new EdgeDecided("normal", 14, conv, List.of(), List.of())), List.of()))
                .build());

        var derived = derived();
        assertThat(derived).extracting(GenotypeDerived::getNormalSkips).containsExactly(8, 2);
        assertThat(derived.get(1).getNormalParameterFree()).isEqualTo(2.0 / 14);
        var before = Genotype.parse(derived.get(0).getGenotype());
        var after = Genotype.parse(derived.get(1).getGenotype());
        assertThat(after.reduce()).isEqualTo(before.reduce());
        assertThat(after.normal().genes())
                .extracting(Gene::from)
                // Of the third node nothing but its operations is decided: all weigh 1, and the earlier stand.
                .containsExactly(1, 0, 0, 2, 0, 1, 0, 4);
        assertThat(after.normal().genes().subList(2, 8)).allMatch(gene -> gene.op() == Primitive.SEP_CONV_3X3);
        assertThat(Topics.DEAD_LETTERS.decode(deadLetters.readRecord().value()).getReason())
                .isEqualTo("search s1, epoch 3 in space 'darts-cnn': alphas 'normal' have 14 edges (was 14)");
    }

    /** An operation that an edge has dropped is none, however much is taken from its skip connections. */
    @Test
    void shouldDeriveACellOfFewSkipsOfWhatAStageHasLeft() {
        var space = CnnSpace.DARTS;
        var skip = space.candidates().indexOf(Primitive.SKIP_CONNECT);
        var conv = space.candidates().indexOf(Primitive.DIL_CONV_5X5);
        var values = new ArrayList<>(
                Collections.nCopies(space.edgeCount() * space.candidateCount(), KeptCandidates.DROPPED));
        for (int edge = 0; edge < space.edgeCount(); edge++) {
            values.set(edge * space.candidateCount(), 0f); // none
            values.set(edge * space.candidateCount() + skip, 2f + edge * 0.1f);
            values.set(edge * space.candidateCount() + conv, -3f);
        }
        var staged = AlphaCheckpointed.newBuilder(checkpoint(1, 1, Primitive.NONE, false))
                .setDerivation("restricted-skips")
                .setMostSkips(2)
                .setAlphas(List.of(
                        new AlphaMatrix("normal", space.edgeCount(), space.candidateCount(), values),
                        new AlphaMatrix("reduce", space.edgeCount(), space.candidateCount(), values)))
                .build();

        send(staged);
        send(AlphaCheckpointed.newBuilder(staged)
                .setEpoch(2)
                .setDerivation("strongest")
                .build());

        var derived = derived();
        assertThat(derived).extracting(GenotypeDerived::getNormalSkips).containsExactly(2, 8);
        var cut = Genotype.parse(derived.get(0).getGenotype());
        assertThat(cut.normal().genes())
                .extracting(Gene::op)
                .containsOnly(Primitive.SKIP_CONNECT, Primitive.DIL_CONV_5X5);
        assertThat(cut.reduce())
                .isEqualTo(Genotype.parse(derived.get(1).getGenotype()).reduce());
    }

    @Test
    void shouldIgnoreARepeatAndAnOlderAttempt() {
        send(checkpoint(1, 2, Primitive.SEP_CONV_3X3, false));
        send(checkpoint(1, 2, Primitive.SEP_CONV_3X3, false));
        send(checkpoint(1, 1, Primitive.SKIP_CONNECT, false));
        assertThat(derived()).hasSize(1);
    }

    @Test
    void shouldHearANewerAttempt() {
        send(checkpoint(1, 1, Primitive.SEP_CONV_3X3, false));
        send(checkpoint(1, 2, Primitive.SKIP_CONNECT, false));
        assertThat(derived()).extracting(GenotypeDerived::getAttempt).containsExactly(1, 2);
    }

    @Test
    void shouldDeadLetterAlphasOfAnotherShapeAndGoOn() {
        // Given
        var crooked = checkpoint(1, 1, Primitive.SEP_CONV_3X3, false);
        crooked = AlphaCheckpointed.newBuilder(crooked)
                .setAlphas(List.of(
                        new AlphaMatrix("normal", 2, 2, List.of(0f, 0f, 0f, 0f)),
                        new AlphaMatrix("reduce", 2, 2, List.of(0f, 0f, 0f, 0f))))
                .build();

        // When
        send(crooked);
        alphas.pipeInput("s", "garbage".getBytes(StandardCharsets.UTF_8));
        send(checkpoint(2, 1, Primitive.SEP_CONV_3X3, true));

        // Then
        assertThat(deadLetters.readValuesToList())
                .extracting(bytes -> Topics.DEAD_LETTERS.decode(bytes).getReason())
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .isEqualTo("search s1, epoch 1 in space 'darts-cnn': the alphas must be normal (14, 8),"
                                        + " reduce (14, 8) (were normal (2, 2), reduce (2, 2))"),
                        reason -> assertThat(reason).startsWith("not an event"));
        assertThat(derived()).hasSize(1);
    }

    @Test
    void shouldDeadLetterAnUnknownSpace() {
        send(AlphaCheckpointed.newBuilder(checkpoint(1, 1, Primitive.SEP_CONV_3X3, false))
                .setSpace("spheres")
                .build());
        assertThat(Topics.DEAD_LETTERS.decode(deadLetters.readRecord().value()).getReason())
                .isEqualTo(
                        "unknown search space 'spheres'; known: darts-cnn, fairdarts-cnn, robust-darts-s3, dartopti-resnet18, dartopti-resnet50, dartopti-xception, dartopti-inceptionv4, nas-bench-201, darts-rnn");
    }

    /** The first edge of every node has two large alphas, which share a softmax and do not share a sigmoid. */
    @Test
    void shouldReadAlphasByTheRelaxationOfTheirSearch() {
        var space = CnnSpace.DARTS;
        var values = new ArrayList<>(Collections.nCopies(space.edgeCount() * space.candidateCount(), 0f));
        for (var node = 0; node < space.cell().nodes(); node++) {
            for (var edge : space.cell().edgesOf(node)) {
                var at = edge.index() * space.candidateCount()
                        + space.candidates().indexOf(Primitive.SEP_CONV_3X3);
                values.set(at, edge.from() == 0 ? 4f : 3f);
                values.set(at + 1, edge.from() == 0 ? 3.9f : 0f);
            }
        }
        var matrix = new AlphaMatrix("normal", space.edgeCount(), space.candidateCount(), values);
        var soft = AlphaCheckpointed.newBuilder(checkpoint(1, 1, Primitive.NONE, false))
                .setAlphas(List.of(
                        matrix, AlphaMatrix.newBuilder(matrix).setCell("reduce").build()))
                .build();

        send(soft);
        send(AlphaCheckpointed.newBuilder(soft)
                .setEpoch(2)
                .setRelaxation("sigmoid")
                .build());

        assertThat(derived())
                .extracting(derived -> Genotype.parse(derived.getGenotype())
                        .normal()
                        .genesOf(1)
                        .get(0)
                        .from())
                .containsExactly(1, 0);
    }

    @Test
    void shouldDeadLetterARelaxationOrADerivationThatItDoesNotKnow() {
        var known = checkpoint(1, 1, Primitive.SEP_CONV_3X3, false);
        send(AlphaCheckpointed.newBuilder(known).setRelaxation("gumbel").build());
        send(AlphaCheckpointed.newBuilder(known).setDerivation("by-hand").build());

        assertThat(deadLetters.readValuesToList())
                .extracting(bytes -> Topics.DEAD_LETTERS.decode(bytes).getReason())
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("unknown relaxation 'gumbel'; known: softmax, sigmoid"),
                        reason -> assertThat(reason).startsWith("unknown derivation 'by-hand'; known: strongest"));
    }

    @Test
    void shouldDeriveARecurrentCellByItsOwnRule() {
        // Given: every edge prefers one function, the latest state of a node most strongly
        send(recurrent(1, RecurrentPrimitive.TANH));
        send(recurrent(2, RecurrentPrimitive.IDENTITY));

        // Then
        var derived = derived();
        assertThat(derived).extracting(GenotypeDerived::getChangedGenes).containsExactly(-1, 8);
        assertThat(derived).extracting(GenotypeDerived::getMoved).containsOnlyNulls();
        assertThat(derived).extracting(GenotypeDerived::getNormalSkips).containsOnly(0);
        assertThat(derived).extracting(GenotypeDerived::getMeasure).containsOnly(Measure.PERPLEXITY);
        assertThat(derived).extracting(GenotypeDerived::getSupernetAccuracy).containsOnly(0.0);
        assertThat(derived.get(0).getSupernetPerplexity()).isCloseTo(90.0, within(1e-9));
        var genotype = RecurrentGenotype.parse(derived.get(0).getGenotype());
        assertThat(genotype.genes()).allMatch(gene -> gene.op() == RecurrentPrimitive.TANH);
        assertThat(genotype.genes()).extracting(RecurrentGene::from).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(derived.get(0).getHash()).isEqualTo(genotype.hash());
    }

    @Test
    void shouldDeadLetterAlphasOfAnotherKindOfCellThanTheSpaces() {
        send(AlphaCheckpointed.newBuilder(checkpoint(1, 1, Primitive.SEP_CONV_3X3, false))
                .setSpace("darts-rnn")
                .build());
        send(AlphaCheckpointed.newBuilder(recurrent(2, RecurrentPrimitive.TANH))
                .setSpace("darts-cnn")
                .build());
        send(AlphaCheckpointed.newBuilder(recurrent(3, RecurrentPrimitive.TANH))
                .setAlphas(List.of(new AlphaMatrix("recurrent", 2, 2, List.of(0f, 0f, 0f, 0f))))
                .build());

        assertThat(deadLetters.readValuesToList())
                .extracting(bytes -> Topics.DEAD_LETTERS.decode(bytes).getReason())
                .containsExactly(
                        "search s1, epoch 1 in space 'darts-rnn': the alphas must be recurrent (36, 5)"
                                + " (were normal (14, 8), reduce (14, 8))",
                        "search s1, epoch 2 in space 'darts-cnn': the alphas must be normal (14, 8), reduce (14, 8)"
                                + " (were recurrent (36, 5))",
                        "search s1, epoch 3 in space 'darts-rnn': the alphas must be recurrent (36, 5)"
                                + " (were recurrent (2, 2))");
        assertThat(derived()).isEmpty();
    }

    private void send(AlphaCheckpointed checkpoint) {
        alphas.pipeInput(checkpoint.getSearch(), Topics.ALPHAS.encode(checkpoint));
    }

    private List<GenotypeDerived> derived() {
        return genotypes.readValuesToList().stream()
                .map(Topics.GENOTYPES::decode)
                .toList();
    }

    private static AlphaCheckpointed checkpoint(int epoch, int attempt, Primitive preferred, boolean last) {
        return new AlphaCheckpointed(
                "s1",
                "r1",
                "darts-cnn",
                7L,
                epoch,
                2,
                epoch * 10L,
                attempt,
                List.of(matrix("normal", preferred), matrix("reduce", preferred)),
                1.0,
                0.5,
                1.1,
                0.4,
                Map.of(),
                new ArtifactRef("s3://nas/x", "00", 1L),
                last,
                1.5,
                "cpu",
                Measure.ERROR_PERCENT,
                "softmax",
                "strongest",
                0.0,
                null,
                null,
                null,
                0,
                1);
    }

    private static AlphaCheckpointed recurrent(int epoch, RecurrentPrimitive preferred) {
        return AlphaCheckpointed.newBuilder(checkpoint(epoch, 1, Primitive.NONE, false))
                .setSpace("darts-rnn")
                .setAlphas(List.of(matrix(
                        "recurrent",
                        RecurrentSpace.DARTS.edgeCount(),
                        RecurrentSpace.DARTS.candidateCount(),
                        RecurrentSpace.DARTS.candidates().indexOf(preferred))))
                .setValidAccuracy(0.0)
                .setValidLoss(Math.log(90))
                .setMeasure(Measure.PERPLEXITY)
                .build();
    }

    private static AlphaMatrix matrix(String cell, Primitive preferred) {
        var space = CnnSpace.DARTS;
        return matrix(
                cell,
                space.edgeCount(),
                space.candidateCount(),
                space.candidates().indexOf(preferred));
    }

    private static AlphaMatrix matrix(String cell, int edges, int operations, int preferred) {
        var values = new ArrayList<Float>(Collections.nCopies(edges * operations, 0f));
        for (int edge = 0; edge < edges; edge++) {
            values.set(edge * operations + preferred, 1f + edge * 0.1f);
        }
        return new AlphaMatrix(cell, edges, operations, values);
    }
}
