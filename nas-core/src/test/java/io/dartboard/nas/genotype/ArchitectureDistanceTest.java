package io.dartboard.nas.genotype;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArchitectureDistanceTest {
    private static final double SKIP = 81.34166406249999;
    private static final double MAX_POOL = 82.13416411336264;
    private static final double SEP_3 = 83.39583075561525;
    private static final double ALL = 82.105830863444
            + 83.1591640991211
            + MAX_POOL
            + 81.56333073120116
            + SKIP
            + 81.49166413777668
            + 82.30333082275389
            + SEP_3
            + 84.97416410115558
            + 82.73583073323566
            + 82.89249749959309
            + 82.87499756469727;

    @Test
    void shouldMeasureTheFarthestEdgeOfTheNearest() {
        ConvolutionalArchitecture skips = cell("('skip_connect', 2, 0), ('skip_connect', 2, 1)");
        ConvolutionalArchitecture pools = cell("('max_pool_3x3', 2, 1), ('sep_conv_3x3', 3, 0)");

        // From the skips the nearest is the edge without operation; from the convolution it is that, too, which is
        // farther.
        assertThat(ArchitectureDistance.between(skips, pools)).isCloseTo(SEP_3 / ALL, within(1e-12));
        assertThat(ArchitectureDistance.between(pools, skips)).isCloseTo(SEP_3 / ALL, within(1e-12));
        assertThat(ArchitectureDistance.between(skips, skips)).isZero();
    }

    @Test
    void shouldNotCountWhereAnEdgeLies() {
        assertThat(ArchitectureDistance.between(cell("('skip_connect', 2, 0)"), cell("('skip_connect', 5, 1)")))
                .isZero();
    }

    @Test
    void shouldWeighThePairOfCellsByThePlacesOfEach() {
        Genotype one = Genotype.parse("Genotype(normal=[('skip_connect', 2, 0)], normal_concat=[2], "
                + "reduce=[('skip_connect', 2, 0)], reduce_concat=[2])");
        Genotype other = Genotype.parse("Genotype(normal=[('skip_connect', 2, 0)], normal_concat=[2], "
                + "reduce=[('max_pool_3x3', 2, 0)], reduce_concat=[2])");

        assertThat(ArchitectureDistance.between(one, other)).isCloseTo(MAX_POOL / ALL * 2 / 8, within(1e-12));
    }

    @Test
    void shouldRefuseAnOperationThatNobodyHasMeasured() {
        assertThatThrownBy(() -> ArchitectureDistance.between(PublishedGenotypes.NASNET_A, PublishedGenotypes.DARTS_V2))
                .hasMessageStartingWith("operation 'sep_conv_7x7' has no place in the distance")
                .hasMessageContaining("sep_conv_5x5");
    }

    @Test
    void shouldBeNoneWhereCellsHaveNone() {
        assertThat(ArchitectureDistance.ifAny(PublishedGenotypes.NASNET_A, PublishedGenotypes.DARTS_V2))
                .isEmpty();
        assertThat(ArchitectureDistance.ifAny(
                        PublishedRecurrentGenotypes.of("DARTS_V1"), PublishedRecurrentGenotypes.of("DARTS_V2")))
                .isEmpty();
        assertThat(ArchitectureDistance.ifAny(PublishedGenotypes.DARTS_V1, PublishedGenotypes.DARTS_V2))
                .hasValue(ArchitectureDistance.between(PublishedGenotypes.DARTS_V1, PublishedGenotypes.DARTS_V2));
    }

    private static ConvolutionalArchitecture cell(String genes) {
        return DistributedGenotype.parse("Genotype(genes=[[" + genes + "]], concat=range(2, 6), reductions=[])");
    }
}
