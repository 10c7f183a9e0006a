package io.dartboard.local.model;

import io.dartboard.derive.DerivePlanner;
import io.dartboard.eval.EvalPlanner;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.pipeline.artifact.ResultStore;
import io.dartboard.pipeline.lease.Leases;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.SteppedPlanner;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.pipeline.testkit.InMemoryArtifactStore;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.pipeline.view.RunState;
import io.dartboard.pipeline.view.RunView;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.search.plan.SearchPlanner;
import io.dartboard.search.request.DevicePrice;
import io.dartboard.transfer.TransferPlanner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/** The pipeline in which one act follows another. */
final class ModelWorld {
    static final Duration LEASE = Duration.ofSeconds(30);
    static final int MAX_ATTEMPTS = 3;
    private static final List<Topic<?>> JOB_TOPICS =
            List.of(Topics.SEARCH_JOBS, Topics.EVAL_JOBS, Topics.TRANSFER_JOBS);
    private static final List<RunBudget> BUDGETS = List.of(
            Budgets.NONE,
            RunBudget.newBuilder().setEpochs(1).build(),
            RunBudget.newBuilder().setEpochs(3).build(),
            RunBudget.newBuilder().setWallClockSeconds(60).build());
    private static final int[] PAUSES = {3, 20, 45, 200};
    private static final String REST = "rest";

    private final EventTopics topics = new EventTopics();
    private final List<String> story = new ArrayList<>();
    private final Map<String, Supplier<Decider>> deciders = new LinkedHashMap<>();
    private final Map<String, SteppedPlanner> planners = new LinkedHashMap<>();
    private final Map<String, LaggingReader> readers = new LinkedHashMap<>();
    private final RunBoard board = new RunBoard();
    private final LaggingReader restReader;
    private final List<ModelWorker> workers = new ArrayList<>();
    private final List<ModelWorker.Offered> offered = new ArrayList<>();
    private final LaggingReader group;
    private final ModelWorker.Ledger attempts = new ModelWorker.Ledger();
    private final List<SpecificRecord> repeated = new ArrayList<>();
    private long step;

    ModelWorld(int workerCount) {
        this(workerCount, JobsDone.Nature.EVEN);
    }

    /** @param nature what is so of cells and data */
    ModelWorld(int workerCount, JobsDone.Nature nature) {
        var clock = new Clock() {
            @Override
            public Instant instant() {
                return topics.now();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        var store = new InMemoryArtifactStore(clock);
        add("search-svc", () -> new SearchPlanner(LEASE, DevicePrice.UNKNOWN, seen -> {}));
        add("derive-svc", DerivePlanner::new);
        add("eval-svc", () -> new EvalPlanner(LEASE));
        add("transfer-svc", () -> new TransferPlanner(LEASE, 0.05));
        restReader = new LaggingReader(
                topics,
                RunBoard.TOPICS,
                (topic, offset, record) ->
                        board.apply((SpecificRecord) topic.decode(record.value()), EventTopics.told(record)));
        group = new LaggingReader(
                topics, JOB_TOPICS, (topic, offset, record) -> offered.add(new ModelWorker.Offered(topic, record)));
        for (var i = 1; i <= workerCount; i++) {
            workers.add(new ModelWorker(
                    "worker-" + i,
                    topics,
                    new Leases(store, LEASE, MAX_ATTEMPTS, clock),
                    new ResultStore(store),
                    attempts,
                    nature,
                    this::say));
        }
        Wishes.datasets().forEach(dataset -> topics.tell(Topics.DATASETS, dataset.getDataset(), dataset, REST));
        readers.values().forEach(LaggingReader::readAll);
        restReader.readAll();
    }

    EventTopics topics() {
        return topics;
    }

    List<String> story() {
        return story;
    }

    Map<String, SteppedPlanner> planners() {
        return planners;
    }

    RunBoard board() {
        return board;
    }

    List<ModelWorker> workers() {
        return workers;
    }

    ModelWorker.Ledger attempts() {
        return attempts;
    }

    /** Words that the model said twice. */
    List<SpecificRecord> repeated() {
        return repeated;
    }

    /** A run's life as it stands on the topic. */
    Optional<RunLife> truth(String run) {
        return Optional.ofNullable(truth().get(run));
    }

    /** The lives of all runs as they stand on the topic. */
    Map<String, RunLife> truth() {
        var lives = new HashMap<String, RunLife>();
        for (var record : topics.of(Topics.RUNS)) {
            var event = (SpecificRecord) Topics.RUNS.decode(record.value());
            RunLife.runOf(event).ifPresent(run -> RunLife.after(
                            Optional.ofNullable(lives.get(run)), event, EventTopics.told(record))
                    .ifPresent(life -> lives.put(run, life)));
        }
        return lives;
    }

    void play(Act act) {
        var worker = workers.get(act.a() % workers.size());
        switch (act.kind()) {
            case READ -> read(act);
            case CALM -> calm(act.a());
            case TICK -> tick(List.copyOf(planners.keySet()).get(act.a() % planners.size()));
            case PASS -> pass(PAUSES[act.a() % PAUSES.length]);
            case REQUEST -> request(wish(act), isInTouch(act));
            case PAUSE ->
                steer(wish(act), isInTouch(act), RunState.PAUSED, run -> epoch -> new RunPaused(run, "", epoch));
            case RESUME -> resume(wish(act), isInTouch(act));
            case CANCEL ->
                steer(wish(act), isInTouch(act), RunState.CANCELLING, run -> epoch -> new RunCancelled(run, "", epoch));
            case BUDGET -> budget(wish(act), isInTouch(act), act.b() / 4);
            case REQUEST_BY_EVENT -> tell(wish(act).getRun(), wish(act));
            case REQUEST_NEXT_BY_EVENT -> {
                var epoch = truth(wish(act).getRun()).map(RunLife::epoch).orElse(0) + 1;
                tell(wish(act).getRun(), inEpoch(wish(act), epoch));
            }
            case REPEAT -> repeat(act);
            case LOSE_JOB ->
                offer(act.a())
                        .ifPresent(
                                lost -> say("the record of " + lost.identity().job() + " is lost"));
            case TAKE -> {
                if (worker.isIdle()) {
                    offer(act.b()).ifPresent(worker::take);
                }
            }
            case LISTEN -> worker.ears().readOne(act.b());
            case WORK -> {
                worker.work();
                if (act.b() % 3 == 0) {
                    worker.progress(++step);
                }
            }
            case FINISH -> worker.finish(true);
            case FINISH_UNHEARD -> worker.finish(false);
            case FAIL -> worker.fail(false);
            case REFUSE -> worker.fail(true);
            case CRASH -> worker.crash();
            case FREEZE -> worker.freeze();
            case THAW -> worker.thaw();
        }
    }

    /** Lets everybody hear and do everything that there is; true if anything came of it. */
    boolean calm() {
        return calm(-1);
    }

    /** Likewise, but of the planners only those whose bit is set in {@code who} hear anything. */
    private boolean calm(int who) {
        var before = topics.written();
        var bit = 1;
        for (var reader : readers.values()) {
            if ((who & bit) != 0) {
                reader.readAll();
            }
            bit <<= 1;
        }
        restReader.readAll();
        for (var worker : workers) {
            worker.ears().readAll();
            worker.work();
            worker.finish(true);
            while (worker.isIdle()) {
                var next = offer(0);
                if (next.isEmpty()) {
                    break;
                }
                worker.take(next.get());
            }
        }
        return topics.written() > before || workers.stream().anyMatch(ModelWorker::isAtWork);
    }

    /** Lets time pass, in which healthy workers keep their leases, and all planners look at what is due. */
    void passAndTick(int seconds) {
        pass(seconds);
        planners.keySet().forEach(this::tick);
    }

    /** Ends what hangs: frozen workers are replaced. */
    void mend() {
        workers.stream().filter(ModelWorker::isFrozen).forEach(ModelWorker::crash);
    }

    /** Adds a planner, which has read nothing yet. */
    void add(String name, Supplier<Decider> decider) {
        deciders.put(name, decider);
        lose(name);
    }

    /** A planner's state is lost: another in its place reads all again, in the order in which it was told. */
    void lose(String name) {
        var planner = new SteppedPlanner(
                name, Objects.requireNonNull(deciders.get(name)).get());
        planners.put(name, planner);
        var inputs = Topics.ALL.stream().filter(planner::listensTo).toList();
        var reader = new LaggingReader(
                topics,
                inputs,
                (topic, offset, record) -> heard(planner.take(topic, offset, record, topics.now()), name));
        readers.put(name, reader);
        if (topics.written() > 0) {
            say(name + " has lost its state, and reads all again");
        }
        reader.readInOrder();
    }

    private void heard(List<SteppedPlanner.Told> told, String service) {
        for (var each : told) {
            topics.append(each.topic(), each.record());
            var event = (SpecificRecord) each.topic().decode(each.record().value());
            if (each.topic() == Topics.RUNS || JOB_TOPICS.contains(each.topic())) {
                say(service + " tells " + brief(event));
            }
        }
    }

    private void tick(String service) {
        var planner = planners.get(service);
        if (planner != null) {
            heard(planner.tick(topics.now()), service);
        }
    }

    private void pass(int seconds) {
        var left = seconds;
        while (left > 0) {
            var now = Math.min(left, (int) LEASE.toSeconds() / 3);
            topics.pass(now);
            left -= now;
            workers.stream().filter(ModelWorker::isAtWork).forEach(ModelWorker::work);
        }
    }

    private void read(Act act) {
        var all = new ArrayList<>(readers.values());
        all.add(restReader);
        all.get(act.a() % all.size()).readOne(act.b());
    }

    private void request(RunRequested wish, boolean isInTouch) {
        catchUp(isInTouch);
        var known = board.run(wish.getRun());
        if (known.isEmpty() || known.filter(RunView::mayBeginAgain).isPresent()) {
            tell(wish.getRun(), inEpoch(wish, known.map(RunView::requestEpoch).orElse(0) + 1));
        }
    }

    private void budget(RunRequested wish, boolean isInTouch, int which) {
        catchUp(isInTouch);
        board.run(wish.getRun())
                .filter(view -> !view.state().ended())
                .ifPresent(view -> tell(
                        view.run(),
                        new RunBudgetChanged(view.run(), BUDGETS.get(which % BUDGETS.size()), view.requestEpoch())));
    }

    private void resume(RunRequested wish, boolean isInTouch) {
        catchUp(isInTouch);
        board.run(wish.getRun())
                .filter(view -> view.state() == RunState.PAUSED)
                .ifPresent(view -> tell(view.run(), new RunResumed(view.run(), "", view.requestEpoch())));
    }

    private void steer(
            RunRequested wish,
            boolean isInTouch,
            RunState wanted,
            java.util.function.Function<String, IntFunction<SpecificRecord>> word) {
        catchUp(isInTouch);
        var view = board.run(wish.getRun());
        if (view.isEmpty()) {
            return;
        }
        var state = view.get().state();
        var isEnding = state == RunState.CANCELLING || state == RunState.BLOCKED;
        if (!state.ended() && !(isEnding && wanted != RunState.CANCELLING) && state != wanted) {
            tell(wish.getRun(), word.apply(wish.getRun()).apply(view.get().requestEpoch()));
        }
    }

    private void catchUp(boolean isInTouch) {
        if (isInTouch) {
            restReader.readAll();
        }
    }

    private void repeat(Act act) {
        var topic = Topics.ALL.get(act.a() % Topics.ALL.size());
        var records = topics.of(topic);
        if (!records.isEmpty() && topic != Topics.DEAD_LETTERS) {
            var record = records.get(act.b() % records.size());
            var event = (SpecificRecord) topic.decode(record.value());
            repeated.add(event);
            topics.append(topic, record);
            say("somebody repeats " + brief(event));
        }
    }

    private Optional<ModelWorker.Offered> offer(int which) {
        group.readAll();
        return offered.isEmpty() ? Optional.empty() : Optional.of(offered.remove(which % offered.size()));
    }

    private void tell(String run, SpecificRecord event) {
        topics.tell(Topics.RUNS, run, event, REST);
        say("somebody tells " + brief(event));
    }

    private static RunRequested wish(Act act) {
        var runs = Wishes.runs();
        return runs.get(act.a() % runs.size());
    }

    private static boolean isInTouch(Act act) {
        return act.b() % 4 != 0;
    }

    private static RunRequested inEpoch(RunRequested wish, int epoch) {
        return RunRequested.newBuilder(wish).setRequestEpoch(epoch).build();
    }

    private void say(String what) {
        story.add("%s  %s".formatted(topics.now(), what));
    }

    /** An event in the fields that tell what happens. */
    static String brief(SpecificRecord event) {
        var text = new StringBuilder(event.getSchema().getName());
        for (var name : List.of("job", "run", "requestEpoch", "outcome", "reason", "cause", "retryable", "attempt")) {
            var field = event.getSchema().getField(name);
            if (field != null) {
                text.append(' ').append(name).append('=').append(event.get(field.pos()));
            }
        }
        return text.toString();
    }
}
