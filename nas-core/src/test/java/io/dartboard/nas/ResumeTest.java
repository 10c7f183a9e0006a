package io.dartboard.nas;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.dartboard.nas.bilevel.EveryPart;
import io.dartboard.nas.bilevel.NoisyPatterns;
import io.dartboard.nas.bilevel.SearchLoop;
import io.dartboard.nas.bilevel.SearchMethod;
import io.dartboard.nas.bilevel.SearchReport;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.data.CifarBinary;
import io.dartboard.nas.image.data.ImageFolder;
import io.dartboard.nas.image.data.PixelSet;
import io.dartboard.nas.image.data.made.MadeScenes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.nas.image.search.ImageSearch;
import io.dartboard.nas.image.search.SearchConfig;
import io.dartboard.nas.image.search.SearchImages;
import io.dartboard.nas.image.train.EpochReport;
import io.dartboard.nas.image.train.RetrainConfig;
import io.dartboard.nas.image.train.Retraining;
import io.dartboard.nas.image.train.TrainingImages;
import io.dartboard.nas.image.train.Transfer;
import io.dartboard.nas.image.train.TransferConfig;
import io.dartboard.nas.loop.Directive;
import io.dartboard.nas.loop.LoopObserver;
import io.dartboard.nas.loop.Snapshot;
import io.dartboard.nas.loop.StepReport;
import io.dartboard.nas.optim.AdamSettings;
import io.dartboard.nas.provenance.RandomStream;
import io.dartboard.nas.provenance.RandomStreams;
import io.dartboard.nas.train.Compute;
import io.dartboard.nas.train.TrainingLoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of job is killed at five moments drawn at random and goes on each time from the last checkpoint that had been
 * written. In the end nothing tells it from a job that was never killed: not its outcome (alphas, or weights, running
 * statistics and curve), not what it reported, not its last checkpoint, which has everything else, both optimisers' state
 * included. {@code -Dresume.seed=N} draws other moments.
 */
class ResumeTest {
    private static final long SEED = Long.getLong("resume.seed", 1);
    private static final int EPOCHS = 3;

    @TempDir
    static Path dir;

    private static PixelSet shapes;
    private static ImageFolder scenes;

    /** Work that can begin at a checkpoint; it returns what it leaves besides reports and checkpoints. */
    private interface Job {
        Object run(Optional<Snapshot> checkpoint, Witness witness);
    }

    @BeforeAll
    static void makeImages() throws IOException {
        Path small = dir.resolve("shapes");
        Path photographs = dir.resolve("scenes");
        MadeShapes.writeCifar(small, 20, 10, 1);
        MadeScenes.writeImageFolder(photographs, 2, 1, 40, 1);
        shapes = CifarBinary.read(small).pixels();
        scenes = ImageFolder.open(photographs, "d".repeat(64), () -> {});
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void shouldEndWithTheSameBitsWhereverItIsKilled(String kind, Job job) {
        Witness undisturbed = new Witness(Integer.MAX_VALUE, Set.of());
        Object expected = job.run(Optional.empty(), undisturbed);
        RandomStream random = new RandomStreams(SEED).stream("kills of a " + kind);
        Set<Moment> deadly = draw(undisturbed.passed, random);
        Witness witness = new Witness(1 + random.nextInt(3), deadly);

        Object outcome = runOverAndOver(job, witness);

        assertThat(witness.attempts).as("attempts, with kills at %s", deadly).isEqualTo(deadly.size() + 1);
        assertThat(outcome).as("outcome after kills at %s", deadly).isEqualTo(expected);
        assertThat(new LinkedHashSet<>(witness.reports))
                .as("reports, with kills at %s", deadly)
                .containsExactlyElementsOf(undisturbed.reports);
        assertThat(witness.kept)
                .as("last checkpoint after kills at %s", deadly)
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(undisturbed.kept.orElseThrow()));
    }

    @Test
    void shouldDrawDifferentMomentsOfEveryKind() {
        Set<Moment> passed = new LinkedHashSet<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (Kind kind : Kind.values()) {
                passed.add(new Moment(kind, epoch, 1));
                passed.add(new Moment(kind, epoch, 2));
            }
        }

        assertThat(draw(passed, new RandomStreams(SEED).stream("kills")))
                .hasSize(5)
                .extracting(Moment::kind)
                .contains(Kind.values());
    }

    static Stream<Arguments> jobs() {
        Stream<Arguments> searches =
                EveryPart.onImages().stream().map(method -> Arguments.of("search, " + method.id(), search(method)));
        Stream<Arguments> trainings = Stream.of(
                Arguments.of(
                        "evaluation",
                        training(() -> Retraining.full(
                                PublishedGenotypes.DARTS_V1,
                                new RetrainConfig(2, 4, EPOCHS, 8, 0.025, 0, 0.9, 3e-4, 5, 0.4, 0.3, 16, 0, 0),
                                shapes,
                                TrainingImages.ALL,
                                7,
                                new Compute(Device.cpu(), 2)))),
                Arguments.of(
                        "transfer",
                        training(() -> Transfer.of(
                                PublishedGenotypes.DARTS_V1,
                                new TransferConfig(4, 3, EPOCHS, 7, 0.1, 0.97, 0.9, 3e-5, 5, 0, 0.2, 0.1, 32, 0),
                                scenes,
                                TrainingImages.ALL,
                                5,
                                new Compute(Device.cpu(), 2)))));
        return Stream.concat(searches, trainings);
    }

    private static Job search(SearchMethod method) {
        SearchConfig config = new SearchConfig(
                4, 4, EPOCHS, 4, 0.5, 0.025, 0.001, 0.9, 3e-4, 5, new AdamSettings(3e-4, 0.5, 0.999, 1e-3), 0, 0);
        SearchImages images = new SearchImages(new NoisyPatterns(12, 7), new NoisyPatterns(10, 8), "made");
        ImageSearch setup = new ImageSearch(Device.cpu(), EveryPart.space(method), method, config, images, 1, 2);
        return (checkpoint, witness) -> {
            try (SearchLoop loop = checkpoint
                    .map(snapshot -> SearchLoop.resume(setup, snapshot))
                    .orElseGet(() -> SearchLoop.start(setup))) {
                return loop.run(witness);
            }
        };
    }

    private static Job training(Supplier<TrainingLoop<EpochReport>> prepared) {
        return (checkpoint, witness) -> checkpoint
                .map(snapshot -> prepared.get().resume(snapshot, witness))
                .orElseGet(() -> prepared.get().run(witness));
    }

    private static Object runOverAndOver(Job job, Witness witness) {
        while (true) {
            try {
                return job.run(witness.nextAttempt(), witness);
            } catch (Killed expected) {
                // Nobody cleans up behind it; only its checkpoints are left.
            }
        }
    }

    /** Five moments: at least one within an epoch, at its border, in the middle of a judgement and after it. */
    private static Set<Moment> draw(Set<Moment> passed, RandomStream random) {
        Set<Moment> drawn = new LinkedHashSet<>();
        for (Kind kind : Kind.values()) {
            drawn.add(one(passed, random, moment -> moment.kind() == kind));
        }
        drawn.add(one(passed, random, moment -> !drawn.contains(moment)));
        return drawn;
    }

    private static Moment one(Set<Moment> passed, RandomStream random, Predicate<Moment> wanted) {
        List<Moment> candidates = passed.stream().filter(wanted).toList();
        return candidates.get(random.nextInt(candidates.size()));
    }

    private enum Kind {
        STEP,
        LAST_STEP,
        MIDST_OF_JUDGEMENT,
        REPORT
    }

    /** A place in a job where it can be killed; {@code at} counts steps or batches of the epoch. */
    private record Moment(Kind kind, int epoch, int at) {}

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Follows a job over all attempts, keeps the bytes of its last checkpoint and kills it once at each deadly moment. */
    private static final class Witness implements LoopObserver<Object> {
        final Set<Moment> passed = new LinkedHashSet<>();
        final List<Object> reports = new ArrayList<>();
        Optional<byte[]> kept = Optional.empty();
        int attempts;
        private final int every;
        private final Set<Moment> deadly;
        private long stepsDone;
        private int epoch;
        private int judged;

        Witness(int every, Set<Moment> deadly) {
            this.every = every;
            this.deadly = new LinkedHashSet<>(deadly);
        }

        /** The checkpoint from which the next attempt goes on. */
        Optional<Snapshot> nextAttempt() {
            Optional<Snapshot> checkpoint = kept.map(Snapshot::of);
            attempts++;
            judged = 0;
            epoch = checkpoint.map(Snapshot::epoch).orElse(0);
            stepsDone = checkpoint.map(Snapshot::globalStep).orElse(0L);
            return checkpoint;
        }

        @Override
        public Directive afterStep(StepReport report) {
            assertThat(report.stepsDone()).as("no step is left out or repeated").isEqualTo(stepsDone + 1);
            stepsDone = report.stepsDone();
            epoch = report.epoch();
            judged = 0;
            boolean last = report.step() + 1 == report.stepsPerEpoch();
            pass(new Moment(last ? Kind.LAST_STEP : Kind.STEP, epoch, report.step()));
            return stepsDone % every == 0 || stepsDone == report.steps() ? Directive.CHECKPOINT : Directive.CONTINUE;
        }

        @Override
        public boolean wantsStop() {
            if (judged > 0) {
                pass(new Moment(Kind.MIDST_OF_JUDGEMENT, epoch, judged));
            }
            judged++;
            return false;
        }

        @Override
        public Directive onEpoch(Object report) {
            reports.add(report);
            if (report instanceof SearchReport search) {
                pass(new Moment(Kind.REPORT, search.epoch(), 0));
                return Directive.CHECKPOINT;
            }
            pass(new Moment(Kind.REPORT, ((EpochReport) report).epoch(), 0));
            return Directive.CONTINUE;
        }

        @Override
        public void onSnapshot(Snapshot snapshot) {
            kept = Optional.of(snapshot.bytes());
        }

        private void pass(Moment moment) {
            passed.add(moment);
            if (deadly.remove(moment)) {
                throw new Killed();
            }
        }
    }
}
