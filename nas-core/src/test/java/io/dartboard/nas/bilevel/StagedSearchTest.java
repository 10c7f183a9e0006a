package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.derive.Derivation;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotRecorder;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.tensor.Handles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A search in three stages of two epochs of three steps, the first of an epoch without a step of the alphas. */
class StagedSearchTest {
    private static final SearchMethod METHOD = SearchMethods.P_DARTS.with(
            Map.of("stageCells", 1.0, "stageWarmup", 0.5, "firstSkipDropout", 0.3, "mostSkips", 1.0));
    private static final int EPOCHS = 6;
    private static final int STEPS = 3;

    private static SearchSetup search(SearchMethod method) {
        SearchConfig config = new SearchConfig(
                4, 3, EPOCHS, 4, 0.5, 0.025, 0, 0.9, 3e-4, 5, new AdamSettings(3e-2, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(8, 8), "made");
        return new ImageSearch(Device.cpu(), CnnSpace.DARTS, method, config, images, 1, 1);
    }

    private static SnapshotRecorder<SearchReport> whole;

    @BeforeAll
    static void searchWhole() {
        whole = whole(METHOD);
    }

    private static SnapshotRecorder<SearchReport> whole(SearchMethod method) {
        SnapshotRecorder<SearchReport> whole = new SnapshotRecorder<>();
        try (SearchLoop loop = SearchLoop.start(search(method))) {
            assertThat(loop.run(whole).finished()).isTrue();
        }
        return whole;
    }

    @Test
    void shouldKeepFewerCandidatesInADeeperSupernetFromStageToStage() {
        assertThat(whole.epochs.stream().map(report -> left(report.alphas())))
                .containsExactly(Set.of(8), Set.of(8), Set.of(5), Set.of(5), Set.of(3), Set.of(3));
        assertThat(whole.snapshots.stream().map(StagedSearchTest::cells).distinct())
                .containsExactly(3L, 4L, 5L);
        for (int epoch : new int[] {1, 3}) {
            Alphas end = whole.epochs.get(epoch).alphas();
            KeptCandidates next = KeptCandidates.of(whole.epochs.get(epoch + 1).alphas());
            assertThat(next).isEqualTo(KeptCandidates.strongest(end, METHOD.relaxation(), epoch == 1 ? 5 : 3));
        }
    }

    @Test
    void shouldBeginEveryStageAnew() {
        List<Alphas> begins = new ArrayList<>();
        for (int stage = 0; stage < 3; stage++) {
            // Where the stage before has ended, or in the first one after its first step, which moves the weights
            // alone.
            Snapshot begin = whole.at(stage == 0 ? 0 : 2 * stage, stage == 0 ? 1 : 0);
            begins.add(SearchState.alphas(search(METHOD).alphas(), begin));
            if (stage > 0) {
                assertThat(begin.tensor("adam.steps").longs()).containsExactly(0);
                assertThat(begin.tensor("adam.first").floats()).containsOnly(0f);
                assertThat(begin.tensor("sgd.momentum").floats()).containsOnly(0f);
            }
        }

        for (Alphas begin : begins) {
            for (float alpha : begin.toArray()) {
                assertThat(KeptCandidates.isDropped(alpha) || Math.abs(alpha) < 0.006f)
                        .isTrue();
            }
        }
        assertThat(KeptCandidates.of(begins.get(1)).over(begins.get(0))).isNotEqualTo(begins.get(1));
        assertThat(whole.epochs.stream().map(SearchReport::learningRate).toList())
                .isEqualTo(List.of(0.025, 0.0125, 0.025, 0.0125, 0.025, 0.0125));
        // In the first epoch of each stage the alphas stay as they are.
        assertThat(whole.epochs.stream()
                        .map(report -> report.group("normal").gradientNorm().isPresent()))
                .containsExactly(false, true, false, true, false, true);
    }

    /** From a step of each stage, from its last step before it is judged, and from where two stages meet. */
    @Test
    void shouldGoOnBitByBitFromAnyStepOfAnyStage() {
        int drawn = new RandomStreams(Long.getLong("resume.seed", 1))
                .stream("stages").nextInt(EPOCHS * STEPS);
        List<Snapshot> from = new ArrayList<>(List.of(
                whole.at(0, 2),
                whole.at(1, STEPS),
                whole.at(2, 0),
                whole.at(2, 1),
                whole.at(3, STEPS),
                whole.at(4, 0),
                whole.at(5, 2)));
        from.add(whole.at(drawn / STEPS, 1 + drawn % STEPS));

        for (Snapshot snapshot : from) {
            SnapshotRecorder<SearchReport> resumed = new SnapshotRecorder<>();
            try (SearchLoop loop = SearchLoop.resume(search(METHOD), Snapshot.of(snapshot.bytes()))) {
                loop.run(resumed);
            }
            assertThat(resumed.epochs)
                    .as("from epoch %d, step %d", snapshot.epoch(), snapshot.step())
                    .isNotEmpty()
                    .isEqualTo(whole.epochs.subList(EPOCHS - resumed.epochs.size(), EPOCHS));
            assertThat(resumed.lastSnapshot()).isEqualTo(whole.lastSnapshot());
        }
    }

    @Test
    void shouldLeaveTheAlphasOfDroppedCandidatesAloneWithoutAGradient() {
        SearchMethod decaying = Composition.of("p-darts", Map.of("penalty", "beta-decay"), ImageSearch.METHODS)
                .among(ImageSearch.METHODS)
                .with(Map.of("stageCells", 0.0, "stageWarmup", 0.0));
        LoopRecorder<SearchReport> stopped = new LoopRecorder<>(3L * STEPS, Directive.STOP);
        try (SearchLoop loop = SearchLoop.start(search(decaying))) {
            loop.run(stopped);
            SearchState state = loop.state();
            float[] alphas = state.alphas().toArray();
            SearchSetup whole = search(decaying);
            SearchSetup second = whole.in(whole.stage(2), KeptCandidates.of(state.alphas()));
            try (NDManager scope = state.openScope()) {
                BilevelPoint point = decaying.judged(state.point(), new Moment(0, 2, 0.1));
                float[] mixture = Copy.toHost(point.relaxed(scope).alphas().values());
                float[] slopes = Copy.toHost(
                        point.differentiate(scope, second.open(scope).signs(scope, 0), Derivatives.Wanted.ALPHAS)
                                .alphaGradient());
                int dropped = 0;
                for (int i = 0; i < alphas.length; i++) {
                    if (KeptCandidates.isDropped(alphas[i])) {
                        dropped++;
                        assertThat(mixture[i]).isZero();
                        assertThat(slopes[i]).isZero();
                    } else {
                        assertThat(Math.abs(alphas[i])).isLessThan(1);
                        assertThat(mixture[i]).isBetween(0.1f, 0.4f);
                    }
                }
                assertThat(dropped).isEqualTo(2 * 14 * 3);
            }
        }
    }

    @Test
    void shouldDeriveACellOfWhatIsLeftWithFewSkips() {
        for (SearchReport report : whole.epochs) {
            Derivation derivation = METHOD.discretization()
                    .rule(CnnSpace.DARTS, METHOD.relaxation())
                    .derive(report.alphas());
            assertThat(derivation.indicators().orElseThrow().normalSkips())
                    .isEqualTo(report.signs().normalSkips().orElseThrow())
                    .isLessThanOrEqualTo(1);
            KeptCandidates kept = KeptCandidates.of(report.alphas());
            derivation
                    .architecture()
                    .kept()
                    .forEach((cell, operations) -> operations.forEach(operation -> assertThat(kept.keeps(
                                    cell,
                                    CnnSpace.DARTS.cell().edgeIndex(operation.node(), operation.from()),
                                    CnnSpace.DARTS.candidates().indexOf(operation.operation())))
                            .isTrue()));
        }
    }

    @Test
    void shouldDropOutInTrainingAndNotInAJudgement() {
        SearchMethod without = METHOD.with(Map.of("firstSkipDropout", 0.0));

        // The same weights, before the first step of either.
        assertThat(whole(without).epochs.get(0).train())
                .isNotEqualTo(whole.epochs.get(0).train());
        SearchSetup setup = search(METHOD);
        try (SearchLoop loop = SearchLoop.start(setup);
                SearchLoop plain = SearchLoop.start(search(without))) {
            Fit judged = judged(setup, loop);
            assertThat(judged).isEqualTo(judged(setup, loop));
            assertThat(judged.loss()).isCloseTo(judged(search(without), plain).loss(), within(1e-5));
        }
    }

    private static Fit judged(SearchSetup setup, SearchLoop loop) {
        try (NDManager scope = loop.state().openScope()) {
            BilevelPoint point = setup.method().judged(loop.state().point(), new Moment(0, 2, 0.1));
            return setup.open(scope).judge(scope, point, 0, () -> false).orElseThrow();
        }
    }

    @Test
    void shouldCloseTheSupernetOfAStageWithIt() {
        List<NDManager> scopes = new ArrayList<>();
        List<List<Integer>> held = new ArrayList<>();
        try (SearchLoop loop = SearchLoop.start(search(METHOD))) {
            loop.run(new LoopRecorder<>() {
                @Override
                public Directive afterStep(StepReport report) {
                    NDManager scope = loop.state().scope();
                    if (!scopes.contains(scope)) {
                        scopes.forEach(earlier -> assertThat(earlier.isOpen()).isFalse());
                        scopes.add(scope);
                        held.add(new ArrayList<>());
                    }
                    held.get(held.size() - 1).add(Handles.heldBy(scope));
                    return Directive.CONTINUE;
                }
            });
        }

        assertThat(scopes).hasSize(3).allSatisfy(scope -> assertThat(scope.isOpen())
                .isFalse());
        assertThat(held).allSatisfy(ofStage -> assertThat(ofStage).containsOnly(ofStage.get(0)));
    }

    @Test
    void shouldRefuseASnapshotOfOtherStages() {
        SearchMethod other = METHOD.with(Map.of("secondCandidates", 6.0));

        assertThatThrownBy(() -> SearchLoop.resume(search(other), whole.lastSnapshot()))
                .hasMessageContaining("method.secondCandidates");
    }

    /** How many candidates edges have left. */
    private static Set<Integer> left(Alphas alphas) {
        return alphas.groups().values().stream()
                .flatMap(matrix -> Arrays.stream(rows(matrix)))
                .collect(Collectors.toSet());
    }

    private static Integer[] rows(AlphaMatrix matrix) {
        Integer[] left = new Integer[matrix.edges()];
        for (int edge = 0; edge < left.length; edge++) {
            left[edge] = 0;
            for (float alpha : matrix.row(edge)) {
                left[edge] += KeptCandidates.isDropped(alpha) ? 0 : 1;
            }
        }
        return left;
    }

    private static long cells(Snapshot snapshot) {
        return snapshot.content().tensors().keySet().stream()
                .filter(name -> name.startsWith("weight.cells."))
                .map(name -> name.split("\\.")[2])
                .distinct()
                .count();
    }
}
