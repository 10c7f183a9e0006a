package io.dartboard.nas.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.AlphaMatrix;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.alpha.Softmax;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.searchspace.CellShape;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.Primitive;
import io.dartboard.nas.searchspace.RecurrentSpace;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two nodes: the first reads both inputs, on edges 0 and 1, the second two of three states, on edges 2, 3 and 4. */
class RestrictedSkipsTest {
    private static final CnnSpace SPACE = new CnnSpace(
            "two-nodes",
            List.of(Primitive.NONE, Primitive.SKIP_CONNECT, Primitive.SEP_CONV_3X3, Primitive.DIL_CONV_3X3),
            new CellShape(2, 2));

    /** As at the end of a last stage: three candidates of an edge are left, their weights in hundredths. */
    private static AlphaMatrix weights(int[]... percent) {
        float[] alphas = new float[5 * 4];
        for (int i = 0; i < alphas.length; i++) {
            int weight = percent[i / 4][i % 4];
            alphas[i] = weight == 0 ? KeptCandidates.DROPPED : (float) Math.log(weight / 100.0);
        }
        return AlphaMatrix.of(5, 4, alphas);
    }

    private static final AlphaMatrix SKIPPING = weights(
            new int[] {0, 60, 30, 10}, // 0: skip 60, else sep 30
            new int[] {20, 45, 35, 0}, // 1: skip 45, else sep 35
            new int[] {0, 50, 10, 40}, // 2: skip 50, else dil 40
            new int[] {10, 48, 0, 42}, // 3: skip 48, else dil 42
            new int[] {0, 20, 43, 37}); // 4: sep 43

    private static String normal(int most) {
        Map<String, AlphaMatrix> groups = new LinkedHashMap<>();
        groups.put("normal", SKIPPING);
        groups.put("reduce", SKIPPING);
        Derivation derivation =
                new RestrictedSkips(most).rule(SPACE, new Softmax()).derive(new Alphas(groups));
        Genotype genotype = (Genotype) derivation.architecture();
        assertThat(derivation.indicators().orElseThrow().normalSkips())
                .isEqualTo(genotype.normal().count(Primitive.SKIP_CONNECT))
                .isLessThanOrEqualTo(most);
        // The reduction cell keeps what it has.
        assertThat(genotype.reduce().count(Primitive.SKIP_CONNECT)).isEqualTo(4);
        return genotype.normal().genes().stream()
                .map(gene -> "%s<-%d".formatted(gene.op().publishedName(), gene.from()))
                .toList()
                .toString();
    }

    /**
     * Worked by hand. With four skips the weakest, 45, is that of edge 1, which must stay and falls back on sep 35. Then 48 of edge 3
     * is the weakest: the edge falls to dil 42, behind edge 4 with 43, which takes its place. Then 50 of edge 2: it falls to dil 40,
     * and edge 3 with its dil 42 is back. At last 60 of edge 0, which must stay.
     */
    @Test
    void shouldTakeTheWeightOfTheWeakestSkipAndReadTheCellAnew() {
        assertThat(normal(8)).isEqualTo("[skip_connect<-0, skip_connect<-1, skip_connect<-0, skip_connect<-1]");
        assertThat(normal(3)).isEqualTo("[skip_connect<-0, sep_conv_3x3<-1, skip_connect<-0, skip_connect<-1]");
        assertThat(normal(2)).isEqualTo("[skip_connect<-0, sep_conv_3x3<-1, skip_connect<-0, sep_conv_3x3<-2]");
        assertThat(normal(1)).isEqualTo("[skip_connect<-0, sep_conv_3x3<-1, sep_conv_3x3<-2, dil_conv_3x3<-1]");
        assertThat(normal(0)).isEqualTo("[sep_conv_3x3<-1, sep_conv_3x3<-0, sep_conv_3x3<-2, dil_conv_3x3<-1]");
    }

    @Test
    void shouldReadAsDartsDoesWhereThereAreFewSkips() {
        float[] alphas = new float[2 * 5 * 4];
        for (int i = 0; i < alphas.length; i++) {
            alphas[i] = i % 7 - (i % 4 == 1 ? 9 : 0);
        }
        Alphas few = Alphas.of(AlphaLayout.sharedByKind(SPACE), alphas);

        assertThat(new RestrictedSkips(2).rule(SPACE, new Softmax()).derive(few))
                .isEqualTo(Discretization.STRONGEST.rule(SPACE, new Softmax()).derive(few));
    }

    /** What an edge has dropped does not come back, even where it has nothing but its skip connection left. */
    @Test
    void shouldLeaveASkipWhereAnEdgeHasNothingElse() {
        float[] alphas = new float[2 * 5 * 4];
        Arrays.fill(alphas, KeptCandidates.DROPPED);
        for (int edge = 0; edge < 10; edge++) {
            alphas[edge * 4 + 1] = 0;
        }
        Alphas skips = Alphas.of(AlphaLayout.sharedByKind(SPACE), alphas);

        Genotype genotype = (Genotype)
                new RestrictedSkips(2).rule(SPACE, new Softmax()).derive(skips).architecture();

        assertThat(genotype.normal().count(Primitive.SKIP_CONNECT)).isEqualTo(4);
    }

    @Test
    void shouldFallBackOnTheNextOfAnEdgeInNasBench201() {
        NasBench201Space space = NasBench201Space.PUBLISHED;
        int skip = space.skip().orElseThrow();
        float[] alphas = new float[6 * 5];
        for (int edge = 0; edge < 6; edge++) {
            alphas[edge * 5 + skip] = edge == 5 ? -1 : 6 - edge; // 6, 5, 4, 3, 2, -1
            alphas[edge * 5 + 3] = 1; // nor_conv_3x3
        }
        Alphas five = Alphas.of(AlphaLayout.sharedByKind(space), alphas);

        Derivation derivation =
                new RestrictedSkips(2).rule(space, new Softmax()).derive(five);

        assertThat(derivation.architecture())
                .isEqualTo(
                        NasBench201Genotype.parse(
                                "|skip_connect~0|+|skip_connect~0|nor_conv_3x3~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|"));
        assertThat(derivation.indicators().orElseThrow().normalSkips()).isEqualTo(2);
    }

    @Test
    void shouldBeKnownByItsNameAndRefuseWhatItCannotCount() {
        assertThat(Discretization.of("restricted-skips", 0, 3)).isEqualTo(new RestrictedSkips(3));
        assertThatThrownBy(() -> new RestrictedSkips(-1))
                .hasMessage("mostSkips must be at least 0 (0 leaves none) (was -1)");
        assertThatThrownBy(() -> new RestrictedSkips(2).rule(RecurrentSpace.DARTS, new Softmax()))
                .hasMessage(
                        "derivation restricted-skips cannot read cells of space 'darts-rnn': a recurrent cell has no skip connections to be counted");
    }
}
