package io.dartboard.local.malformed;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.AlphaMatrix;
import io.dartboard.events.BudgetUnit;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.DeadLettered;
import io.dartboard.events.EvaluationJob;
import io.dartboard.events.Layout;
import io.dartboard.events.NoCellSelected;
import io.dartboard.events.Origin;
import io.dartboard.events.PassedOver;
import io.dartboard.events.RetrainingReused;
import io.dartboard.events.RunBlocked;
import io.dartboard.events.RunBudget;
import io.dartboard.events.RunBudgetChanged;
import io.dartboard.events.RunBudgetSpent;
import io.dartboard.events.RunCancelled;
import io.dartboard.events.RunPaused;
import io.dartboard.events.RunRequested;
import io.dartboard.events.RunResumed;
import io.dartboard.events.SchemaTold;
import io.dartboard.events.SearchJob;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.Stage;
import io.dartboard.events.StageFinishRequested;
import io.dartboard.events.SteeringAction;
import io.dartboard.events.Task;
import io.dartboard.events.TransferJob;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.pipeline.testkit.PlannerBench;
import io.dartboard.pipeline.view.RunStory;
import io.dartboard.schemas.EventCodec;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.UnreadableEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/** Records as they stand on the topics when all is well: every kind, told by this release and by every earlier one. */
final class ValidRecords {
    private static final Path RELEASED = Path.of("../../schemas/src/test/resources/golden-events");

    private ValidRecords() {}

    /** An event and where it stands. */
    record Valid(Topic<?> topic, byte[] value) {
        SpecificRecord event() {
            return EventCodec.decode(value);
        }
    }

    static List<Valid> all() throws IOException {
        var all = new ArrayList<>(ofToday());
        try (var files = Files.walk(RELEASED)) {
            for (var file : files.filter(each -> each.toString().endsWith(".bin"))
                    .sorted()
                    .toList()) {
                var value = Files.readAllBytes(file);
                try {
                    var event = EventCodec.decode(value);
                    if (!Topics.LEDGER.contains(event.getClass())) {
                        all.add(new Valid(PlannerBench.topicOf(event), value));
                    }
                } catch (UnreadableEvent e) {
                    throw new IllegalStateException(file + ": " + e.getMessage(), e);
                }
            }
        }
        return List.copyOf(all);
    }

    static List<Valid> ofToday() {
        return events().stream()
                .map(event -> new Valid(PlannerBench.topicOf(event), EventCodec.encode(event)))
                .toList();
    }

    /** Two whole runs, one on images and one on a text, and what else may be told. */
    static List<SpecificRecord> events() {
        var events = new ArrayList<SpecificRecord>();
        for (var story : RunStory.values()) {
            var run = "r" + story.ordinal();
            story.wholeRun(run).stream().map(ValidRecords::plannable).forEach(events::add);
            var request = story.request(run);
            var dataset = story.dataset();
            events.add(new SearchJob(story.search(0), run, dataset, request.getSearch(), 0L, 1));
            events.add(new EvaluationJob(
                    "e" + run,
                    run,
                    dataset,
                    Stage.FULL,
                    Origin.SEARCHED,
                    "",
                    story.cell(),
                    request.getEvaluation(),
                    0L,
                    1));
            events.add(new TransferJob(
                    "t" + run, run, dataset, story.cell(), Objects.requireNonNull(request.getTransfer()), 1));
        }
        events.add(RunStory.IMAGES.given("r2"));
        events.add(RunStory.IMAGES.baseline("r0", RunStory.IMAGES.cell()));
        events.add(new RetrainingReused(
                "r0", "e1", RunStory.IMAGES.randomCell(), "e0", RunStory.IMAGES.cell(), "00", Stage.FULL, 0L, 4.0));
        events.add(RunStory.IMAGES.stopped("r0", "e2"));
        events.add(RunStory.IMAGES.wanted("r0", RunStory.IMAGES.randomCell()));
        events.add(RunStory.failed(RunStory.IMAGES.search(0), "r0", 1, false));
        events.add(new RunPaused("r1", "night", 0));
        events.add(new RunResumed("r1", "", 0));
        events.add(new StageFinishRequested("r1", "search", "late", 0));
        events.add(
                new RunBudgetChanged("r1", RunBudget.newBuilder().setEpochs(9).build(), 0));
        events.add(new RunBudgetSpent("r1", BudgetUnit.EPOCHS, 9.0, 9.0, 0));
        events.add(new RunBlocked("r2", 1, "selection", "", "no cell keeps within the ceilings"));
        events.add(new RunCancelled("r2", "enough", 0));
        events.add(new NoCellSelected("r2", List.of(new PassedOver("", 0L, "x", "00", "too large", "")), "too large"));
        events.add(SearchSteered.newBuilder()
                .setSearch("s1")
                .setRun("r0")
                .setAction(SteeringAction.STOP)
                .setReasons(List.of("flat"))
                .build());
        events.add(new SchemaTold(
                EventCodec.fingerprint(RunRequested.getClassSchema()),
                RunRequested.getClassSchema().toString(),
                "test-svc",
                "1"));
        events.add(DeadLettered.newBuilder()
                .setTopic("nas.runs")
                .setPartition(0)
                .setOffset(1)
                .setRecordKey(ByteBuffer.wrap(new byte[] {1}))
                .setRecordValue(ByteBuffer.wrap(new byte[] {1, 2}))
                .setRecordHeaders(Map.of())
                .setReason("not an event")
                .setService("test-svc")
                .build());
        return events;
    }

    /** The stories leave out what only planners look at: the size of images, and alphas. */
    private static SpecificRecord plannable(SpecificRecord event) {
        if (event instanceof DatasetPublished published && published.getTask() == Task.IMAGE_CLASSIFICATION) {
            return DatasetPublished.newBuilder(published)
                    .setHeight(32)
                    .setWidth(32)
                    .setLayout(published.getDataset().equals("scenes") ? Layout.IMAGE_FOLDER : Layout.CIFAR_BINARY)
                    .build();
        }
        if (event instanceof AlphaCheckpointed checkpointed) {
            var space = SearchSpace.of(checkpointed.getSpace());
            var alphas = space instanceof CnnSpace cnn
                    ? List.of(
                            alphas("normal", cnn.edgeCount(), cnn.candidateCount()),
                            alphas("reduce", cnn.edgeCount(), cnn.candidateCount()))
                    : List.of(alphas(
                            "recurrent",
                            ((RecurrentSpace) space).edgeCount(),
                            ((RecurrentSpace) space).candidateCount()));
            return AlphaCheckpointed.newBuilder(checkpointed).setAlphas(alphas).build();
        }
        return event;
    }

    private static AlphaMatrix alphas(String cell, int edges, int operations) {
        var values = new ArrayList<Float>();
        for (var i = 0; i < edges * operations; i++) {
            values.add((i * 7 % 13) / 13f);
        }
        return new AlphaMatrix(cell, edges, operations, values);
    }
}
