package io.dartboard.derive;

import static org.assertj.core.api.Assertions.assertThat;

import io.dartboard.events.Alarm;
import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.ArtifactRef;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.GuardSettings;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSettings;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SteeringAction;
import io.dartboard.events.StopSettings;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.derive.DiscreteMixture;
import io.dartboard.nas.genotype.ArchitectureDistance;
import io.dartboard.nas.genotype.DistributedGenotype;
import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.pipeline.planner.PlannerTopology;
import io.dartboard.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches of twelve epochs whose normal cell fills with skip connections, one more each epoch from the sixth on. */
class GuardPlannerTest {
    private static final int EPOCHS = 12;
    private static final int LAST_HEALTHY = 6;
    private static final GuardSettings ACTING =
            GuardSettings.newBuilder().setAct(true).setRelaunches(0).build();
    private static final GuardSettings RELAUNCHING =
            GuardSettings.newBuilder(ACTING).setRelaunches(1).build();

    @TempDir
    Path state;

    private TopologyTestDriver driver;
    private TestOutputTopic<String, byte[]> genotypes;
    private TestOutputTopic<String, byte[]> steering;

    @BeforeEach
    void setUp() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(PlannerTopology.build("derive-svc", "1", new DerivePlanner()), settings);
        genotypes = driver.createOutputTopic(
                Topics.GENOTYPES.name(), new StringDeserializer(), new ByteArrayDeserializer());
        steering =
                driver.createOutputTopic(Topics.STEERING.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void tearDown() {
        driver.close();
    }

    @Test
    void shouldTellACollapseOnceAndDoNothingUnlessItIsToldTo() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(collapsing("s1", epoch, null));
        }

        assertThat(steered())
                .extracting(SearchSteered::getAction)
                .containsExactly(SteeringAction.CONTINUE, SteeringAction.CONTINUE);
        assertThat(results()).extracting(GenotypeDerived::getEpoch).containsExactly(EPOCHS);
    }

    @Test
    void shouldSayNothingOfAHealthySearch() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(checkpoint("s1", epoch, 0, ACTING));
        }

        assertThat(steered()).isEmpty();
        assertThat(results()).extracting(GenotypeDerived::getEpoch).containsExactly(EPOCHS);
    }

    @Test
    void shouldGoBackToTheLastHealthyEpochAndHearNothingMoreOfTheSearch() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(collapsing("s1", epoch, ACTING));
            send(collapsing("s1", epoch, ACTING));
        }

        // The warning of two skip connections, and then the alarm.
        var words = steered();
        assertThat(words)
                .extracting(SearchSteered::getAction)
                .containsExactly(SteeringAction.CONTINUE, SteeringAction.ROLL_BACK);
        var alarm = words.get(1);
        assertThat(alarm.getAlarm()).isEqualTo(Alarm.COLLAPSE);
        assertThat(alarm.getEpoch()).isEqualTo(LAST_HEALTHY);
        assertThat(alarm.getAt()).isEqualTo(LAST_HEALTHY + 2);
        assertThat(alarm.getRules()).containsExactly("skip-connections");
        assertThat(alarm.getReasons())
                .containsExactly("3 skip connections in the normal cell of epoch 8; 3 of 8 are a collapse");
        var told = derived();
        assertThat(told).extracting(GenotypeDerived::getEpoch).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, LAST_HEALTHY);
        assertThat(told.get(8).getFinalEpoch()).isTrue();
        assertThat(told.get(8).getSteered()).isTrue();
        assertThat(told.get(8).getGenotype())
                .isEqualTo(told.get(LAST_HEALTHY - 1).getGenotype());
    }

    @Test
    void shouldStopASearchThatHasSettled() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(AlphaCheckpointed.newBuilder(checkpoint("s1", epoch, 0, ACTING))
                    .setAlphas(checkpoint("s1", 1, 0, ACTING).getAlphas())
                    .build());
        }

        assertThat(steered()).singleElement().satisfies(word -> {
            assertThat(word.getAction()).isEqualTo(SteeringAction.STOP);
            assertThat(word.getAlarm()).isEqualTo(Alarm.SETTLED);
            assertThat(word.getEpoch()).isEqualTo(11);
        });
        assertThat(results()).extracting(GenotypeDerived::getEpoch).containsExactly(11);
    }

    /** Its cell is as that of another supernet was, which says nothing of this one. */
    @Test
    void shouldLookAtTheStageAloneThatASearchIsIn() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(AlphaCheckpointed.newBuilder(checkpoint("s1", epoch, 0, ACTING))
                    .setAlphas(checkpoint("s1", 1, 0, ACTING).getAlphas())
                    .setStageFrom(epoch < 7 ? 1 : 7)
                    .build());
        }

        assertThat(steered()).isEmpty();
        assertThat(results()).extracting(GenotypeDerived::getEpoch).containsExactly(EPOCHS);
    }

    @Test
    void shouldGiveASearchThatIsMadeAnewTheResultOfTheOther() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(collapsing("s1", epoch, RELAUNCHING));
        }
        var end = steered().get(1);
        assertThat(end.getAction()).isEqualTo(SteeringAction.RELAUNCH);
        assertThat(end.getEpoch()).isEqualTo(LAST_HEALTHY);
        var told = derived();
        assertThat(told).noneMatch(GenotypeDerived::getFinalEpoch);
        assertThat(told.get(told.size() - 1))
                .satisfies(fallback -> assertThat(fallback.getEpoch()).isEqualTo(LAST_HEALTHY))
                .satisfies(fallback -> assertThat(fallback.getSteered()).isTrue());

        sendSteering(relaunched("s1", "s2"));
        sendSteering(relaunched("s1", "s2"));
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(checkpoint("s2", epoch, 0, ACTING));
        }

        var found = results();
        assertThat(found).extracting(GenotypeDerived::getSearch).containsExactly("s2", "s1");
        assertThat(found).extracting(GenotypeDerived::getFoundBy).containsExactly("", "s2");
        assertThat(found.get(1).getGenotype()).isEqualTo(found.get(0).getGenotype());
    }

    /** What another run has searched already is there before anybody relaunches. */
    @Test
    void shouldGiveItThatResultAlsoWhereItWasThereBefore() {
        send(checkpoint("s2", EPOCHS, 0, ACTING));
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(collapsing("s1", epoch, RELAUNCHING));
        }
        assertThat(results()).extracting(GenotypeDerived::getSearch).containsExactly("s2");

        sendSteering(relaunched("s1", "s2"));

        assertThat(results()).extracting(GenotypeDerived::getSearch).containsExactly("s1");
    }

    @Test
    void shouldFallBackOnTheHealthyEpochWhereTheOtherCollapsesFromTheStart() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(collapsing("s1", epoch, RELAUNCHING));
        }
        sendSteering(relaunched("s1", "s2"));
        var healthy = derived().stream()
                .filter(GenotypeDerived::getSteered)
                .findFirst()
                .orElseThrow();

        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(checkpoint("s2", epoch, 8, ACTING));
        }

        var found = results();
        assertThat(found).extracting(GenotypeDerived::getSearch).containsExactly("s2", "s1");
        assertThat(found.get(1).getGenotype()).isEqualTo(healthy.getGenotype());
        assertThat(found.get(1).getEpoch()).isEqualTo(LAST_HEALTHY);
        assertThat(found.get(1).getFoundBy()).isEmpty();
    }

    /** Where an epoch has ten steps, three skip connections may be gone again; by the published rules they are an alarm. */
    @Test
    void shouldWaitInShortEpochsUntilTheLastUnlessItIsToGoByThePublishedRules() {
        var published = GuardSettings.newBuilder(ACTING).setRules("published").build();
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(shortened(collapsing("s1", epoch, ACTING)));
            send(shortened(collapsing("s2", epoch, published)));
        }

        var ends = steered().stream()
                .filter(word -> word.getAction() != SteeringAction.CONTINUE)
                .toList();
        assertThat(ends).extracting(SearchSteered::getSearch).containsExactly("s2", "s1");
        assertThat(ends).extracting(SearchSteered::getAt).containsExactly(LAST_HEALTHY + 2, EPOCHS);
    }

    /** The last epoch is as good as any other to notice it. */
    @Test
    void shouldNotEndWithACellThatCollapsesAtLast() {
        for (var epoch = 1; epoch < EPOCHS; epoch++) {
            send(checkpoint("s1", epoch, 0, ACTING));
        }
        send(checkpoint("s1", EPOCHS, 5, ACTING));

        assertThat(results()).extracting(GenotypeDerived::getEpoch).containsExactly(EPOCHS - 1);
    }

    @Test
    void shouldReadWhatWasMeasured() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(AlphaCheckpointed.newBuilder(checkpoint("s1", epoch, 0, null))
                    .setIndicators(Map.of("skipMass.normal", 0.3 + 0.01 * epoch, "discretizationGap", 0.2))
                    .build());
        }
        assertThat(steered())
                .extracting(SearchSteered::getRules)
                .containsExactly(List.of("discretization-gap"), List.of("skip-mass", "discretization-gap"));
    }

    /** Without a guard: a search from ResNet18 that has found another cell in its fifth epoch, and keeps to it. */
    @Test
    void shouldStopASearchByItsOwnMethodOnceTheDistanceFromItsStartHasSettled() {
        for (var epoch = 1; epoch <= EPOCHS; epoch++) {
            send(fromResNet18("s1", epoch, epoch < 5 ? 0 : 10));
        }

        assertThat(steered()).singleElement().satisfies(word -> {
            assertThat(word.getAction()).isEqualTo(SteeringAction.STOP);
            assertThat(word.getAlarm()).isEqualTo(Alarm.SETTLED);
            assertThat(word.getRules()).containsExactly("settled-distance");
            assertThat(word.getEpoch()).isEqualTo(8);
            assertThat(word.getReasons().get(0)).matches("the distance .* is 0\\.0[1-9].* at epoch 8, and .* 3 epochs");
            assertThat(word.getGuard()).isNull();
        });
        var found = results();
        assertThat(found).singleElement().satisfies(result -> {
            assertThat(result.getEpoch()).isEqualTo(8);
            assertThat(result.getGenotype()).contains("reductions=[1, 2, 3]").contains("bottleneck_1x3x1");
            assertThat(result.getFromStart())
                    .isEqualTo(ArchitectureDistance.between(
                            KnownNetwork.RESNET18.architecture(), DistributedGenotype.parse(result.getGenotype())))
                    .isPositive();
        });
    }

    /** Alphas as the search begins, but for one of a bottleneck in the last node. */
    private static AlphaCheckpointed fromResNet18(String search, int epoch, float bottleneck) {
        var space = CnnSpace.DARTOPTI_RESNET18;
        var layout = AlphaSharing.BY_CELL.layout(space, 4);
        var network = KnownNetwork.RESNET18.architecture();
        var values = new ArrayList<Float>();
        for (var held : DiscreteMixture.of(space, layout, network)) {
            values.add(10 * held);
        }
        var place = space.cell().edgeIndex(3, 1) * space.candidateCount()
                + space.candidates().indexOf(Primitive.BOTTLENECK_1X3X1);
        values.set(place, bottleneck);
        return AlphaCheckpointed.newBuilder(checkpoint(search, epoch, 0, null))
                .setSpace(space.id())
                .setAlphas(List.of(new AlphaMatrix("cell0", space.edgeCount(), space.candidateCount(), values)))
                .setRelaxation("sigmoid")
                .setDerivation("threshold-edge")
                .setThreshold(0.85)
                .setIndicators(Map.of("alphaGradNorm.cell0", epoch == 1 ? 0.0 : 1.0))
                .setStop(new StopSettings(1e-3, 3, 2))
                .build();
    }

    private static AlphaCheckpointed collapsing(String search, int epoch, @Nullable GuardSettings guard) {
        return checkpoint(search, epoch, Math.max(0, epoch - LAST_HEALTHY + 1) * (epoch > LAST_HEALTHY ? 1 : 0), guard);
    }

    private static AlphaCheckpointed shortened(AlphaCheckpointed checkpoint) {
        return AlphaCheckpointed.newBuilder(checkpoint)
                .setStep(10L * checkpoint.getEpoch())
                .build();
    }

    /** A cell of so many skip connections and, for the rest, separable convolutions; no two epochs have the same. */
    private static AlphaCheckpointed checkpoint(String search, int epoch, int skips, @Nullable GuardSettings guard) {
        return AlphaCheckpointed.newBuilder()
                .setSearch(search)
                .setRun("r1")
                .setSpace("darts-cnn")
                .setSeed(7)
                .setEpoch(epoch)
                .setEpochs(EPOCHS)
                .setStep(epoch * 400L)
                .setAttempt(1)
                .setAlphas(List.of(matrix("normal", skips, epoch), matrix("reduce", 0, epoch)))
                .setTrainLoss(1)
                .setTrainAccuracy(0.5)
                .setValidLoss(1)
                .setValidAccuracy(0.5)
                .setCheckpoint(new ArtifactRef("s3://nas/x", "00", 1L))
                .setFinalEpoch(epoch == EPOCHS)
                .setDeviceSeconds(1)
                .setDevice("cpu")
                .setGuard(guard)
                .build();
    }

    /** The first two edges into each node are the strongest; of these the first so many prefer the skip connection. */
    private static AlphaMatrix matrix(String cell, int skips, int epoch) {
        var space = CnnSpace.DARTS;
        var values = new Float[space.edgeCount() * space.candidateCount()];
        Arrays.fill(values, 0f);
        var kept = 0;
        for (var edge : space.cell().edges()) {
            var strong = edge.from() < 2;
            var other = epoch % 2 == 0 && edge.index() == 0 ? Primitive.SEP_CONV_5X5 : Primitive.SEP_CONV_3X3;
            var preferred = strong && kept++ < skips ? Primitive.SKIP_CONNECT : other;
            values[edge.index() * space.candidateCount() + space.candidates().indexOf(preferred)] = strong ? 3f : 1f;
        }
        return new AlphaMatrix(cell, space.edgeCount(), space.candidateCount(), new ArrayList<>(List.of(values)));
    }

    private static SearchRelaunched relaunched(String search, String successor) {
        return SearchRelaunched.newBuilder()
                .setSearch(search)
                .setRun("r1")
                .setSuccessor(successor)
                .setRemedy("beta-decay")
                .setChange("method beta-darts in the place of darts-first-order")
                .setNumber(1)
                .setSettings(SearchSettings.newBuilder()
                        .setSpace("darts-cnn")
                        .setMethod("beta-darts")
                        .setCells(3)
                        .setChannels(4)
                        .setEpochs(EPOCHS)
                        .setBatchSize(8)
                        .setTrainPortion(0.5)
                        .setLearningRate(0.025)
                        .setLearningRateMin(0)
                        .setMomentum(0.9)
                        .setWeightDecay(3e-4)
                        .setGradientClip(5)
                        .setAlphaLearningRate(3e-4)
                        .setAlphaBeta1(0.5)
                        .setAlphaBeta2(0.999)
                        .setAlphaWeightDecay(1e-3)
                        .build())
                .build();
    }

    private void send(AlphaCheckpointed checkpoint) {
        driver.createInputTopic(Topics.ALPHAS.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(checkpoint.getSearch(), Topics.ALPHAS.encode(checkpoint));
    }

    private void sendSteering(SpecificRecord word) {
        driver.createInputTopic(Topics.STEERING.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("s1", Topics.STEERING.encode(word));
    }

    private List<SearchSteered> steered() {
        return steering.readValuesToList().stream()
                .map(Topics.STEERING::decode)
                .filter(SearchSteered.class::isInstance)
                .map(SearchSteered.class::cast)
                .toList();
    }

    private List<GenotypeDerived> derived() {
        return genotypes.readValuesToList().stream()
                .map(Topics.GENOTYPES::decode)
                .toList();
    }

    private List<GenotypeDerived> results() {
        return derived().stream().filter(GenotypeDerived::getFinalEpoch).toList();
    }
}
