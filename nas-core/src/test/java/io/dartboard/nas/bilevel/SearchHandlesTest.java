package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.Handles;
import io.dartboard.nas.text.data.MadeCorpus;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.SmallTextSearch;
import io.dartboard.nas.text.search.TextSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchHandlesTest {
    @ParameterizedTest
    @MethodSource("searches")
    void shouldHoldAsMuchAfterEveryStepAndJudgementAsAfterTheFirstStep(SearchSetup setup) {
        try (SearchLoop loop = SearchLoop.start(setup)) {
            NDManager scope = loop.state().scope();
            Counter counter = new Counter(scope);
            loop.run(counter);

            assertThat(counter.steps).isEqualTo(loop.steps(0) + loop.steps(1));
            assertThat(counter.held).hasSize(counter.steps + 2).containsOnly(counter.held.get(0));
            // A text's hidden state goes on from window to window, in a scope of its own.
            int first = counter.judging.get(0);
            // A decision by perturbation judges by given mixing weights, which lie in a scope of their own.
            assertThat(counter.judging)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .containsOnly(
                            setup.projection().rounds() > 0 ? new Integer[] {first, first + 2} : new Integer[] {first});
            assertThat(Handles.heldBy(scope)).isEqualTo(counter.held.get(0));
        }
    }

    static Stream<SearchSetup> searches() {
        return Stream.concat(
                // A search in stages holds another supernet in each: StagedSearchTest.
                EveryPart.onImages().stream()
                        .filter(method -> method.stages().count() == 1)
                        .map(SearchHandlesTest::onImages),
                EveryPart.onText().stream().map(SearchHandlesTest::onText));
    }

    private static SearchSetup onImages(SearchMethod method) {
        SearchConfig config = new SearchConfig(
                4, 4, 2, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(10, 8), "made");
        return new ImageSearch(Device.cpu(), EveryPart.space(method), method, config, images, 1, 2);
    }

    private static SearchSetup onText(SearchMethod method) {
        RecurrentSearchConfig config = SmallTextSearch.of(2, 4);
        return new TextSearch(Device.cpu(), RecurrentSpace.DARTS, method, config, MadeCorpus.of(24, 12), 1);
    }

    /** Counts after each step, before each batch of a judgement and after it; a snapshot is taken at each step as well. */
    private static final class Counter implements LoopObserver<SearchReport> {
        final List<Integer> held = new ArrayList<>();
        final List<Integer> judging = new ArrayList<>();
        int steps;
        private final NDManager scope;

        Counter(NDManager scope) {
            this.scope = scope;
        }

        @Override
        public Directive afterStep(StepReport report) {
            steps++;
            held.add(Handles.heldBy(scope));
            return Directive.CHECKPOINT;
        }

        @Override
        public boolean wantsStop() {
            judging.add(Handles.heldBy(scope));
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
