package io.dartboard.search.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderState;
import io.dartboard.pipeline.view.OrderJson;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.schemas.OneLine;
import io.dartboard.schemas.Topics;
import io.dartboard.schemas.Word;
import io.dartboard.search.body.Refused;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.event.EventLog;
import io.dartboard.search.request.RequestTerms;
import java.time.Clock;
import java.util.List;

/** Takes what people want of standing orders, and tells it to the pipeline if it can be. */
public final class OrderDesk {
    private final EventLog log;
    private final RequestTerms terms;
    private final DatasetBuckets buckets;
    private final Clock clock;

    /**
     * Makes a desk.
     *
     * @param terms what the configuration says of requests
     * @param buckets what an order may watch
     */
    public OrderDesk(EventLog log, RequestTerms terms, DatasetBuckets buckets, Clock clock) {
        this.log = log;
        this.terms = terms;
        this.buckets = buckets;
        this.clock = clock;
    }

    /**
     * What a request has come to.
     *
     * @param order the order's name
     * @param isNew false if there was an order of this name, which is replaced
     * @param view its summary
     */
    public record Answer(String order, boolean isNew, ObjectNode view) {}

    /**
     * Places an order, or changes the one of the same name.
     *
     * @param text an order file
     * @throws Refused if it is none, or what it asks for could not be done
     */
    public Answer place(String text) {
        var board = log.now();
        var wanted = OrderFile.read(text, board, terms, clock.instant());
        var source = wanted.getSource();
        if (source != null) {
            buckets.requireWatchable(source.getBucket(), source.getPrefix());
        }
        var known = board.order(wanted.getOrder())
                .map(OrderView::placed)
                .filter(order -> order.getState() != OrderState.REMOVED);
        known.filter(order -> !order.getDataset().equals(wanted.getDataset())).ifPresent(order -> {
            throw Refused.conflict("order %s is about dataset %s; remove it first, or name this one otherwise"
                    .formatted(order.getOrder(), order.getDataset()));
        });
        tell(OrderPlaced.newBuilder(wanted)
                .setSearchesAsked(known.map(OrderPlaced::getSearchesAsked).orElse(0))
                .build());
        return new Answer(wanted.getOrder(), known.isEmpty(), summary(wanted.getOrder()));
    }

    /** Every order, in the order of their placing. */
    public List<ObjectNode> list() {
        return log.now().orders().stream().map(OrderJson::summary).toList();
    }

    /**
     * All of an order, with its decisions.
     *
     * @throws Refused if there is none of this name
     */
    public ObjectNode show(String order) {
        return OrderJson.detail(view(order));
    }

    /**
     * Lets an order begin nothing more; what it has begun goes on.
     *
     * @throws Refused if there is none of this name
     */
    public ObjectNode pause(String order, String reason) {
        return become(order, OrderState.PAUSED, reason);
    }

    /**
     * Lets a paused order go on with the newest version.
     *
     * @throws Refused if there is none of this name, or it is not paused
     */
    public ObjectNode resume(String order) {
        var state = live(order).placed().getState();
        if (state != OrderState.PAUSED) {
            throw Refused.conflict("order %s is not paused (it is %s)".formatted(order, Word.of(state)));
        }
        return become(order, OrderState.ACTIVE, "");
    }

    /**
     * Ends an order; its runs and decisions stay.
     *
     * @throws Refused if there is none of this name
     */
    public ObjectNode remove(String order, String reason) {
        return become(order, OrderState.REMOVED, reason);
    }

    /**
     * Has the newest version searched on whatever the policy says.
     *
     * @throws Refused if there is none of this name, it is paused, or that version has been searched on
     */
    public ObjectNode search(String order) {
        var view = live(order);
        var placed = view.placed();
        if (placed.getState() != OrderState.ACTIVE) {
            throw Refused.conflict("order %s is paused; resume it first".formatted(order));
        }
        log.now().dataset(placed.getDataset()).ifPresent(newest -> view.decisions().stream()
                .map(OrderView.Told::decided)
                .filter(decided -> decided.getAction() == DecisionAction.SEARCH)
                .filter(decided -> decided.getVersion().equals(newest.getVersion()))
                .findFirst()
                .ifPresent(searched -> {
                    throw Refused.conflict(
                            "version %s was searched on by run %s, and the same search finds the same; place the order with"
                                            .formatted(searched.getVersion(), String.join(", ", searched.getRuns()))
                                    + " other seeds or settings for the versions to come, or submit a run");
                }));
        tell(OrderPlaced.newBuilder(placed)
                .setSearchesAsked(placed.getSearchesAsked() + 1)
                .build());
        return summary(order);
    }

    private ObjectNode become(String order, OrderState state, String reason) {
        var placed = live(order).placed();
        if (placed.getState() != state) {
            tell(OrderPlaced.newBuilder(placed)
                    .setState(state)
                    .setReason(OneLine.reason(reason))
                    .build());
        }
        return summary(order);
    }

    private void tell(OrderPlaced placed) {
        log.tell(Topics.ORDERS, placed.getOrder(), placed, "");
    }

    private OrderView live(String order) {
        var view = view(order);
        if (view.placed().getState() == OrderState.REMOVED) {
            throw Refused.conflict("order %s was removed; place it again".formatted(order));
        }
        return view;
    }

    private OrderView view(String order) {
        return log.now()
                .order(order)
                .orElseThrow(() -> Refused.unknown("there is no order %s; GET /v1/orders lists them".formatted(order)));
    }

    private ObjectNode summary(String order) {
        return OrderJson.summary(view(order));
    }
}
