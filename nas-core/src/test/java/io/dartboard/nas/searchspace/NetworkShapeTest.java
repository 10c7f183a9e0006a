package io.dartboard.nas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkShapeTest {
    @ParameterizedTest
    @CsvSource({"3,1,2", "4,1,2", "8,2,5", "14,4,9", "20,6,13"})
    void shouldReduceAtOneAndTwoThirds(int cells, int first, int second) {
        NetworkShape shape = new NetworkShape(16, cells, 10);
        List<Integer> reductions =
                IntStream.range(0, cells).filter(shape::reducesAt).boxed().toList();
        assertThat(reductions).containsExactly(first, second);
        assertThat(shape.auxiliaryCell()).isEqualTo(second);
    }

    @Test
    void shouldDoubleTheChannelsAtEachReduction() {
        NetworkShape shape = new NetworkShape(16, 8, 10);
        assertThat(IntStream.range(0, 8).map(shape::channelsOf)).containsExactly(16, 16, 32, 32, 32, 64, 64, 64);
    }

    @Test
    void shouldHalveTheResolutionAtEachReductionAndWidenTheStem() {
        NetworkShape shape = new NetworkShape(16, 8, 10);
        assertThat(IntStream.range(0, 8).map(shape::halvingsBefore)).containsExactly(0, 0, 0, 1, 1, 1, 2, 2);
        assertThat(shape.stemChannels()).isEqualTo(48);
    }

    @Test
    void shouldReduceNowhereWhereThereAreNoThirds() {
        assertThat(new NetworkShape(16, 2, 10).reductions()).isEmpty();
        assertThat(new NetworkShape(16, 1, 10).kindOf(0)).isEqualTo(CellKind.NORMAL);
        assertThat(new NetworkShape(16, 3, 10).reductions()).containsExactly(1, 2);
    }

    @Test
    void shouldRefuseShapesThatCannotBeBuilt() {
        assertThatThrownBy(() -> new NetworkShape(16, 0, 10)).hasMessage("cells must be at least 1 (was 0)");
        assertThatThrownBy(() -> new NetworkShape(15, 8, 10)).hasMessageContaining("channels must be even");
        assertThatThrownBy(() -> new NetworkShape(0, 8, 10)).hasMessageContaining("channels must be even");
        assertThatThrownBy(() -> new NetworkShape(16, 8, 1)).hasMessage("classes must be at least 2 (was 1)");
    }
}
