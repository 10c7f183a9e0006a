package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.searchspace.RecurrentSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedRecurrentGenotypeTest {

    @ParameterizedTest
    @CsvSource({"enas, ENAS", "DARTS_V1, DARTS_V1", "darts-v2, DARTS_V2"})
    void shouldKnowThePublishedCellsHoweverTheyAreSpelled(String written, String name) {
        assertThat(of(written)).isEqualTo(new NamedGenotype<>(name, PublishedRecurrentGenotypes.of(name)));
    }

    @Test
    void shouldDrawARandomCellOfASeed() {
        assertThat(of("RANDOM:7"))
                .isEqualTo(new NamedGenotype<>("random:7", RandomRecurrentGenotype.ofSeed(RecurrentSpace.DARTS, 7)));
        assertThat(of("random:7").genotype()).isNotEqualTo(of("random:8").genotype());
    }

    @Test
    void shouldReadAText() {
        var text = PublishedRecurrentGenotypes.ENAS.toString();
        assertThat(of(" " + text)).isEqualTo(new NamedGenotype<>("", PublishedRecurrentGenotypes.ENAS));
    }

    @Test
    void shouldSayWhatIsKnownInThisSpace() {
        assertThatThrownBy(() -> of("NASNet-A"))
                .hasMessage(
                        "unknown genotype 'NASNet-A'; known are ENAS, DARTS_V1, DARTS_V2, random, random:SEED, and a"
                                + " text that holds Genotype(…)");
    }

    private static NamedGenotype<RecurrentGenotype> of(String written) {
        return NamedGenotype.of(written, RecurrentSpace.DARTS);
    }
}
