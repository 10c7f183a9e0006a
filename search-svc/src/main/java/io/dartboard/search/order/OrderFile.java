package io.dartboard.search.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.OrderSchedule;
import io.dartboard.events.OrderState;
import io.dartboard.events.RunRequested;
import io.dartboard.events.WatchedSource;
import io.dartboard.pipeline.view.RunBoard;
import io.dartboard.search.body.Body;
import io.dartboard.search.body.Refused;
import io.dartboard.search.request.Overlay;
import io.dartboard.search.request.RequestTerms;
import io.dartboard.search.request.RunRequests;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person orders: a dataset, a run file without its dataset, and a policy; all but the dataset may be left out. */
final class OrderFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An order is about every version, and searches. */
    private static final List<String> NOT_ORDERED = List.of("dataset", "datasetVersion", "genotype");

    private OrderFile() {}

    /**
     * The order that a file comes to.
     *
     * @param terms what the configuration says of requests
     * @param now when a schedule begins of which the file says nothing else
     * @throws Refused if it is none, or what it asks for could not be done on the newest version
     */
    static OrderPlaced read(String text, RunBoard board, RequestTerms terms, Instant now) {
        return Body.read(text, body -> read(body, board, terms, now));
    }

    private static OrderPlaced read(Body body, RunBoard board, RequestTerms terms, Instant now) {
        var dataset = body.text("dataset");
        var order = body.optionalText("order").orElse(dataset);
        var usual = OrderPolicy.newBuilder().build();
        var policy = body.optionalObject("policy")
                .map(given -> Overlay.on(usual, given, Set.of()))
                .orElse(usual);
        var source = body.optionalObject("source")
                .map(given -> Overlay.on(WatchedSource.newBuilder().build(), given, Set.of()))
                .orElse(null);
        var before = board.order(order).map(view -> view.placed().getSchedule());
        var schedule = body.optionalObject("schedule")
                .map(given -> Overlay.on(OrderSchedule.newBuilder().build(), given, Set.of()))
                .map(given -> Schedule.begun(given, before, now))
                .orElse(null);
        refuse(OrderChecks.refusal(order, policy, source, schedule));
        var run = run(body.optionalDocument("run").orElse("{}"), dataset, board, terms);
        var by = body.optionalText("requestedBy").orElse("");
        var placed = OrderPlaced.newBuilder()
                .setOrder(order)
                .setDataset(dataset)
                .setState(OrderState.ACTIVE)
                .setRun(run)
                .setPolicy(policy)
                .setRequestedBy(by)
                .setSource(source)
                .setSchedule(schedule)
                .build();
        refuse(OrderChecks.refusal(placed, terms.price()));
        return placed;
    }

    private static void refuse(Optional<String> reason) {
        reason.ifPresent(line -> {
            throw Refused.impossible(line);
        });
    }

    private static RunRequested run(String document, String dataset, RunBoard board, RequestTerms terms) {
        try {
            var file = (ObjectNode) JSON.readTree(document);
            for (var name : NOT_ORDERED) {
                if (file.has(name)) {
                    throw Refused.malformed(
                            "run.%s has no meaning in an order, which searches on the versions of its dataset as they come; leave"
                                            .formatted(name)
                                    + " it out");
                }
            }
            return RunRequested.newBuilder(new RunRequests(board, terms)
                            .resolve(file.put("dataset", dataset).toString()))
                    .setRun("")
                    .setDatasetVersion("")
                    .build();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // It was JSON a moment ago.
        }
    }
}
