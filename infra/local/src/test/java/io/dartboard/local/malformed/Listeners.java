package io.dartboard.local.malformed;

import com.fasterxml.jackson.databind.JsonNode;
import io.dartboard.derive.DerivePlanner;
import io.dartboard.eval.EvalPlanner;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.SearchJob;
import io.dartboard.events.TransferJob;
import io.dartboard.local.malformed.MalformedRecords.Malformed;
import io.dartboard.local.show.CardPlaces;
import io.dartboard.local.show.RunCard;
import io.dartboard.local.show.Situation;
import io.dartboard.local.show.Terminal;
import io.dartboard.local.show.WatchScreen;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.event.Event;
import io.dartboard.pipeline.job.HeardControl;
import io.dartboard.pipeline.job.JobIdentity;
import io.dartboard.pipeline.job.JobKind;
import io.dartboard.pipeline.job.OfferedRecord;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.SteppedPlanner;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunJson;
import io.dartboard.schemas.Envelope;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import io.dartboard.search.order.OrderPlanner;
import io.dartboard.search.plan.SearchPlanner;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.transfer.TransferPlanner;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Everybody who reads topics: the four planners, a worker, the REST interface's board and the command line's screens. */
final class Listeners {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Terminal NOWHERE =
            Terminal.plain(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    private static final CardPlaces PLACES = new CardPlaces(Path.of("cell.svg"), Path.of("c"), "s3", "rest");

    private static final JobKind<SearchJob> SEARCH = new JobKind<>(
            Topics.SEARCH_JOBS,
            List.of("search"),
            "s",
            job -> new JobIdentity(
                    job.getJob(), job.getRun(), job.getRequestEpoch(), "search", "searches/" + job.getJob()));
    private static final JobKind<EvaluationJob> EVALUATION = new JobKind<>(
            Topics.EVAL_JOBS,
            List.of("selection", "evaluation"),
            "e",
            job -> new JobIdentity(
                    job.getJob(), job.getRun(), job.getRequestEpoch(), "e", "evaluations/" + job.getJob()));
    private static final JobKind<TransferJob> TRANSFER = new JobKind<>(
            Topics.TRANSFER_JOBS,
            List.of("transfer"),
            "t",
            job -> new JobIdentity(
                    job.getJob(), job.getRun(), job.getRequestEpoch(), "t", "transfers/" + job.getJob()));

    private final Map<String, SteppedPlanner> planners = new LinkedHashMap<>();
    private final HeardControl control = new HeardControl();
    private final RunBoard board = new RunBoard();
    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final Leases leases = new Leases(store, LEASE, 3, Clock.systemUTC());
    private final ResultStore results = new ResultStore(store);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long offset;

    Listeners() {
        add("search-svc", new SearchPlanner(LEASE, DevicePrice.UNKNOWN, seen -> {}));
        add("search-svc-orders", new OrderPlanner(DevicePrice.UNKNOWN, seen -> {}));
        add("derive-svc", new DerivePlanner());
        add("eval-svc", new EvalPlanner(LEASE));
        add("transfer-svc", new TransferPlanner(LEASE, 0.05));
    }

    private void add(String service, Decider decider) {
        planners.put(service, new SteppedPlanner(service, decider));
    }

    /** What came of a record: the letters of each service, and what else they told. */
    record Came(List<DeadLettered> letters, List<SpecificRecord> told) {}

    RunBoard board() {
        return board;
    }

    /** How much all planners keep. */
    long kept() {
        return planners.values().stream().mapToLong(SteppedPlanner::entries).sum();
    }

    /** Lets everybody who reads its topic read a valid event. */
    Came hear(SpecificRecord event, String key) {
        var topic = PlannerBench.topicOf(event);
        return hear(new Malformed(
                MalformedRecords.Fault.KEY,
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                io.dartboard.schemas.EventCodec.encode(event),
                new RecordHeaders()));
    }

    /** Lets everybody who reads its topic read it. */
    Came hear(Malformed record) {
        now = now.plusMillis(1);
        offset++;
        var letters = new ArrayList<DeadLettered>();
        var told = new ArrayList<SpecificRecord>();
        planners.forEach((service, planner) -> {
            if (planner.listensTo(record.topic())) {
                plan(service, planner, record, letters, told);
            }
        });
        work(record).ifPresent(letters::add);
        view(record);
        return new Came(letters, told);
    }

    private void plan(
            String service,
            SteppedPlanner planner,
            Malformed record,
            List<DeadLettered> letters,
            List<SpecificRecord> told) {
        var before = planner.entries();
        var said = planner.take(
                record.topic(),
                offset,
                new Record<>(record.key(), record.value(), now.toEpochMilli(), new RecordHeaders(record.headers())),
                now);
        for (var each : said) {
            if (each.record().value().length > MalformedRecords.LARGEST) {
                throw new AssertionError("%s tells %d bytes on %s, more than a broker takes"
                        .formatted(
                                service,
                                each.record().value().length,
                                each.topic().name()));
            }
            var event = (SpecificRecord) each.topic().decode(each.record().value());
            if (event instanceof DeadLettered letter) {
                if (said.size() > 1 || planner.entries() != before) {
                    throw new AssertionError("%s refuses a record and keeps some of it".formatted(service));
                }
                letters.add(letter);
            } else {
                told.add(event);
            }
        }
    }

    /** As {@code JobWorker.take} and {@code JobIntake.begin} do. */
    private Optional<DeadLettered> work(Malformed record) {
        var kind = List.of(SEARCH, EVALUATION, TRANSFER).stream()
                .filter(each -> each.topic().equals(record.topic()))
                .findFirst();
        if (kind.isEmpty()) {
            return Optional.empty();
        }
        var raw = new ConsumerRecord<>(record.topic().name(), 0, offset, record.key(), record.value());
        record.headers().forEach(raw.headers()::add);
        try {
            var identity = OfferedRecord.identity(kind.get(), raw);
            results.read(identity.prefix());
            control.stops(identity);
            leases.claim(identity.job(), "worker", now);
            return Optional.empty();
        } catch (UnreadableEvent e) {
            return Optional.of(
                    io.dartboard.pipeline.deadletter.DeadLetters.of(raw, String.valueOf(e.getMessage()), "worker"));
        }
    }

    private void view(Malformed record) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        SpecificRecord event;
        try {
            event = (SpecificRecord) record.topic().decode(record.value());
        } catch (UnreadableEvent e) {
            return;
        }
        var envelope = Envelope.readFrom(record.headers());
        control.hear(event(record.topic(), record, envelope));
        board.apply(event, envelope.map(Envelope::time).orElse(now));
        RunLife.runOf(event).or(() -> Optional.of("r0")).ifPresent(this::show);
    }

    private Event<?> event(Topic<?> topic, Malformed record, Optional<Envelope> envelope) {
        return typed(topic, record, envelope);
    }

    private <V extends SpecificRecord> Event<V> typed(Topic<V> topic, Malformed record, Optional<Envelope> envelope) {
        return new Event<>(
                topic, "k", topic.decode(java.util.Objects.requireNonNull(record.value())), offset, now, envelope);
    }

    private void show(String run) {
        board.run(run).ifPresent(view -> {
            requireText(RunJson.detail(view));
            new WatchScreen(NOWHERE).show(view, Situation.of(view, List.of(), () -> 0, now), now);
            new RunCard(NOWHERE, PLACES).lines(view);
        });
    }

    /** Shows every run, as the list of runs does. */
    int showAll() {
        var views = board.runs();
        views.forEach(view -> requireText(RunJson.summary(view)));
        return views.size();
    }

    private static void requireText(JsonNode view) {
        if (view.toString().isEmpty()) {
            throw new IllegalStateException("a run is shown as nothing");
        }
    }

    /** Reasons that came of a record, for people. */
    static List<String> reasons(Came came) {
        var reasons = new ArrayList<String>();
        came.letters().forEach(letter -> reasons.add(letter.getReason()));
        came.told().forEach(event -> {
            if (event instanceof RunBlocked blocked) {
                reasons.add(blocked.getReason());
            }
        });
        return reasons;
    }
}
