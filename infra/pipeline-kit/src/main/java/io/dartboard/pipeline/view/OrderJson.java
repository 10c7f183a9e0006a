package io.dartboard.pipeline.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON form of a standing order, as the REST interface shows it. */
public final class OrderJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OrderJson() {}

    /** A line of the list of orders. */
    public static ObjectNode summary(OrderView view) {
        var placed = view.placed();
        var order = JSON.createObjectNode()
                .put("order", placed.getOrder())
                .put("dataset", placed.getDataset())
                .put("state", placed.getState().name());
        if (!placed.getReason().isEmpty()) {
            order.put("reason", placed.getReason());
        }
        order.set("policy", RunJson.plain(placed.getPolicy()));
        if (placed.getSource() != null) {
            order.set("source", RunJson.plain(placed.getSource()));
        }
        if (placed.getSchedule() != null) {
            order.set("schedule", RunJson.plain(placed.getSchedule()));
        }
        view.source()
                .ifPresent(read -> order.set(
                        "lastRead",
                        RunJson.plain(read.read()).put("at", read.at().toString())));
        order.put("runs", view.runs().size());
        order.put("deviceSecondsSaved", view.deviceSecondsSaved());
        if (!view.decisions().isEmpty()) {
            order.set(
                    "lastDecision",
                    decision(view.decisions().get(view.decisions().size() - 1)));
        }
        return order;
    }

    /** All of an order, its decisions the oldest first. */
    public static ObjectNode detail(OrderView view) {
        var order = summary(view);
        order.set("run", RunJson.plain(view.placed().getRun()));
        var decisions = order.putArray("decisions");
        view.decisions().forEach(told -> decisions.add(decision(told)));
        return order;
    }

    private static ObjectNode decision(OrderView.Told told) {
        return RunJson.plain(told.decided()).put("at", told.at().toString());
    }
}
