package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.tensor.Handles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchHandlesTest {
    @ParameterizedTest
    @MethodSource("methods")
    void shouldHoldAsMuchAfterEveryStepAndJudgementAsAfterTheFirstStep(SearchMethod method) {
        SearchConfig config = new SearchConfig(
                2, 3, 2, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(10, 8), "made");
        ImageSearch setup = new ImageSearch(Device.cpu(), CnnSpace.DARTS, method, config, images, 1, 2);

        try (SearchLoop loop = SearchLoop.start(setup)) {
            NDManager scope = loop.state().scope();
            Counter counter = new Counter(scope);
            loop.run(counter);

            assertThat(counter.held).hasSize(2 * (3 + 3 + 1)).containsOnly(counter.held.get(0));
            assertThat(Handles.heldBy(scope)).isEqualTo(counter.held.get(0));
        }
    }

    static Stream<SearchMethod> methods() {
        return ImageSearch.METHODS.stream();
    }

    /** Counts after each step, before each batch of a judgement and after it; a snapshot is taken at each step as well. */
    private static final class Counter implements SearchObserver {
        final List<Integer> held = new ArrayList<>();
        private final NDManager scope;

        Counter(NDManager scope) {
            this.scope = scope;
        }

        @Override
        public Directive afterStep(StepReport report) {
            held.add(Handles.heldBy(scope));
            return Directive.CHECKPOINT;
        }

        @Override
        public boolean wantsStop() {
            held.add(Handles.heldBy(scope));
            return false;
        }

        @Override
        public Directive onEpoch(SearchReport report) {
            held.add(Handles.heldBy(scope));
            return Directive.CONTINUE;
        }

        @Override
        public void onSnapshot(Snapshot snapshot) {
            // Only what is left behind by taking it is of interest.
        }
    }
}
