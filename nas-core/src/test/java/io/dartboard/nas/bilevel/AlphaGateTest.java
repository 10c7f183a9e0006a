package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlphaGateTest {
    @ParameterizedTest
    @CsvSource({"0.3, 50, 15", "0.3, 1, 0", "0.3, 10, 3", "0, 7, 0", "0.99, 2, 1"})
    void shouldWaitForAShareOfTheEpochs(double share, int epochs, int first) {
        AlphaWarmUp gate = new AlphaWarmUp(share);

        assertThat(IntStream.range(0, epochs).filter(epoch -> gate.opens(epoch, epochs, 0)))
                .containsExactlyElementsOf(
                        IntStream.range(first, epochs).boxed().toList());
    }

    @Test
    void shouldMoveTheAlphasAfterEverySoManySteps() {
        InnerSteps gate = new InnerSteps(5);

        assertThat(IntStream.range(0, 12).filter(done -> gate.opens(0, 1, done)))
                .containsExactly(5, 10);
        assertThat(IntStream.range(0, 4).filter(done -> new InnerSteps(1).opens(0, 1, done)))
                .containsExactly(1, 2, 3);
    }

    @Test
    void shouldRefuseAGateThatNeverOpens() {
        assertThatThrownBy(() -> new AlphaWarmUp(1)).hasMessageStartingWith("alphaWarmup must ");
        assertThatThrownBy(() -> new InnerSteps(0)).hasMessageStartingWith("innerSteps must be at least 1");
    }
}
