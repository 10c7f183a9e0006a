package io.dartboard.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.JobFailed;
import io.dartboard.events.JobProgressed;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SearchJob;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.pipeline.artifact.ArchiveCache;
import io.dartboard.pipeline.artifact.JobResult;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.config.KafkaSettings;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.event.EventReader;
import io.dartboard.pipeline.event.EventSender;
import io.dartboard.pipeline.event.SchemaBook;
import io.dartboard.pipeline.event.TopicAdmin;
import io.dartboard.pipeline.lease.Claim;
import io.dartboard.pipeline.lease.Lease;
import io.dartboard.pipeline.lease.LeaseState;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.testkit.EmbeddedBroker;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.QuickWorkers;
import io.dartboard.pipeline.testkit.Samples;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The worker on a real broker whose share groups lock a record for two seconds. Each test has names and a group of its own. */
@Execution(ExecutionMode.CONCURRENT)
class JobWorkerIT {
    private static final int LOCK_MS = 2_000;
    private static final Duration LEASE = Duration.ofMillis(1500);
    /** Long enough for a machine that has other things to do; what fails waits as long. */
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final String ELSEWHERE = "elsewhere";
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;
    private static EventSender sender;

    @TempDir
    Path work;

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Leases leases = new Leases(store, LEASE, 3, Clock.systemUTC());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Event<?>> told = new ConcurrentLinkedQueue<>();
    private String name = "";

    @BeforeAll
    static void startBroker() {
        broker = new EmbeddedBroker(folder.resolve("kafka"), LOCK_MS);
        kafka = broker.settings();
        new TopicAdmin(kafka).ensure(Topics.ALL);
        sender = new EventSender(kafka, QuickWorkers.IDENTITY, Clock.systemUTC());
    }

    @AfterAll
    static void stopBroker() {
        sender.close();
        broker.close();
    }

    @BeforeEach
    void listen() throws Exception {
        name = "t" + NAMES.incrementAndGet();
        var reader = new EventReader(
                kafka, name, List.of(Topics.ALPHAS, Topics.FAILURES, Topics.DEAD_LETTERS, Topics.PROGRESS), this::hear);
        reader.start();
        open.add(reader);
        assertThat(reader.awaitCaughtUp(SOON)).isTrue();
        told.clear();
    }

    /** What is about this test's jobs: others run beside it. */
    private void hear(Event<?> event) {
        var about = event.value() instanceof DeadLettered letter && letter.getRecordKey() != null
                ? StandardCharsets.UTF_8
                        .decode(letter.getRecordKey().duplicate())
                        .toString()
                : event.key();
        if (about.startsWith(name + "-")) {
            told.add(event);
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void shouldDoEveryJobOnceThoughItTakesLongerThanItsLock() throws Exception {
        var first = ask("a");
        var second = ask("b");

        worker((job, context) -> {
            begin(job, context);
            linger(context, Duration.ofMillis(LOCK_MS * 3L / 2));
            return done(job, context);
        });

        awaitFacts(first);
        awaitFacts(second);
        assertThat(begun).containsExactlyInAnyOrder(first.getJob() + "#1", second.getJob() + "#1");
        // The worker counts and takes its gauges away only once the facts are told, so a reader of them may be first.
        await().atMost(SOON).untilAsserted(() -> assertThat(registry.get(NasMeters.JOBS_FINISHED.id())
                        .tags("stage", "search", "outcome", "succeeded")
                        .counter()
                        .count())
                .isEqualTo(2));
        await().atMost(SOON)
                .until(() -> registry.find(NasMeters.JOB_PROGRESS.id()).gauges().isEmpty());
    }

    @Test
    void shouldDoAsManyJobsAtOnceAsAServiceHasWorkers() throws Exception {
        var together = new CyclicBarrier(2);
        JobRunner<SearchJob> runner = (job, context) -> {
            together.await(SOON.toSeconds(), TimeUnit.SECONDS);
            return quickly(job, context);
        };
        worker(runner);
        worker(runner);

        var first = ask("a");
        var second = ask("b");

        awaitFacts(first);
        awaitFacts(second);
        assertThat(begun).containsExactlyInAnyOrder(first.getJob() + "#1", second.getJob() + "#1");
    }

    @Test
    void shouldBeginASecondAttemptWhenTheFirstWorkerHasDied() throws Exception {
        var dead = Samples.job(name + "-a", name + "-run-a");
        claim(dead);
        lapse(dead);
        var job = ask("a");
        tellHalfDone(job);

        worker((asked, context) -> {
            context.resumesAt(5);
            return quickly(asked, context);
        });

        awaitFacts(job);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        registry.counter("nas.checkpoint.lost.steps", "stage", "search", "cause", "crash")
                                .count())
                .isEqualTo(7));
        assertThat(begun).containsExactly(job.getJob() + "#2");
    }

    @Test
    void shouldDeadLetterGarbageAndGoOn() throws Exception {
        var at = sender.deliver(new ProducerRecord<>(
                        Topics.SEARCH_JOBS.name(), (name + "-g").getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3
                        }))
                .offset();
        var job = ask("a");

        worker(this::quickly);

        awaitFacts(job);
        var key = "nas.search.jobs/0/" + at;
        await().atMost(SOON)
                .until(() -> has(Topics.DEAD_LETTERS, event -> event.key().equals(key)));
        var letter = Topics.DEAD_LETTERS
                .types()
                .get(0)
                .cast(find(Topics.DEAD_LETTERS, event -> event.key().equals(key))
                        .value());
        assertThat(((DeadLettered) letter).getReason()).contains("not an event");
    }

    @Test
    void shouldStopACancelledJobAtItsNextStep() throws Exception {
        var job = ask("a");
        var stopped = new CountDownLatch(1);

        worker((asked, context) -> {
            begin(asked, context);
            while (!context.signal().stops()) {
                Thread.sleep(10);
            }
            assertThat(context.signal()).isEqualTo(Signal.CANCEL);
            assertThat(context.cause()).contains("enough");
            stopped.countDown();
            return Outcome.stopped();
        });
        await().atMost(SOON).until(() -> !begun.isEmpty());
        tell(requested(job));
        tell(new RunCancelled(job.getRun(), "enough", 0));

        assertThat(stopped.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        var next = ask("b");
        await().atMost(SOON).until(() -> begun.contains(next.getJob() + "#1"));
        assertThat(store.exists("searches/" + job.getJob() + "/result.json")).isFalse();
        tell(requested(next));
        tell(new RunCancelled(next.getRun(), "", 0));
    }

    @Test
    void shouldTakeAPausedRunsJobOffTheTopic() throws Exception {
        var paused = Samples.job(name + "-a", name + "-run-a");
        tell(requested(paused));
        tell(new RunPaused(paused.getRun(), "lunch", 0));
        sender.deliver(Topics.SEARCH_JOBS, paused.getJob(), paused, paused.getRun(), "");
        var other = ask("b");

        worker(this::quickly);

        awaitFacts(other);
        assertThat(begun).containsExactly(other.getJob() + "#1");
    }

    @Test
    void shouldHandARunningJobOverWhenItsWorkerIsClosed() throws Exception {
        var job = ask("a");
        var leaving = worker((asked, context) -> {
            begin(asked, context);
            while (!context.signal().stops()) {
                Thread.sleep(10);
            }
            context.await(context.checkpoints()
                    .write(0, 7, false, Map.of("note", "half way"), "state".getBytes(StandardCharsets.UTF_8)));
            return Outcome.stopped();
        });
        await().atMost(SOON).until(() -> !begun.isEmpty());

        leaving.close();
        var resumed = new ConcurrentLinkedQueue<Long>();
        worker((asked, context) -> {
            begin(asked, context);
            try (var restored = context.checkpoints().restore().orElseThrow()) {
                resumed.add(restored.checkpoint().step());
            }
            return done(asked, context);
        });

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1", job.getJob() + "#2");
        assertThat(resumed).containsExactly(7L);
        assertThat(has(Topics.FAILURES, event -> event.key().equals(job.getJob())))
                .isFalse();
    }

    @Test
    void shouldGiveUpAPoisonJobWithAFailureAndADeadLetter() throws Exception {
        var job = ask("a");

        worker((asked, context) -> {
            begin(asked, context);
            throw new IllegalStateException("the loss is not a number");
        });

        await().atMost(SOON)
                .until(() -> has(
                        Topics.DEAD_LETTERS, event -> event.value().toString().contains("given up")));
        assertThat(begun).containsExactly(job.getJob() + "#1", job.getJob() + "#2", job.getJob() + "#3");
        var failures = told.stream()
                .filter(event -> event.topic() == (Topic<?>) Topics.FAILURES
                        && event.key().equals(job.getJob()))
                .map(event -> (io.dartboard.events.JobFailed) event.value())
                .toList();
        assertThat(failures)
                .extracting(io.dartboard.events.JobFailed::getRetryable)
                .containsExactly(true, true, false);
        assertThat(failures.get(2).getCause()).contains("the loss is not a number");
    }

    @Test
    void shouldNotTryARefusedJobAgain() throws Exception {
        var job = ask("a");
        var next = ask("b");

        worker((asked, context) -> {
            begin(asked, context);
            if (asked.getJob().equals(job.getJob())) {
                throw new JobRefused("the dataset has no images");
            }
            return done(asked, context);
        });

        awaitFacts(next);
        await().atMost(SOON)
                .until(() -> has(Topics.FAILURES, event -> event.key().equals(job.getJob())));
        assertThat(begun).containsExactly(job.getJob() + "#1", next.getJob() + "#1");
    }

    @Test
    void shouldWaitForTheStoreWithoutCountingAnAttempt() throws Exception {
        var job = ask("a");
        var calls = new AtomicInteger();

        worker((asked, context) -> {
            begin(asked, context);
            if (calls.incrementAndGet() == 1) {
                throw new StoreUnavailable("the store is away");
            }
            return done(asked, context);
        });

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1", job.getJob() + "#1");
    }

    /** More often than a job may fail. */
    @Test
    void shouldHandAJobBackWhileTheDiskIsFullWithoutCountingAnAttempt() throws Exception {
        var full = new AtomicInteger(leases.maxAttempts() + 1);
        var job = ask("a");

        worker((asked, context) -> {
            if (full.getAndDecrement() > 0) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
            return quickly(asked, context);
        });

        awaitFacts(job);
        assertThat(told)
                .extracting(Event::value)
                .filteredOn(JobFailed.class::isInstance)
                .hasSize(leases.maxAttempts() + 1)
                .allSatisfy(failed -> assertThat(((JobFailed) failed).getCause())
                        .contains("cannot read or write " + work, "No space left on device", "dartboard.work-dir"));
    }

    @Test
    void shouldTellAKnownResultAgainWithoutTraining() throws Exception {
        var job = ask("a");
        worker(this::quickly);
        awaitFacts(job);

        sender.deliver(Topics.SEARCH_JOBS, job.getJob(), job, job.getRun(), "");

        await().atMost(SOON).until(() -> facts(job) == 2);
        assertThat(begun).containsExactly(job.getJob() + "#1");
    }

    @Test
    void shouldLetGoOfAJobWhoseTrainingThreadHangs() throws Exception {
        var job = ask("a");
        var release = new CountDownLatch(1);
        var hung = worker(
                (asked, context) -> {
                    begin(asked, context);
                    release.await();
                    return Outcome.stopped();
                },
                LEASE.plusMillis(500));
        await().atMost(SOON).until(() -> hung.stalled().isPresent());
        lapse(job);
        ask("a");

        worker(this::quickly);

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1", job.getJob() + "#2");
        release.countDown();
    }

    @Test
    void shouldDoAJobOnceThoughItWasAskedForByManyRecordsAndThereAreManyWorkers() throws Exception {
        JobRunner<SearchJob> slow = (asked, context) -> {
            begin(asked, context);
            linger(context, Duration.ofMillis(LOCK_MS * 2L));
            return done(asked, context);
        };
        worker(slow);
        worker(slow);
        worker(slow);
        var job = ask("a");
        for (var twin = 0; twin < 5; twin++) {
            ask("a");
        }

        awaitFacts(job);
        ask("b");
        await().atMost(SOON).until(() -> begun.contains(name + "-b#1"));
        assertThat(begun).containsOnlyOnce(job.getJob() + "#1").hasSize(2);
    }

    @Test
    void shouldHoldNoRecordOfOthersWhileItIsBusy() throws Exception {
        var first = ask("a");
        var goOn = new CountDownLatch(1);
        JobRunner<SearchJob> runner = (asked, context) -> {
            begin(asked, context);
            if (asked.getJob().equals(first.getJob())) {
                goOn.await();
            }
            return done(asked, context);
        };
        worker(runner);
        await().atMost(SOON).until(() -> !begun.isEmpty());
        var next = ask("b");
        Thread.sleep(LOCK_MS / 2);

        worker(runner);

        awaitFacts(next);
        goOn.countDown();
        awaitFacts(first);
        assertThat(begun).containsExactly(first.getJob() + "#1", next.getJob() + "#1");
    }

    /** The result of an early finish is none for a run that comes later and wants the job in full. */
    @Test
    void shouldFinishAJobEarlyOnceAndGoOnWithItForWhoWantsItInFull() throws Exception {
        var job = ask("a");
        worker((asked, context) -> {
            begin(asked, context);
            while (context.signal() == Signal.NONE && context.attempt() == 1) {
                Thread.sleep(10);
            }
            return context.signal() == Signal.FINISH
                    ? Outcome.early(Topics.ALPHAS, asked.getJob(), Samples.fact(asked, context.attempt()))
                    : done(asked, context);
        });
        await().atMost(SOON).until(() -> !begun.isEmpty());
        tell(requested(job));
        tell(new StageFinishRequested(job.getRun(), "search", "", 0));
        awaitFacts(job);
        ask("a");
        await().atMost(SOON).until(() -> facts(job) == 2);
        assertThat(begun).as("told again, not done again").containsExactly(job.getJob() + "#1");

        var twin = Samples.job(job.getJob(), name + "-run-twin");
        tell(requested(twin));
        sender.deliver(Topics.SEARCH_JOBS, twin.getJob(), twin, twin.getRun(), "");
        await().atMost(SOON).until(() -> facts(job) == 3);
        assertThat(begun).containsExactly(job.getJob() + "#1", job.getJob() + "#2");
        assertThat(new ResultStore(store).read("searches/" + job.getJob())).isPresent();
        assertThat(has(Topics.FAILURES, event -> event.key().equals(job.getJob())))
                .isFalse();
    }

    @Test
    void shouldGoOnWithAJobThatIsResumedWhileItIsBeingPutDown() throws Exception {
        var job = ask("a");
        var stopping = new CountDownLatch(1);
        var resumed = new CountDownLatch(1);
        worker((asked, context) -> {
            begin(asked, context);
            if (context.attempt() > 1) {
                return done(asked, context);
            }
            while (!context.signal().stops()) {
                Thread.sleep(10);
            }
            stopping.countDown();
            resumed.await();
            return Outcome.stopped();
        });
        await().atMost(SOON).until(() -> !begun.isEmpty());
        tell(requested(job));
        tell(new RunPaused(job.getRun(), "lunch", 0));
        assertThat(stopping.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // A second worker that meets the record of the resumed run finds that the job has its worker.
        tell(new RunResumed(job.getRun(), "", 0));
        ask("a");
        resumed.countDown();

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1", job.getJob() + "#2");
        assertThat(has(Topics.FAILURES, event -> event.key().equals(job.getJob())))
                .isFalse();
    }

    @Test
    void shouldGoOnWithAJobWhileAnyRunThatAskedForItIsLive() throws Exception {
        var job = ask("a");
        var goOn = new CountDownLatch(1);
        worker((asked, context) -> {
            begin(asked, context);
            while (goOn.getCount() > 0) {
                assertThat(context.signal()).isEqualTo(Signal.NONE);
                Thread.sleep(10);
            }
            return done(asked, context);
        });
        await().atMost(SOON).until(() -> !begun.isEmpty());
        var twin = Samples.job(job.getJob(), name + "-run-twin");
        tell(requested(twin));
        sender.deliver(Topics.SEARCH_JOBS, twin.getJob(), twin, twin.getRun(), "");
        Thread.sleep(500);
        tell(requested(job));
        tell(new RunCancelled(job.getRun(), "enough", 0));
        Thread.sleep(500);
        goOn.countDown();

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1");
    }

    @Test
    void shouldReplaceAResultThatCannotBeReadAndGoOnToTheJobsBehindIt() throws Exception {
        var job = Samples.job(name + "-a", name + "-run-a");
        store.tamper("searches/" + job.getJob() + "/result.json", "{\"topic\": ".getBytes(StandardCharsets.UTF_8));
        ask("a");
        var next = ask("b");

        worker(this::quickly);

        awaitFacts(job);
        awaitFacts(next);
        assertThat(begun).containsExactly(job.getJob() + "#1", next.getJob() + "#1");
        assertThat(new ResultStore(store).read("searches/" + job.getJob())).isPresent();
    }

    @Test
    void shouldEndAJobWhoseWorkersDieWithTheirLastWords() throws Exception {
        var job = Samples.job(name + "-a", name + "-run-a");
        for (var attempt = 1; attempt <= 3; attempt++) {
            claim(job).renew(List.of("loading the data", "SIGSEGV in libtorch"));
            lapse(job);
        }
        ask("a");

        worker(this::quickly);

        await().atMost(SOON)
                .until(() -> has(Topics.FAILURES, event -> event.key().equals(job.getJob())));
        var failed = (io.dartboard.events.JobFailed)
                find(Topics.FAILURES, event -> event.key().equals(job.getJob())).value();
        assertThat(failed.getRetryable()).isFalse();
        assertThat(failed.getCause()).contains("died without a word");
        assertThat(failed.getLastWords()).containsExactly("loading the data", "SIGSEGV in libtorch");
        assertThat(begun).isEmpty();
    }

    @Test
    void shouldFreeAtOnceWhatADeadProcessOnTheSameDiskWasAt() throws Exception {
        var job = Samples.job(name + "-a", name + "-run-a");
        var lease = claim(job);
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        var note = noteOf(job, lease, dead.pid());
        Files.createDirectories(work.resolve("at-work"));
        Files.writeString(work.resolve("at-work").resolve(job.getJob() + ".json"), note);
        Files.writeString(
                work.resolve("hs_err_pid%d.log".formatted(dead.pid())),
                "#\n# A fatal error has been detected\n#\n#  SIGSEGV (0xb) at pc=0x1\n#\n# C  [libtorch.so]\n\nmore");

        worker(this::quickly);

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#2");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(work.resolve("at-work").resolve(job.getJob() + ".json"))
                        .doesNotExist());
        assertThat(new String(store.get(Leases.key(job.getJob(), 1)), StandardCharsets.UTF_8))
                .contains("crashed: SIGSEGV (0xb) at pc=0x1")
                .contains("libtorch.so");
    }

    @Test
    void shouldNeverSeeAJobOfAnAbortedTransaction() throws Exception {
        var hidden = Samples.job(name + "-hidden", name + "-run-a");
        var settings = Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", name);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(sender.record(Topics.SEARCH_JOBS, hidden.getJob(), hidden, hidden.getRun(), ""))
                    .get();
            producer.abortTransaction();
        }
        var job = ask("a");

        worker(this::quickly);

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1");
        assertThat(EventReader.readAll(kafka, Topics.SEARCH_JOBS, SOON))
                .noneMatch(event -> event.key().equals(hidden.getJob()));
    }

    @Test
    void shouldNotTakeALongPreparationForAHungTraining() throws Exception {
        var speaks = silentStore();
        var job = ask("a");
        var worker = worker(this::fetchFirst, LEASE.plusMillis(500));
        await().atMost(SOON).until(() -> prepares(job));

        await().during(LEASE.multipliedBy(2)).atMost(SOON).until(() -> worker.stalled()
                .isEmpty());
        speaks.countDown();

        awaitFacts(job);
        assertThat(begun).containsExactly(job.getJob() + "#1");
        var told = (JobProgressed) find(
                        Topics.PROGRESS,
                        event -> event.value() instanceof JobProgressed progressed
                                && progressed.getJob().equals(job.getJob())
                                && progressed.getPhase().equals("prepare"))
                .value();
        assertThat(told.getMessage()).startsWith("fetching tiny");
        assertThat(told.getWorker()).isEqualTo("test-host");
        assertThat(told.getFraction()).isZero();
    }

    @Test
    void shouldHandOverAJobThatPreparesAndGoOnWithItsDownload() throws Exception {
        var speaks = silentStore();
        var job = ask("a");
        var leaving = worker(this::fetchFirst);
        await().atMost(SOON).until(() -> prepares(job));

        leaving.close();
        assertThat(leaving.busy()).isFalse();
        worker(this::fetchFirst);
        await().atMost(SOON).until(() -> begun.contains(job.getJob() + "#2"));
        speaks.countDown();

        awaitFacts(job);
        assertThat(store.offsets()).containsExactly(0L, 3L);
        assertThat(has(Topics.FAILURES, event -> event.key().equals(job.getJob())))
                .isFalse();
    }

    @Test
    void shouldPauseAndCancelAJobThatPrepares() throws Exception {
        silentStore();
        var paused = ask("a");
        worker(this::fetchFirst);
        await().atMost(SOON).until(() -> prepares(paused));
        tell(requested(paused));
        tell(new RunPaused(paused.getRun(), "lunch", 0));
        awaitStopped("pause");

        var cancelled = ask("b");
        await().atMost(SOON).until(() -> prepares(cancelled));
        tell(requested(cancelled));
        tell(new RunCancelled(cancelled.getRun(), "", 0));
        awaitStopped("cancel");

        assertThat(begun).containsExactly(paused.getJob() + "#1", cancelled.getJob() + "#1");
    }

    @Test
    void shouldNotLetProgressGoBackWhileALaterAttemptPrepares() throws Exception {
        var job = Samples.job(name + "-a", name + "-run-a");
        claim(job);
        lapse(job);
        tellHalfDone(job);
        sender.deliver(Topics.SEARCH_JOBS, job.getJob(), job, job.getRun(), "");

        worker((asked, context) -> {
            while (!prepares(job)) {
                context.preparation().at("unpacking tiny", 5_000_000, 20_000_000);
                Thread.sleep(20);
            }
            return quickly(asked, context);
        });

        awaitFacts(job);
        assertThat(told.stream()
                        .filter(event -> event.value() instanceof JobProgressed progressed
                                && progressed.getJob().equals(job.getJob())
                                && progressed.getAttempt() == 2)
                        .map(event -> (JobProgressed) event.value()))
                .allSatisfy(progressed -> {
                    assertThat(progressed.getFraction()).isEqualTo(0.5);
                    assertThat(progressed.getStep()).isEqualTo(12);
                })
                .anySatisfy(progressed -> assertThat(progressed.getMessage()).isEqualTo("unpacking tiny: 5 of 20 MB"));
    }

    private CountDownLatch silentStore() {
        var speaks = new CountDownLatch(1);
        store.deliver(in -> new FilterInputStream(in) {
            private int left = 3;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    try {
                        speaks.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                var n = super.read(buffer, offset, left == 0 ? length : Math.min(length, left));
                left -= Math.min(left, n);
                return n;
            }
        });
        return speaks;
    }

    private Outcome fetchFirst(SearchJob job, JobContext context) throws InterruptedException {
        begin(job, context);
        var ref = store.put(job.getJob(), ("archive of " + job.getJob()).getBytes(StandardCharsets.UTF_8));
        assertThat(new ArchiveCache(store, work).fetch(ref, "tiny", context.preparation()))
                .hasContent("archive of " + job.getJob());
        return done(job, context);
    }

    private boolean prepares(SearchJob job) {
        return has(
                Topics.PROGRESS,
                event -> event.value() instanceof JobProgressed progressed
                        && progressed.getJob().equals(job.getJob())
                        && progressed.getPhase().equals("prepare"));
    }

    private void awaitStopped(String reason) {
        await().atMost(SOON)
                .until(() -> registry.find(NasMeters.JOBS_FINISHED.id())
                                .tags("stage", "search", "outcome", "stopped", "reason", reason)
                                .counter()
                        != null);
    }

    private static String noteOf(SearchJob job, Lease lease, long pid) {
        var encoder = java.util.Base64.getEncoder();
        return """
                {"job": "%s", "token": 1, "nonce": "%s", "pid": %d, "begun": "2026-01-01T00:00:00Z",
                 "topic": "nas.search.jobs", "key": "%s", "value": "%s", "headers": []}""".formatted(
                        job.getJob(),
                        lease.state().nonce(),
                        pid,
                        encoder.encodeToString(job.getJob().getBytes(StandardCharsets.UTF_8)),
                        encoder.encodeToString(Topics.SEARCH_JOBS.encode(job)));
    }

    @Test
    void shouldStopWhenAnotherAttemptHasBegun() throws Exception {
        var job = ask("a");
        var stopped = new CountDownLatch(1);
        worker((asked, context) -> {
            begin(asked, context);
            if (context.attempt() == 1) {
                while (!context.signal().stops()) {
                    Thread.sleep(10);
                }
                assertThat(context.signal()).isEqualTo(Signal.LOST);
                stopped.countDown();
                return Outcome.stopped();
            }
            return done(asked, context);
        });
        await().atMost(SOON).until(() -> !begun.isEmpty());
        lapse(job);
        var usurper = claim(job);

        assertThat(stopped.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        usurper.check();
        assertThat(usurper.token()).isEqualTo(2);
        usurper.release("the test is over");
        assertThat(has(Topics.FAILURES, event -> event.key().equals(job.getJob())))
                .isFalse();
    }

    @Test
    void shouldCountTheDeploymentsThatOutrunTheGraceAsNoFailure() throws Exception {
        for (var deployment = 1; deployment <= 5; deployment++) {
            ask("a");
            var number = deployment;
            var stubborn = worker((asked, context) -> {
                begin(asked, context);
                Thread.sleep(60_000);
                return Outcome.stopped();
            });
            await().atMost(SOON).until(() -> begun.contains(name + "-a#" + number));
            stubborn.close();
        }
        assertThat(leases.look(name + "-a")).get().satisfies(state -> {
            assertThat(state.withoutProgress()).isZero();
            assertThat(state.standing()).isEqualTo(LeaseState.Standing.FREE);
        });
    }

    private Lease claim(SearchJob job) {
        return ((Claim.Held) leases.claim(job.getJob(), "somebody", Instant.EPOCH)).lease();
    }

    private void lapse(SearchJob job) {
        leases.look(job.getJob())
                .ifPresent(state -> store.age(Leases.key(job.getJob(), state.token()), Duration.ofMinutes(1)));
    }

    /** As its first attempt tells it. */
    private static void tellHalfDone(SearchJob job) throws InterruptedException {
        sender.deliver(
                Topics.PROGRESS,
                job.getJob(),
                new JobProgressed(
                        job.getJob(), job.getRun(), "search", 1, 0.5, 1.0, 1.0, "", "cpu", 12L, 0.0, "", "", 0.0, null),
                job.getRun(),
                "");
    }

    private static RunRequested requested(SearchJob job) {
        return RunRequested.newBuilder(RunStory.IMAGES.request(job.getRun())).build();
    }

    private void tell(SpecificRecord word) throws InterruptedException {
        var run = RunLife.runOf(word).orElseThrow();
        sender.deliver(Topics.RUNS, run, word, run, "");
    }

    private JobWorker<SearchJob> worker(JobRunner<SearchJob> runner) {
        return worker(runner, Duration.ofMinutes(1));
    }

    private JobWorker<SearchJob> worker(JobRunner<SearchJob> runner, Duration stallTimeout) {
        var control = new RunControl(kafka, name, SchemaBook.AS_IT_IS);
        control.start();
        open.add(control);
        var tools = new QuickWorkers(kafka, sender, control, store, registry, work)
                .tools(QuickWorkers.settings(LEASE, stallTimeout), leases);
        // Each test has a group of its own, which sees the whole topic: other tests' jobs have their result.
        new ResultStore(store)
                .writeOnce(
                        ELSEWHERE,
                        new JobResult<>(
                                Topics.ALPHAS, ELSEWHERE, Samples.fact(Samples.job(ELSEWHERE, ELSEWHERE), 1), 1));
        var kind = new JobKind<>(
                Topics.SEARCH_JOBS,
                List.of("search"),
                group(),
                (SearchJob job) -> new JobIdentity(
                        job.getJob(),
                        job.getRun(),
                        job.getRequestEpoch(),
                        job.getJob().startsWith(name + "-") ? "search" : "another test",
                        job.getJob().startsWith(name + "-") ? "searches/" + job.getJob() : ELSEWHERE));
        var worker = new JobWorker<>(tools, kind, runner, "cpu", 0);
        open.add(worker);
        worker.start();
        return worker;
    }

    private String group() {
        return "workers-" + name;
    }

    private SearchJob ask(String letter) throws InterruptedException {
        var job = Samples.job(name + "-" + letter, name + "-run-" + letter);
        sender.deliver(Topics.SEARCH_JOBS, job.getJob(), job, job.getRun(), "");
        return job;
    }

    private Outcome quickly(SearchJob job, JobContext context) {
        begin(job, context);
        return done(job, context);
    }

    private void begin(SearchJob job, JobContext context) {
        begun.add(job.getJob() + "#" + context.attempt());
    }

    private static Outcome done(SearchJob job, JobContext context) {
        return Outcome.done(Topics.ALPHAS, job.getJob(), Samples.fact(job, context.attempt()));
    }

    private static void linger(JobContext context, Duration howLong) throws InterruptedException {
        var end = System.nanoTime() + howLong.toNanos();
        while (System.nanoTime() < end) {
            assertThat(context.signal()).isEqualTo(Signal.NONE);
            context.progress(5, 0.5, 1, new Throughput(1, 0), "half");
            Thread.sleep(20);
        }
    }

    private void awaitFacts(SearchJob job) {
        await().atMost(SOON).until(() -> facts(job) >= 1);
    }

    private long facts(SearchJob job) {
        return told.stream()
                .filter(event -> event.value() instanceof AlphaCheckpointed fact
                        && fact.getSearch().equals(job.getJob()))
                .count();
    }

    private boolean has(Topic<? extends SpecificRecord> topic, Predicate<Event<?>> wanted) {
        return told.stream().anyMatch(event -> event.topic().name().equals(topic.name()) && wanted.test(event));
    }

    private Event<?> find(Topic<? extends SpecificRecord> topic, Predicate<Event<?>> wanted) {
        return told.stream()
                .filter(event -> event.topic().name().equals(topic.name()) && wanted.test(event))
                .findFirst()
                .orElseThrow();
    }
}
