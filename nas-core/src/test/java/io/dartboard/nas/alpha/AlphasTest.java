package io.dartboard.nas.alpha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.searchspace.CellKind;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlphasTest {
    private final Alphas alphas = Alphas.initial(CnnAlphas.DARTS, new RandomStreams(2).stream("alphas"));

    @Test
    void shouldStartNearZeroWithTheSpreadOfThePaper() {
        float[] flat = alphas.toArray();
        double mean = IntStream.range(0, flat.length)
                .mapToDouble(i -> flat[i])
                .average()
                .orElseThrow();
        double square = IntStream.range(0, flat.length)
                .mapToDouble(i -> flat[i] * (double) flat[i])
                .average()
                .orElseThrow();
        // 224 draws: 5 standard errors of their mean and of their standard deviation.
        assertThat(mean).isEqualTo(0, within(5e-3 / Math.sqrt(224)));
        assertThat(Math.sqrt(square)).isEqualTo(1e-3, within(5e-3 / Math.sqrt(2 * 224)));
    }

    @Test
    void shouldRestoreEveryBitFromTheFlatForm() {
        float[] flat = alphas.toArray();
        assertThat(flat).hasSize(2 * 14 * 8);
        assertThat(flat[14 * 8 + 9]).isEqualTo(alphas.of("reduce").at(1, 1));
        assertThat(Alphas.of(CnnAlphas.DARTS, flat)).isEqualTo(alphas);
        assertThat(alphas.layout()).isEqualTo(CnnAlphas.DARTS);
    }

    @Test
    void shouldRefuseWhatIsNotTheAlphasOfASpace() {
        assertThatThrownBy(() -> Alphas.of(CnnAlphas.DARTS, new float[223]))
                .hasMessage("there are 224 alphas in normal (14, 8), reduce (14, 8) (were 223)");
        assertThatThrownBy(() -> AlphaMatrix.of(2, 2, new float[] {0, 0, Float.NaN, 0}))
                .hasMessage("alpha of edge 1, candidate 0 is not finite (was NaN)");
        assertThatThrownBy(() -> AlphaMatrix.of(2, 2, new float[3]))
                .hasMessage("alphas of 2 edges and 2 candidates need 4 values (were 3)");
        AlphaMatrix small = AlphaMatrix.of(2, 2, new float[4]);
        assertThatThrownBy(() -> CnnAlphas.of(small, small).require(CnnAlphas.DARTS))
                .hasMessage("the alphas must be normal (14, 8), reduce (14, 8) (were normal (2, 2), reduce (2, 2))");
        assertThatThrownBy(() -> alphas.of("recurrent"))
                .hasMessage("there are no alphas 'recurrent' among [normal, reduce]");
    }

    @Test
    void shouldNotChangeWithTheArraysItWasMadeFromOrGaveOut() {
        float[] values = {1, 2};
        AlphaMatrix matrix = AlphaMatrix.of(1, 2, values);
        values[0] = 9;
        matrix.toArray()[1] = 9;
        matrix.row(0)[1] = 9;
        assertThat(matrix).isEqualTo(AlphaMatrix.of(1, 2, new float[] {1, 2}));
    }

    @Test
    void shouldTellApartWhatDiffersInOneBit() {
        float[] values = alphas.of("normal").toArray();
        values[50] = Math.nextUp(values[50]);
        assertThat(AlphaMatrix.of(14, 8, values)).isNotEqualTo(alphas.of("normal"));
        assertThat(alphas.of(CellKind.REDUCE)).isEqualTo(alphas.of("reduce")).isNotEqualTo(alphas.of(CellKind.NORMAL));
    }
}
