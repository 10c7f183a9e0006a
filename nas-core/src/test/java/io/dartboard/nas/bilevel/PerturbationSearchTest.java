package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.bilevel.Derivatives.Wanted;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.Projection.EdgeDecided;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.SnapshotRecorder;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.RecurrentPrimitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Copy;
import io.dartboard.nas.text.data.MadeCorpus;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.SmallTextSearch;
import io.dartboard.nas.text.search.TextSearch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches that decide by perturbation, in spaces of few edges. */
class PerturbationSearchTest {
    private static final CnnSpace CELLS = new CnnSpace(
            "two-nodes", List.of(Primitive.NONE, Primitive.SKIP_CONNECT, Primitive.SEP_CONV_3X3), new CellShape(2, 2));
    private static final RecurrentSpace RECURRENT = new RecurrentSpace(
            "two-nodes",
            List.of(RecurrentPrimitive.NONE, RecurrentPrimitive.TANH, RecurrentPrimitive.IDENTITY),
            new CellShape(1, 2));
    private static final SearchMethod BRIEF = SearchMethods.DARTS_PT.with(Map.of("tuneEpochs", 1.0));

    static Stream<SearchSetup> searches() {
        return Stream.of(images(BRIEF), images(perturbed()), text());
    }

    /** Five edges and a node of a convolutional cell, three edges and a node of a recurrent one, an epoch apart. */
    @ParameterizedTest
    @MethodSource("searches")
    void shouldGoOnBitByBitFromAnyStepWhileItDecides(SearchSetup setup) {
        SnapshotRecorder<SearchReport> whole = new SnapshotRecorder<>();
        try (SearchLoop loop = SearchLoop.start(setup)) {
            assertThat(loop.run(whole).finished()).isTrue();
        }
        int rounds = setup.projection().rounds();
        assertThat(whole.epochs).hasSize(rounds + 1);
        Projection end = whole.epochs.get(rounds).projection();
        assertThat(whole.epochs.get(0).projection().isEmpty()).isTrue();
        assertThat(whole.epochs.get(1).projection().edges())
                .hasSize(setup.alphas().groups().size());
        assertThat(end.edges())
                .hasSize(setup.alphas().groups().size() * setup.space().edgeCount());
        assertThat(end.nodes()).hasSize(setup.alphas().groups().size());
        assertThat(whole.lastSnapshot().content().tensors().keySet())
                .contains("projection.edges", "projection.nodes.losses");
        assertThat(whole.snapshots.get(0).content().tensors().keySet())
                .noneMatch(name -> name.startsWith("projection"));

        // A third of the way through what follows the search, within an epoch, and the last step.
        int all = whole.snapshots.size();
        for (int at : new int[] {all / 3, all / 2, all - 2}) {
            SnapshotRecorder<SearchReport> resumed = new SnapshotRecorder<>();
            Snapshot stored = Snapshot.of(whole.snapshots.get(at).bytes());
            try (SearchLoop loop = SearchLoop.resume(setup, stored)) {
                loop.run(resumed);
            }
            assertThat(resumed.epochs)
                    .as("from snapshot %d of %d", at, all)
                    .isNotEmpty()
                    .isEqualTo(whole.epochs.subList(rounds + 1 - resumed.epochs.size(), rounds + 1));
            assertThat(resumed.lastSnapshot()).isEqualTo(whole.lastSnapshot());
        }
    }

    @Test
    void shouldDecideNoMoreThanOnceAndRepeatARoundThatWasGivenUp() {
        SearchSetup setup = images(BRIEF);
        SnapshotRecorder<SearchReport> whole = new SnapshotRecorder<>();
        try (SearchLoop loop = SearchLoop.start(setup)) {
            loop.run(whole);
        }
        // The first round follows the second epoch; its judgement takes two batches, and a round's first measure two
        // more.
        LoopRecorder<SearchReport> impatient = new LoopRecorder<>() {
            private int asked;

            @Override
            public boolean wantsStop() {
                return epochs.size() == 1 && ++asked > 3;
            }
        };
        try (SearchLoop loop = SearchLoop.start(setup)) {
            assertThat(loop.run(impatient).finished()).isFalse();
        }
        assertThat(impatient.epochs).hasSize(1);
        SnapshotRecorder<SearchReport> resumed = new SnapshotRecorder<>();
        try (SearchLoop loop = SearchLoop.resume(setup, impatient.lastSnapshot())) {
            loop.run(resumed);
        }

        assertThat(resumed.epochs).isEqualTo(whole.epochs.subList(1, whole.epochs.size()));
    }

    @Test
    void shouldMixAnEdgeThatIsDecidedByItsCandidateAloneWithoutAGradientForItsAlphas() {
        SearchSetup setup = images(BRIEF);
        LoopRecorder<SearchReport> stopped = new LoopRecorder<>(8, Directive.STOP);
        try (SearchLoop loop = SearchLoop.start(setup)) {
            loop.run(stopped);
            Projection decided = stopped.epochs.get(stopped.epochs.size() - 1).projection();
            assertThat(decided.isEmpty()).isFalse();
            AlphaLayout layout = setup.alphas();

            try (NDManager scope = loop.state().openScope()) {
                BilevelPoint point = BRIEF.judged(loop.state().point(), new Moment(0, 2, 0.1));
                float[] mixture = Copy.toHost(point.relaxed(scope).alphas().values());
                NDArray gradient = point.differentiate(scope, setup.open(scope).signs(scope, 0), Wanted.ALPHAS)
                        .alphaGradient();
                float[] slopes = Copy.toHost(gradient);

                for (AlphaLayout.Group group : layout.groups()) {
                    for (int edge = 0; edge < CELLS.edgeCount(); edge++) {
                        int row = Projection.row(layout, group.name(), edge);
                        boolean isDecided = decided.decides(group.name(), edge);
                        float steepest = 0;
                        for (int candidate = 0; candidate < 3; candidate++) {
                            steepest = Math.max(steepest, Math.abs(slopes[row + candidate]));
                            if (isDecided) {
                                assertThat(mixture[row + candidate])
                                        .isEqualTo(isKept(decided, group.name(), edge, candidate) ? 1f : 0f);
                            } else {
                                assertThat(mixture[row + candidate]).isBetween(0.2f, 0.5f);
                            }
                        }
                        if (isDecided) {
                            assertThat(steepest).isZero();
                        } else {
                            assertThat(steepest).isPositive();
                        }
                    }
                }
            }
        }
    }

    private static boolean isKept(Projection decided, String group, int edge, int candidate) {
        return decided.edges().stream()
                .filter(each -> each.group().equals(group) && each.edge() == edge)
                .map(EdgeDecided::candidate)
                .toList()
                .equals(List.of(candidate));
    }

    @Test
    void shouldRefuseToReadWhatIsDecidedOfAnotherSpace() {
        EdgeDecided beyond = new EdgeDecided("normal", 5, 1, List.of(), List.of());
        EdgeDecided unknown = new EdgeDecided("cell0", 0, 1, List.of(), List.of());
        EdgeDecided candidate = new EdgeDecided("normal", 0, 3, List.of(), List.of());
        Map<EdgeDecided, String> refused = Map.of(
                beyond, "alphas 'normal' have 5 edges (was 5)",
                unknown, "there are no alphas 'cell0' among normal (5, 3), reduce (5, 3)",
                candidate, "an edge of alphas 'normal' chooses among 3 candidates (was 3)");
        AlphaLayout layout = AlphaLayout.sharedByKind(CELLS);

        refused.forEach((decided, line) -> assertThatThrownBy(() -> Projection.NONE
                        .with(decided)
                        .derive(DerivationRule.of(CELLS), Alphas.of(layout, new float[layout.size()])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(line));
    }

    /** As the authors have SDARTS-RS with it. */
    private static SearchMethod perturbed() {
        return Composition.of("sdarts-rs", Map.of("derivation", "perturbation"), ImageSearch.METHODS)
                .among(ImageSearch.METHODS)
                .with(Map.of("tuneEpochs", 1.0));
    }

    private static SearchSetup images(SearchMethod method) {
        SearchConfig config = new SearchConfig(
                4, 3, 7, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-2, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(8, 8), "made");
        return new ImageSearch(Device.cpu(), CELLS, method, config, images, 1, 1);
    }

    private static SearchSetup text() {
        RecurrentSearchConfig config = SmallTextSearch.of(5, 4);
        return new TextSearch(Device.cpu(), RECURRENT, BRIEF, config, MadeCorpus.of(24, 12), 1);
    }
}
