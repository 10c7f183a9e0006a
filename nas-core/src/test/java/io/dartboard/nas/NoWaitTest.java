package io.dartboard.nas;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dartboard.nas.bilevel.AlphaGate;
import io.dartboard.nas.bilevel.EveryPart;
import io.dartboard.nas.bilevel.NoisyPatterns;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchSetup;
import io.dartboard.nas.bilevel.WarmUpEpochs;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.genotype.PublishedRecurrentGenotypes;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.image.train.TrainingImages;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.text.data.MadeCorpus;
import io.dartboard.nas.text.ops.Dropouts;
import io.dartboard.nas.text.ops.LanguageLoss;
import io.dartboard.nas.text.search.RecurrentSearchConfig;
import io.dartboard.nas.text.search.TextSearch;
import io.dartboard.nas.text.train.RecurrentTrainConfig;
import io.dartboard.nas.text.train.RecurrentTraining;
import io.dartboard.nas.train.Compute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A step lets a GPU run ahead: no operation that it asks for, or that the library asks of itself, needs an outcome on the
 * host before it can go on. That our own code reads nothing is for {@link DeviceReadsTest} to say.
 */
class NoWaitTest {
    private static final Set<String> WAITS = Set.of(
            "aten::item",
            "aten::_local_scalar_dense",
            "aten::is_nonzero",
            "aten::nonzero",
            "aten::masked_select",
            "aten::equal",
            "aten::allclose",
            "aten::_unique2");

    @TempDir
    static Path dir;

    static Stream<Arguments> works() throws IOException {
        List<Arguments> works = new ArrayList<>();
        for (SearchMethod method : EveryPart.onImages()) {
            works.add(Arguments.of("image search, " + method.id(), search(images(method))));
        }
        for (SearchMethod method : EveryPart.onText()) {
            works.add(Arguments.of("text search, " + method.id(), search(text(method))));
        }
        MadeShapes.writeCifar(dir, 40, 10, 1);
        PixelSet shapes = CifarBinary.read(dir).pixels();
        works.add(Arguments.of("image training", (Consumer<Watcher>) watcher -> Retraining.full(
                        PublishedGenotypes.DARTS_V1,
                        new RetrainConfig(2, 4, 1, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0),
                        shapes,
                        TrainingImages.ALL,
                        7,
                        new Compute(Device.cpu(), 1))
                .run(watcher)));
        works.add(Arguments.of("text training", (Consumer<Watcher>) watcher -> RecurrentTraining.full(
                        PublishedRecurrentGenotypes.DARTS_V2,
                        new RecurrentTrainConfig(
                                8,
                                1,
                                4,
                                12,
                                20,
                                1e-6,
                                0.25,
                                new Dropouts(0.1, 0.1, 0.2, 0.1, 0.2),
                                new LanguageLoss(0.1, 1e-3),
                                1),
                        MadeCorpus.of(60, 10),
                        1,
                        new Compute(Device.cpu(), 1))
                .run(watcher)));
        return works.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("works")
    void shouldWaitForNothingWithinAStep(String name, Consumer<Watcher> work) {
        Watcher watcher = new Watcher();

        work.accept(watcher);

        assertThat(watcher.asked.orElseThrow())
                .as("operations of a step")
                .contains("aten::add")
                .doesNotContainAnyElementsOf(WAITS);
    }

    private static Consumer<Watcher> search(SearchSetup setup) {
        return watcher -> {
            try (SearchLoop loop = SearchLoop.start(setup)) {
                loop.run(watcher);
            }
        };
    }

    private static SearchSetup images(SearchMethod asked) {
        // In the one epoch that there is a warm-up would move no alphas.
        SearchMethod method = asked.gate() instanceof WarmUpEpochs ? asked.with(AlphaGate.OPEN) : asked;
        int epochs = method.stages().count()
                + method.projection(EveryPart.space(method), 1).tuning();
        SearchConfig config = new SearchConfig(
                4, 4, epochs, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(20, 7), new NoisyPatterns(20, 8), "made");
        return new ImageSearch(Device.cpu(), EveryPart.space(method), method, config, images, 1, 1);
    }

    private static SearchSetup text(SearchMethod method) {
        RecurrentSearchConfig config = new RecurrentSearchConfig(
                4,
                1,
                4,
                8,
                20,
                5e-7,
                0.25,
                new Dropouts(0.1, 0.1, 0.2, 0.1, 0.2),
                new LanguageLoss(0, 1e-3),
                new AdamSettings(3e-3, 0.9, 0.999, 1e-3));
        return new TextSearch(Device.cpu(), RecurrentSpace.DARTS, method, config, MadeCorpus.of(60, 12), 1);
    }

    /** Looks into the third step. */
    private static final class Watcher implements LoopObserver<Object> {
        Optional<Set<String>> asked = Optional.empty();
        private boolean profiling;

        @Override
        public Directive afterStep(StepReport report) {
            if (profiling) {
                profiling = false;
                asked = Optional.of(stop());
            } else if (asked.isEmpty() && report.step() == 1) {
                profiling = true;
                JniUtils.startProfile(false, false, false);
            }
            return Directive.CONTINUE;
        }

        @Override
        public Directive onEpoch(Object report) {
            return Directive.CONTINUE;
        }

        @Override
        public void onSnapshot(Snapshot snapshot) {
            // None is asked for.
        }

        private static Set<String> stop() {
            try {
                Path trace = Files.createTempFile(dir, "step", ".json");
                JniUtils.stopProfile(trace.toString());
                Set<String> names = new TreeSet<>();
                for (JsonNode event :
                        new ObjectMapper().readTree(trace.toFile()).findValues("name")) {
                    names.add(event.asText());
                }
                return names;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
