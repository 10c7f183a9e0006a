package io.dartboard.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.DecisionAction;
import io.dartboard.events.Measure;
import io.dartboard.events.Origin;
import io.dartboard.events.ReadOutcome;
import io.dartboard.events.Stage;
import io.dartboard.local.home.Member;
import io.dartboard.local.show.RunCard;
import io.dartboard.local.show.Terminal;
import io.dartboard.nas.genotype.PublishedGenotypes;
import io.dartboard.nas.image.data.made.MadeShapes;
import io.dartboard.pipeline.connect.KafkaClients;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.pipeline.view.StageView;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline as a user has it: the stack and the four packaged services as processes, a tiny run from data to
 * verdict; the undisturbed one where numbers have other digits and class names other letters. Needs the services' packages, which {@code mvn verify} has made by the time it comes here.
 */
class PipelineIT {
    private static final byte[] GARBAGE = "no event".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static @Nullable RunView undisturbed;
    private static @Nullable RunView given;
    private static @Nullable RunView onText;
    private static @Nullable RunView outOfBudget;
    private static @Nullable RunView finishedEarly;
    private static @Nullable RunView disturbed;
    private static @Nullable OrderView dropped;

    @Test
    void shouldCarryADatasetToAVerdictPastGarbageOnEveryTopic() throws Exception {
        var run = undisturbed();

        assertThat(run.searches()).allMatch(search -> search.checkpoints().size() == 3);
        assertThat(run.retrainings(Stage.FULL)).hasSize(4);
        assertThat(run.evaluated(Origin.RANDOM)).isPresent();
        assertThat(run.transfer()).isPresent();
        assertThat(run.verdict()).isPresent();
        assertThat(run.stages()).allMatch(stage -> stage.complete() && stage.deviceSeconds() > 0);
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void shouldJudgeAGivenGenotypeWithoutSearchingForOne() throws Exception {
        undisturbed();
        var run = Objects.requireNonNull(given);

        assertThat(run.searches()).isEmpty();
        assertThat(run.challenger()).get().extracting("genotype").isEqualTo(PublishedGenotypes.DARTS_V2.toString());
        assertThat(run.evaluated(Origin.RANDOM)).isPresent();
        assertThat(run.verdict()).isPresent();
    }

    @Test
    void shouldCarryATextToAVerdictByPerplexity() throws Exception {
        undisturbed();
        var run = Objects.requireNonNull(onText);

        assertThat(run.measure()).isEqualTo(Measure.PERPLEXITY);
        assertThat(run.searches()).allMatch(search -> search.finished());
        assertThat(RunCard.genotype(run)).get().asString().startsWith("Genotype(recurrent=");
        assertThat(run.retrainings(Stage.FULL)).hasSize(4).allMatch(retrained -> retrained.getPerplexity() > 1);
        assertThat(run.challenger()).get().extracting("measure").isEqualTo(Measure.PERPLEXITY);
        assertThat(run.transfer().orElseThrow().getPerplexity()).isGreaterThan(1);
        assertThat(run.verdict()).isPresent();
        assertThat(run.stages()).allMatch(stage -> stage.complete() && stage.deviceSeconds() > 0);
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void shouldPauseARunThatHasSpentItsBudgetUntilItHasMore() throws Exception {
        undisturbed();
        var paused = Objects.requireNonNull(outOfBudget);

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.reason()).contains("of the 2 epochs that its budget allows");
        // The epoch that spent the rest may have been told as progress before its alphas are.
        assertThat(paused.searches().get(0).epochsDone()).isBetween(1, 500);
        assertThat(Objects.requireNonNull(finishedEarly).searches().get(0).epochsDone())
                .isGreaterThan(paused.searches().get(0).epochsDone());
    }

    @Test
    void shouldGoOnToAVerdictFromStagesThatWereToldToFinish() throws Exception {
        undisturbed();
        var run = Objects.requireNonNull(finishedEarly);

        assertThat(run.finishing()).containsExactly("evaluation", "search");
        assertThat(run.searches().get(0).epochsDone()).isBetween(1, 999);
        assertThat(run.retrainings(Stage.SELECTION)).noneMatch(retrained -> retrained.getFinishedEarly());
        assertThat(run.retrainings(Stage.FULL)).hasSize(2).allMatch(retrained -> retrained.getFinishedEarly());
        assertThat(run.stages()).allMatch(stage -> stage.complete());
        assertThat(run.verdict().orElseThrow().getReasons()).anyMatch(reason -> reason.contains("told to finish"));
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void shouldEndWithTheSameCellsAndErrorsWhenServicesAreKilledInMidRun() throws Exception {
        var calm = undisturbed();
        var disturbed = disturbed();

        assertThat(disturbed.run()).as("an id in any locale").isEqualTo(calm.run());
        assertThat(RunCard.genotype(disturbed)).isEqualTo(RunCard.genotype(calm));
        assertThat(lastAlphas(disturbed)).isEqualTo(lastAlphas(calm));
        assertThat(errors(disturbed)).isEqualTo(errors(calm));
    }

    @Test
    void shouldDecideOnceOnDataThatWereDroppedWhileTheServiceWasKilled() throws Exception {
        disturbed();
        var order = Objects.requireNonNull(dropped);

        var read = order.source().orElseThrow().read();
        assertThat(read.getOutcome()).isEqualTo(ReadOutcome.PUBLISHED);
        assertThat(order.decisions())
                .extracting(told -> told.decided().getVersion().equals(read.getVersion()), told -> told.decided()
                        .getAction())
                .containsExactly(
                        tuple(false, DecisionAction.KEEP),
                        tuple(true, DecisionAction.MEASURE),
                        tuple(true, DecisionAction.KEEP));
    }

    /** The run and the order that kills befall; made once for all tests. */
    private static RunView disturbed() throws Exception {
        if (disturbed == null) {
            disturbed = disturb();
        }
        return disturbed;
    }

    private static RunView disturb() throws Exception {
        try (var stack = new TestStack(folder.resolve("killed"))) {
            stack.up();
            stack.publishMadeData();
            var run = stack.submit("/tiny-run.json");

            stack.await(run, view -> view.searches().get(0).epochsDone() >= 1);
            stack.kill(Member.SEARCH);
            stack.kill(Member.DERIVE);
            stack.restart(Member.SEARCH);
            stack.restart(Member.DERIVE);
            stack.await(run, view -> !view.retrainings(Stage.FULL).isEmpty());
            stack.kill(Member.EVAL);
            stack.restart(Member.EVAL);
            var ended = stack.await(run, view -> view.state().ended());
            assertThat(ended.state()).describedAs(stack.why(ended)).isEqualTo(RunState.SUCCEEDED);
            dropped = drop(stack);
            return ended;
        }
    }

    /** Half of a version is dropped and told twice, and the rest while nobody is there to be told. */
    private static OrderView drop(TestStack stack) throws Exception {
        try (var admin = KafkaClients.admin(stack.kafka(), "drops", Duration.ofSeconds(30))) {
            admin.createTopics(List.of(new NewTopic(TestStack.NOTIFICATIONS, 1, (short) 1)))
                    .all()
                    .get();
        }
        stack.order("/tiny-order.json");
        stack.awaitOrder("shapes", view -> !view.decisions().isEmpty());
        var shapes = Files.createDirectories(folder.resolve("dropped"));
        MadeShapes.writeCifar(shapes, 200, 40, 8);
        List<Path> files;
        try (var all = Files.list(shapes)) {
            files = all.sorted().toList();
        }
        stack.drop("drops/shapes/" + files.get(0).getFileName(), files.get(0));
        tell(stack, files.get(0));
        tell(stack, files.get(0));
        stack.kill(Member.SEARCH);
        files.stream().skip(1).forEach(file -> stack.drop("drops/shapes/" + file.getFileName(), file));
        tell(stack, files.get(files.size() - 1));
        tell(stack, files.get(0));
        stack.restart(Member.SEARCH);
        return stack.awaitOrder(
                "shapes",
                view -> view.source().isPresent()
                        && view.decisions().stream()
                                .anyMatch(told -> told.decided()
                                                .getVersion()
                                                .equals(view.source()
                                                        .get()
                                                        .read()
                                                        .getVersion())
                                        && told.decided().getAction() != DecisionAction.MEASURE));
    }

    private static void tell(TestStack stack, Path file) throws Exception {
        var text = """
                {"EventName": "s3:ObjectCreated:Put", "Key": "nas/drops/shapes/%1$s", "Records": [
                 {"eventName": "s3:ObjectCreated:Put",
                  "s3": {"bucket": {"name": "nas"}, "object": {"key": "drops%%2Fshapes%%2F%1$s"}}}]}""".formatted(file.getFileName());
        try (var producer = producer(stack)) {
            producer.send(new ProducerRecord<>(TestStack.NOTIFICATIONS, text.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(TestStack stack) {
        return new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.ports().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The run that nobody disturbs but for the garbage; made once for all tests. */
    private static RunView undisturbed() throws Exception {
        if (undisturbed == null) {
            try (var stack = TestStack.inEgypt(folder.resolve("calm"))) {
                stack.up();
                spoilEveryTopic(stack);
                stack.publishMadeData();
                var run = stack.await(
                        stack.submit("/tiny-run.json"), view -> view.state().ended());
                assertThat(run.state()).describedAs(stack.why(run)).isEqualTo(RunState.SUCCEEDED);
                awaitDeadLetters(stack);
                assertThat(card(stack, run.run())).contains("The cell", "Test error", "Verdict", "s3://nas/");
                assertThat(Files.readString(stack.home().run(run.run()).resolve("cell.svg")))
                        .contains("<svg", run.run());
                given = stack.await(
                        stack.submit("/tiny-given.json"), view -> view.state().ended());
                assertThat(given.state()).describedAs(stack.why(given)).isEqualTo(RunState.SUCCEEDED);
                stack.publishMadeText();
                onText = stack.await(stack.submit("/tiny-text-run.json"), view -> view.state()
                        .ended());
                assertThat(onText.state()).describedAs(stack.why(onText)).isEqualTo(RunState.SUCCEEDED);
                assertThat(card(stack, onText.run())).contains("h_t", "Test perplexity", "unigram", "Verdict");
                finishedEarly = finishEarly(stack);
                undisturbed = run;
            }
        }
        return undisturbed;
    }

    /** A search and retrainings that would have no end. */
    private static RunView finishEarly(TestStack stack) throws Exception {
        var run = stack.submit("/tiny-endless-run.json");
        var paused = stack.await(run, view -> view.spent().isPresent());
        outOfBudget = paused;
        stack.budget(run, 0);
        stack.await(
                run,
                view -> view.searches().get(0).epochsDone()
                        > paused.searches().get(0).epochsDone() + 1);
        stack.finish(run);
        stack.await(run, view -> view.live().stream()
                .anyMatch(job -> job.word().getStage().equals(StageView.EVALUATION)
                        && job.word().getFraction() > 0));
        stack.finish(run);
        var ended = stack.await(run, view -> view.state().ended());
        assertThat(ended.state()).describedAs(stack.why(ended)).isEqualTo(RunState.SUCCEEDED);
        return ended;
    }

    private static void spoilEveryTopic(TestStack stack) throws Exception {
        try (var producer = producer(stack)) {
            for (var topic : Topics.ALL) {
                producer.send(new ProducerRecord<>(topic.name(), "garbage".getBytes(StandardCharsets.UTF_8), GARBAGE))
                        .get();
            }
        }
    }

    private static void awaitDeadLetters(TestStack stack) {
        var spoiled = Topics.ALL.stream()
                .filter(topic -> !topic.equals(Topics.DEAD_LETTERS))
                .map(Topic::name)
                .collect(Collectors.toSet());
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        EventReader.readAll(stack.kafka(), Topics.DEAD_LETTERS, Duration.ofSeconds(20)))
                .filteredOn(letter ->
                        GARBAGE.length == letter.value().getRecordValue().remaining())
                .extracting(letter -> letter.value().getTopic())
                .containsAll(spoiled));
    }

    private static String card(TestStack stack, String run) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var exit = Dartboard.run(
                Terminal.plain(new PrintStream(out, true, StandardCharsets.UTF_8)),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "status",
                run,
                "--home",
                stack.home().root().toString());
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exit).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Object lastAlphas(RunView run) {
        return run.searches().stream()
                .map(search -> search.lastCheckpoint().orElseThrow().getAlphas())
                .toList();
    }

    private static Object errors(RunView run) {
        return run.retrainings(Stage.FULL).stream()
                .map(retrained -> retrained.getHash() + "/" + retrained.getSeed() + "/" + retrained.getErrorPercent())
                .toList();
    }
}
