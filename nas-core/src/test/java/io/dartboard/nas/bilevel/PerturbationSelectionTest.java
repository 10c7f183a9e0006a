package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.bilevel.PerturbationSelection.Measure;
import io.dartboard.nas.derive.DerivationRule;
import io.dartboard.nas.derive.Projection;
import io.dartboard.nas.derive.Projection.EdgeDecided;
import io.dartboard.nas.derive.Projection.NodeDecided;
import io.dartboard.nas.genotype.CellGenotype;
import io.dartboard.nas.genotype.Gene;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.Edge;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a made measure: the accuracy is a sum over candidates of weight times merit, so that each is missed by just that. */
class PerturbationSelectionTest {
    private static final CnnSpace SPACE = new CnnSpace(
            "two-nodes",
            List.of(Primitive.NONE, Primitive.SKIP_CONNECT, Primitive.SEP_CONV_3X3, Primitive.MAX_POOL_3X3),
            new CellShape(2, 2));

    private final RandomGenerator random = new RandomStreams(7).stream("made");

    @Test
    void shouldKeepWhatTheAccuracyMissesMostAndNotWhatWeighsMost() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        Alphas alphas = Alphas.of(layout, drawn(layout.size(), 3));
        float[] weights = softmax(alphas);
        float[] merit = drawn(layout.size(), 1);
        Measure measure = mixture -> fit(0.5 + 0.01 * dot(mixture, merit));

        Projection decided = decide(SPACE, layout, weights, measure);

        assertThat(decided.edges()).hasSize(2 * 5);
        assertThat(decided.nodes()).hasSize(2);
        int againstTheAlphas = 0;
        for (EdgeDecided edge : decided.edges()) {
            int row = Projection.row(layout, edge.group(), edge.edge());
            // None is no operation, however much it is missed.
            List<Integer> operations = List.of(1, 2, 3);
            int missed = most(operations, each -> (double) weights[row + each] * merit[row + each]);
            assertThat(edge.candidate()).isEqualTo(missed);
            for (int i = 0; i < 3; i++) {
                double share = 0.01 * weights[row + 1 + i] * merit[row + 1 + i];
                double other = 0.01 * weights[row + 1] * merit[row + 1];
                assertThat(edge.accuracies().get(0) - edge.accuracies().get(i)).isCloseTo(share - other, within(1e-6));
            }
            againstTheAlphas += missed == most(operations, each -> (double) weights[row + each]) ? 0 : 1;
        }
        assertThat(againstTheAlphas).isPositive();
        for (NodeDecided node : decided.nodes()) {
            assertThat(node.node())
                    .as("the other has two edges, and keeps them")
                    .isEqualTo(1);
            List<Integer> byMerit = IntStream.of(2, 3, 4)
                    .boxed()
                    .sorted((one, other) -> Double.compare(
                            keptMerit(decided, layout, merit, node, other),
                            keptMerit(decided, layout, merit, node, one)))
                    .limit(2)
                    .sorted()
                    .toList();
            assertThat(node.kept()).isEqualTo(byMerit);
        }
    }

    private static double keptMerit(Projection decided, AlphaLayout layout, float[] merit, NodeDecided node, int edge) {
        return merit[Projection.row(layout, node.group(), edge) + candidate(decided, node.group(), edge)];
    }

    @Test
    void shouldDeriveTheCellThatWasDecided() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        Alphas alphas = Alphas.of(layout, drawn(layout.size(), 3));
        float[] merit = drawn(layout.size(), 1);

        Projection decided = decide(SPACE, layout, softmax(alphas), mixture -> fit(dot(mixture, merit)));

        Genotype derived =
                (Genotype) decided.derive(DerivationRule.of(SPACE), alphas).architecture();
        assertThat(derived.normal()).isEqualTo(cell(decided, "normal"));
        assertThat(derived.reduce()).isEqualTo(cell(decided, "reduce"));
        assertThat(derived).isNotEqualTo(DerivationRule.of(SPACE).derive(alphas).architecture());
    }

    private static CellGenotype cell(Projection decided, String group) {
        List<Integer> kept = new ArrayList<>(List.of(0, 1));
        decided.nodes().stream().filter(node -> node.group().equals(group)).forEach(node -> kept.addAll(node.kept()));
        List<Edge> edges = SPACE.cell().edges();
        return CellGenotype.ofPairs(
                kept.stream()
                        .map(edge -> new Gene(
                                SPACE.candidates().get(candidate(decided, group, edge)),
                                edges.get(edge).from()))
                        .toList(),
                List.of(2, 3));
    }

    @Test
    void shouldKeepAllEdgesInNasBench201AndAllowNone() {
        NasBench201Space space = NasBench201Space.PUBLISHED;
        AlphaLayout layout = AlphaLayout.sharedByKind(space);
        float[] weights = new float[layout.size()];
        Arrays.fill(weights, 0.2f);
        float[] merit = drawn(layout.size(), 1);
        for (int edge = 0; edge < 6; edge++) {
            merit[5 * edge] = edge == 2 ? 5 : -5;
        }

        Projection decided = decide(space, layout, weights, mixture -> fit(dot(mixture, merit)));

        assertThat(decided.nodes()).isEmpty();
        assertThat(decided.edges().stream().map(EdgeDecided::edge)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        for (EdgeDecided edge : decided.edges()) {
            assertThat(edge.candidate() == 0).isEqualTo(edge.edge() == 2);
            assertThat(edge.accuracies()).hasSize(5);
        }
    }

    @Test
    void shouldTellEqualAccuraciesApartByTheLossAndThenKeepTheEarlier() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        float[] weights = new float[layout.size()];
        Arrays.fill(weights, 0.25f);
        int[] measured = {0};
        Measure equal =
                mixture -> Optional.of(new Fit(1 + 0.1 * (measured[0]++ % 3 == 1 ? 1 : 0), OptionalDouble.of(0.5)));

        Projection one = selection(SPACE, layout)
                .decide(0, Projection.NONE, weights, equal)
                .orElseThrow();
        Projection same = selection(SPACE, layout)
                .decide(0, Projection.NONE, weights, mixture -> fit(0.5))
                .orElseThrow();

        assertThat(one.edges()).extracting(EdgeDecided::candidate).containsExactly(2, 2);
        assertThat(same.edges()).extracting(EdgeDecided::candidate).containsExactly(1, 1);
    }

    @Test
    void shouldGoByTheLossWhereThereIsNoAccuracy() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        float[] weights = new float[layout.size()];
        Arrays.fill(weights, 0.25f);
        int[] measured = {0};

        Projection decided = selection(SPACE, layout)
                .decide(
                        0,
                        Projection.NONE,
                        weights,
                        mixture -> Optional.of(new Fit(measured[0]++ % 3 == 2 ? 9 : 8, OptionalDouble.empty())))
                .orElseThrow();

        assertThat(decided.edges()).extracting(EdgeDecided::candidate).containsExactly(3, 3);
        assertThat(decided.edges().get(0).losses()).containsExactly(8.0, 8.0, 9.0);
        assertThat(decided.edges().get(0).accuracies()).isEmpty();
    }

    @Test
    void shouldDrawTheEdgesBySeedAndDecideNothingWhereItIsStopped() {
        AlphaLayout layout = AlphaLayout.sharedByKind(SPACE);
        float[] weights = new float[layout.size()];
        HashSet<List<Integer>> orders = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            PerturbationSelection selection = new PerturbationSelection(SPACE, layout, new RandomStreams(seed));
            Projection decided = Projection.NONE;
            for (int round = 0; round < 5; round++) {
                Projection next = selection
                        .decide(round, decided, weights, mixture -> fit(0.5))
                        .orElseThrow();
                assertThat(selection.decide(round, decided, weights, mixture -> fit(0.5)))
                        .contains(next);
                decided = next;
            }
            orders.add(decided.edges().stream().map(EdgeDecided::edge).toList());
        }
        assertThat(orders).hasSizeGreaterThan(15);

        int[] left = {4};
        assertThat(selection(SPACE, layout)
                        .decide(0, Projection.NONE, weights, mixture -> left[0]-- > 0 ? fit(0.5) : Optional.empty()))
                .isEmpty();
    }

    private static PerturbationSelection selection(SearchSpace space, AlphaLayout layout) {
        return new PerturbationSelection(space, layout, new RandomStreams(1));
    }

    private static Projection decide(SearchSpace space, AlphaLayout layout, float[] weights, Measure measure) {
        PerturbationSelection selection = selection(space, layout);
        int rounds = ProjectionPlan.of(SearchMethods.DARTS_PT.discretization(), space, 1_000)
                .rounds();
        Projection decided = Projection.NONE;
        for (int round = 0; round < rounds; round++) {
            decided = selection.decide(round, decided, weights, measure).orElseThrow();
        }
        return decided;
    }

    private static int candidate(Projection decided, String group, int edge) {
        return decided.edges().stream()
                .filter(each -> each.group().equals(group) && each.edge() == edge)
                .findFirst()
                .orElseThrow()
                .candidate();
    }

    private static int most(List<Integer> among, ToDoubleFunction<Integer> by) {
        return among.stream().max(Comparator.comparingDouble(by)).orElseThrow();
    }

    private static Optional<Fit> fit(double accuracy) {
        return Optional.of(new Fit(1, OptionalDouble.of(accuracy)));
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }

    private float[] drawn(int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    private static float[] softmax(Alphas alphas) {
        float[] weights = new float[alphas.layout().size()];
        int at = 0;
        for (AlphaMatrix matrix : alphas.groups().values()) {
            for (int edge = 0; edge < matrix.edges(); edge++) {
                for (double weight : new Softmax().weights(matrix.row(edge))) {
                    weights[at++] = (float) weight;
                }
            }
        }
        return weights;
    }
}
