package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dartboard.nas.searchspace.CnnSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedGenotypeTest {

    @ParameterizedTest
    @CsvSource({
        "DARTS_V1, DARTS_V1, DARTS_V1",
        "darts-v2, DARTS_V2, DARTS_V2",
        "NASNET_A, NASNet-A, NASNet",
        "NASNet-A, NASNet-A, NASNet",
        "AMOEBANET_A, AmoebaNet-A, AmoebaNet",
        "amoebanet-a, AmoebaNet-A, AmoebaNet"
    })
    void shouldKnowThePublishedCellsHoweverTheyAreSpelled(String written, String name, String published) {
        assertThat(of(written)).isEqualTo(new NamedGenotype<>(name, PublishedGenotypes.of(published)));
    }

    @Test
    void shouldDrawARandomCellOfASeed() {
        assertThat(of("random:7")).isEqualTo(of("RANDOM:7")).isNotEqualTo(of("random:8"));
        assertThat(of("random:7").genotype()).isEqualTo(RandomGenotype.ofSeed(CnnSpace.DARTS, 7));
        assertThat(of("random").name()).isEqualTo("random:1");
    }

    @Test
    void shouldReadAText() {
        var text = PublishedGenotypes.DARTS_V2.toString();
        assertThat(of("  " + text)).isEqualTo(new NamedGenotype<>("", PublishedGenotypes.DARTS_V2));
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatThrownBy(() -> of("DARTS_V3"))
                .hasMessage(
                        "unknown genotype 'DARTS_V3'; known are DARTS_V1, DARTS_V2, NASNet-A, AmoebaNet-A,"
                                + " FairDARTS_a, FairDARTS_b, FairDARTS_c, FairDARTS_d, FairDARTS_e, FairDARTS_f, FairDARTS_g,"
                                + " ResNet18, ResNet50, Xception, InceptionV4, random, random:SEED, and a text that holds Genotype(…)");
        assertThatThrownBy(() -> of("Genotype(normal=[('sep_conv_3x3' 1)])"))
                .isInstanceOf(GenotypeSyntaxException.class)
                .hasMessageStartingWith("genotype text, position 33: expected ',' but found '1', at ");
        assertThatThrownBy(() -> of("random:x"))
                .hasMessage("the seed of a random genotype must be a whole number, as in random:3 (was 'random:x')");
    }

    private static NamedGenotype<ConvolutionalArchitecture> of(String written) {
        return NamedGenotype.of(written, CnnSpace.DARTS);
    }
}
