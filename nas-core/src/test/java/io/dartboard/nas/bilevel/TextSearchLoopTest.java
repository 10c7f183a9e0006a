package io.dartboard.nas.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.dartboard.nas.alpha.Alphas;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopRecorder;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.tensor.HostTensor;
import io.dartboard.nas.text.data.MadeCorpus;
import io.dartboard.nas.text.data.TextCorpus;
import io.dartboard.nas.text.data.UnigramBaseline;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.search.PublishedDefects;
import io.dartboard.nas.text.search.PublishedUnrolled;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.SmallTextSearch;
import io.dartboard.nas.text.search.TextSearch;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextSearchLoopTest {
    private static final TextCorpus CORPUS = MadeCorpus.of(24, 12);
    private static final SearchMethod FIRST = SearchMethods.DARTS_FIRST_ORDER;
    private static final SearchMethod SECOND = SearchMethods.DARTS_SECOND_ORDER;

    static Stream<SearchMethod> methods() {
        return EveryPart.onText().stream();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldContinueBitByBitFromAnyStep(SearchMethod method) {
        Recorder whole = new Recorder();
        SearchOutcome outcome = runFresh(setup(method, 1), whole);
        assertThat(outcome.finished()).isTrue();
        long steps = whole.steps.size();
        assertThat(whole.steps.get(0).steps()).isEqualTo(steps);
        assertThat(whole.steps.get((int) steps - 1).fraction()).isEqualTo(1);
        long firstEpoch =
                whole.steps.stream().filter(report -> report.epoch() == 0).count();
        for (long last : List.of(1L, firstEpoch - 1, firstEpoch, firstEpoch + 2)) {
            Recorder stopped = new Recorder(last, Directive.STOP);
            assertThat(runFresh(setup(method, 1), stopped).finished()).isFalse();
            Snapshot snapshot = Snapshot.of(stopped.lastSnapshot().bytes());
            assertThat(snapshot.globalStep()).isEqualTo(last);

            Recorder resumed = new Recorder();
            try (SearchLoop loop = SearchLoop.resume(setup(method, 1), snapshot)) {
                assertThat(loop.run(resumed).finished()).isTrue();
            }

            assertThat(resumed.lastSnapshot()).as("resumed after step %d", last).isEqualTo(whole.lastSnapshot());
            assertThat(resumed.epochs.get(resumed.epochs.size() - 1))
                    .isEqualTo(whole.epochs.get(whole.epochs.size() - 1));
        }
    }

    @Test
    void shouldLearnMoreThanFrequencies() {
        Recorder recorder = new Recorder();
        // Of much less text than this the weights learn the lines and not the language.
        TextCorpus larger = MadeCorpus.of(400, 40);

        runFresh(new TextSearch(Device.cpu(), RecurrentSpace.DARTS, FIRST, config(4, 8), larger, 1), recorder);

        assertThat(recorder.epochs).extracting(SearchReport::epoch).containsExactly(0, 1, 2, 3);
        SearchReport first = recorder.epochs.get(0);
        SearchReport last = recorder.epochs.get(3);
        assertThat(first.train().perplexity()).isLessThan(larger.vocabulary());
        assertThat(last.train().perplexity()).isLessThan(0.6 * first.train().perplexity());
        assertThat(last.valid().perplexity()).isLessThan(0.6 * UnigramBaseline.perplexity(larger));
        assertThat(last.group("recurrent").gradientNorm().orElseThrow()).isPositive();
        assertThat(last.group("recurrent").entropy()).isBetween(1.0, Math.log(5) + 1e-6);
        assertThat(last.alphas()).isNotEqualTo(first.alphas());
    }

    @Test
    void shouldDependOnSeedAndMethodAlone() {
        Recorder unused = new Recorder();
        Alphas first = runFresh(setup(FIRST, 1), unused).alphas();

        assertThat(runFresh(setup(FIRST, 1), unused).alphas()).isEqualTo(first);
        assertThat(runFresh(setup(FIRST, 2), unused).alphas()).isNotEqualTo(first);
        Alphas second = runFresh(setup(SECOND, 1), unused).alphas();
        assertThat(second).isNotEqualTo(first);
        // The coefficient matters where nothing is clipped, which is not so here.
        for (PublishedDefects defects :
                List.of(new PublishedDefects(true, false, false), new PublishedDefects(false, false, true))) {
            assertThat(runFresh(
                                    setup(
                                            new SearchMethod(
                                                    "defective", new PublishedUnrolled(new Unrolled(), defects)),
                                            1),
                                    unused)
                            .alphas())
                    .as(defects.toString())
                    .isNotEqualTo(second);
        }
    }

    @Test
    void shouldGiveUpAValidationPassAndRepeatItWhenResumed() {
        Recorder whole = new Recorder();
        runFresh(setup(FIRST, 1), whole);
        Recorder impatient = new Recorder();
        impatient.stopWhileJudging = true;

        assertThat(runFresh(setup(FIRST, 1), impatient).finished()).isFalse();

        assertThat(impatient.epochs).isEmpty();
        Recorder resumed = new Recorder();
        try (SearchLoop loop = SearchLoop.resume(setup(FIRST, 1), impatient.snapshots.get(0))) {
            loop.run(resumed);
        }
        assertThat(resumed.epochs).isEqualTo(whole.epochs);
    }

    /** Checkpoints outlive the code that wrote them. */
    @Test
    void shouldNameWhatASnapshotHoldsAsItAlwaysHas() {
        Recorder stopped = new Recorder(1, Directive.STOP);
        runFresh(setup(FIRST, 1), stopped);

        Map<String, HostTensor> tensors = stopped.snapshots.get(0).content().tensors();
        assertThat(tensors.keySet())
                .startsWith("alpha.recurrent", "adam.first", "adam.second", "adam.steps", "weight.encoder.weight")
                .endsWith("weight.decoder.bias", "hidden.train", "hidden.valid", "books.counts", "books.sums")
                .contains("weight.rnns.0._W0", "weight.rnns.0._Ws.7");
        assertThat(tensors.get("hidden.train")).extracting(HostTensor::shape).isEqualTo(List.of(4, 8));
        assertThat(tensors.get("weight.rnns.0._W0"))
                .extracting(HostTensor::shape)
                .isEqualTo(List.of(16, 16));
    }

    @Test
    void shouldRefuseTheSnapshotOfAnotherSearch() {
        Recorder stopped = new Recorder(1, Directive.STOP);
        runFresh(setup(FIRST, 1), stopped);

        assertThatThrownBy(() -> SearchLoop.resume(setup(FIRST, 2), stopped.snapshots.get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the snapshot belongs to another search: seed was 1, now 2");
        assertThatThrownBy(() -> SearchLoop.resume(setup(SECOND, 1), stopped.snapshots.get(0)))
                .hasMessageContaining(": method was darts-first-order, now darts-second-order");
    }

    @Test
    void shouldStopWhereTheLossIsNoNumberAnyMore() {
        RecurrentSearchConfig wild = new RecurrentSearchConfig(
                6,
                2,
                4,
                5,
                1e38,
                0,
                1e30,
                Dropouts.NONE,
                new LanguageLoss(0, 0),
                new AdamSettings(3e-3, 0.9, 0.999, 0));
        TextSearch setup = new TextSearch(Device.cpu(), RecurrentSpace.DARTS, FIRST, wild, CORPUS, 1);

        assertThatThrownBy(() -> runFresh(setup, new Recorder()))
                .isInstanceOf(SearchDivergedException.class)
                .hasMessageContaining("lower learningRate or gradientClip");
    }

    @Test
    void shouldRefuseATextThatIsTooShort() {
        TextSearch setup = new TextSearch(Device.cpu(), RecurrentSpace.DARTS, FIRST, config(1, 100), CORPUS, 1);

        assertThatThrownBy(() -> SearchLoop.start(setup))
                .hasMessageMatching("the .* text has \\d+ words, but read in 100 columns it needs at least 300: .*");
    }

    @Test
    void shouldNameTheKnownMethodsWhenAskedForAnUnknownOne() {
        for (SearchMethod method : TextSearch.METHODS) {
            assertThat(SearchMethods.of(method.id(), TextSearch.METHODS)).isEqualTo(method);
        }
        assertThatThrownBy(() -> SearchMethods.of("enas", TextSearch.METHODS))
                .hasMessageStartingWith("unknown search method 'enas'; did you mean snas? known: darts-first-order, ")
                .hasMessageEndingWith(", darts-second-order-as-published, random");
    }

    private static SearchOutcome runFresh(TextSearch setup, Recorder recorder) {
        try (SearchLoop loop = SearchLoop.start(setup)) {
            return loop.run(recorder);
        }
    }

    private static TextSearch setup(SearchMethod method, long seed) {
        return new TextSearch(Device.cpu(), RecurrentSpace.DARTS, method, config(2, 4), CORPUS, seed);
    }

    private static RecurrentSearchConfig config(int epochs, int batchSize) {
        return SmallTextSearch.of(epochs, batchSize);
    }

    private static final class Recorder extends LoopRecorder<SearchReport> {
        Recorder() {}

        Recorder(long atStep, Directive directive) {
            super(atStep, directive);
        }

        @Override
        public Directive onEpoch(SearchReport report) {
            epochs.add(report);
            return Directive.CHECKPOINT;
        }
    }
}
