package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.dartboard.nas.alpha.AlphaSharing;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.derive.Derivation;
import io.dartboard.nas.genotype.NasBench201Genotype;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.NasBench201Space;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NasBench201SearchTest {
    private static final NasBench201Space SPACE = NasBench201Space.PUBLISHED;

    static Stream<SearchMethod> methods() {
        return SearchMethods.SHARED.stream()
                .map(method -> method.equals(SearchMethods.DARTS_PT) ? method.with(Map.of("tuneEpochs", 1.0)) : method);
    }

    /** Three steps, then three more of a search that is resumed: every shared method is one for this space, too. */
    @ParameterizedTest
    @MethodSource("methods")
    void shouldSearchByEveryMethodAndDeriveACell(SearchMethod method) {
        LoopRecorder<SearchReport> whole = new LoopRecorder<>();
        LoopRecorder<SearchReport> stopped = new LoopRecorder<>(2, Directive.STOP);
        SearchMethod moving = method.with(AlphaGate.OPEN);
        Alphas alphas;
        try (SearchLoop loop = SearchLoop.start(search(moving, 5))) {
            alphas = loop.run(whole).alphas();
        }
        try (SearchLoop loop = SearchLoop.start(search(moving, 5))) {
            loop.run(stopped);
        }
        try (SearchLoop loop = SearchLoop.resume(search(moving, 5), stopped.snapshots.get(0))) {
            assertThat(loop.run(new LoopRecorder<>()).alphas()).isEqualTo(alphas);
        }

        Derivation derivation =
                method.discretization().rule(SPACE, method.relaxation()).derive(alphas);
        assertThat(derivation.architecture()).isInstanceOf(NasBench201Genotype.class);
        assertThat(derivation.indicators().orElseThrow().normalEntropy()).isBetween(1.0, Math.log(5) + 1e-6);
        assertThat(whole.epochs.get(0).groups().values())
                .allSatisfy(
                        group -> assertThat(group.gradientNorm().orElseThrow()).isPositive());
    }

    @Test
    void shouldRefuseWhatDoesNotFitWithTheReason() {
        for (SearchMethod method : List.of(SearchMethods.FAIR_DARTS, SearchMethods.FAIR_DARTS_EDGE)) {
            assertThatThrownBy(() -> search(method, 5))
                    .hasMessageStartingWith(
                            "method %s cannot search space nas-bench-201: derivation 'threshold".formatted(method.id()))
                    .hasMessageContaining("has one operation on every edge");
        }
        assertThatThrownBy(() -> search(SearchMethods.D_DARTS, 5))
                .hasMessageContaining("it gives each cell alphas of its own");
        assertThatThrownBy(() -> search(SearchMethods.DARTS_FIRST_ORDER.with(AlphaSharing.BY_CELL), 5))
                .hasMessageContaining("an architecture of that space is one cell");
        assertThatThrownBy(() -> search(SearchMethods.DARTS_FIRST_ORDER, 6))
                .hasMessageStartingWith("cells must be 3N + 2 in space nas-bench-201")
                .hasMessageEndingWith("5, 8, 11, 14, 17 and so on (was 6)");
    }

    private static ImageSearch search(SearchMethod method, int cells) {
        int epochs = method.stages().count() + method.projection(SPACE, 1).tuning();
        SearchConfig config = new SearchConfig(
                4, cells, epochs, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-2, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(4, 8), "made");
        return new ImageSearch(Device.cpu(), SPACE, method, config, images, 1, 1);
    }
}
