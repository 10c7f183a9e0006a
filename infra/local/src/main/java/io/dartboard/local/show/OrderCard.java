package io.dartboard.local.show;

import io.dartboard.events.BudgetUnit;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.OrderPolicy;
import io.dartboard.events.SourceRead;
import io.dartboard.events.VersionDecided;
import io.dartboard.pipeline.run.Budgets;
import io.dartboard.pipeline.view.OrderView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Standing orders for people: what each is about, what it has decided and why, what that cost and saved. */
public final class OrderCard {
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Terminal terminal;

    public OrderCard(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A line for each order. */
    public List<String> list(List<OrderView> orders) {
        if (orders.isEmpty()) {
            return List.of();
        }
        var table = new TextTable("lllrl", "order", "dataset", "state", "decided", "last");
        for (var order : orders) {
            var decisions = order.decisions();
            table.row(
                    order.placed().getOrder(),
                    order.placed().getDataset(),
                    state(order),
                    String.valueOf(decisions.size()),
                    decisions.isEmpty()
                            ? "nothing yet"
                            : "%s %s"
                                    .formatted(
                                            decisions
                                                    .get(decisions.size() - 1)
                                                    .decided()
                                                    .getVersion(),
                                            word(decisions
                                                    .get(decisions.size() - 1)
                                                    .decided()
                                                    .getAction())));
        }
        return table.lines();
    }

    /** All of an order. */
    public List<String> lines(OrderView order) {
        var placed = order.placed();
        var policy = placed.getPolicy();
        var lines = new ArrayList<String>();
        lines.add("%s  dataset %s, %s".formatted(terminal.bold(placed.getOrder()), placed.getDataset(), state(order)));
        lines.add(String.format(
                Locale.ROOT,
                "  measures with %d seeds; %.2f points or %.1f standard errors worse than forecast are allowed",
                policy.getMeasureSeeds(),
                policy.getMarginPoints(),
                policy.getMarginErrors()));
        lines.add("  %s; %s; waits %d s for a newer version"
                .formatted(
                        policy.getSearchEvery() == 0
                                ? "never searches by count alone"
                                : "searches at the latest after %d versions".formatted(policy.getSearchEvery()),
                        budget(policy),
                        policy.getDebounceSeconds()));
        if (placed.getSchedule() != null) {
            lines.add("  %s every %s from %s on"
                    .formatted(
                            placed.getSchedule().getAct().equals("search")
                                    ? "searches on the newest version"
                                    : "questions the newest version",
                            placed.getSchedule().getEvery(),
                            placed.getSchedule().getFrom()));
        }
        lines.addAll(source(order));
        lines.add("");
        for (var told : order.decisions()) {
            lines.addAll(decision(told));
        }
        if (order.decisions().isEmpty()) {
            lines.add("  nothing decided yet");
        }
        if (!order.decisions().isEmpty()) {
            lines.add("");
            lines.addAll(sum(order));
        }
        return lines;
    }

    /** What it watches, and what came of the last reading. */
    private static List<String> source(OrderView order) {
        var source = order.placed().getSource();
        if (source == null) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("  watches s3://%s/%s: reads it once it was quiet for %d s, lists it every %d s"
                .formatted(source.getBucket(), source.getPrefix(), source.getQuietSeconds(), source.getListSeconds()));
        order.source()
                .ifPresent(last -> lines.add("    last read %s by %s, %d objects: %s"
                        .formatted(
                                AT.format(last.at()),
                                last.read().getTrigger(),
                                last.read().getObjects(),
                                came(last.read()))));
        return lines;
    }

    private static String came(SourceRead read) {
        return switch (read.getOutcome()) {
            case PUBLISHED -> "published as version " + read.getVersion();
            case KNOWN -> "the content of version %s, which was there".formatted(read.getVersion());
            case REFUSED -> "refused, " + read.getReason();
            case UNKNOWN -> "told by a later version of the product";
        };
    }

    /** What an order has come to so far. */
    public List<String> sum(OrderView order) {
        return List.of(
                "searched %d times, kept %d times, passed over %d"
                        .formatted(
                                count(order, DecisionAction.SEARCH),
                                count(order, DecisionAction.KEEP),
                                count(order, DecisionAction.PASS)),
                "device time spent on measuring %s, saved by not searching %s"
                        .formatted(time(order.deviceSecondsSpent()), time(order.deviceSecondsSaved())));
    }

    private static long count(OrderView order, DecisionAction action) {
        return order.decisions().stream()
                .filter(told -> told.decided().getAction() == action)
                .count();
    }

    /** A decision with its reasons. */
    public List<String> decision(OrderView.Told told) {
        var decided = told.decided();
        var lines = new ArrayList<String>();
        lines.add("%s  version %s  %s%s"
                .formatted(
                        AT.format(told.at()),
                        decided.getVersion(),
                        terminal.bold(word(decided.getAction())),
                        cost(decided)));
        decided.getReasons().forEach(reason -> lines.add("    " + reason));
        if (!decided.getRuns().isEmpty()) {
            lines.add(terminal.dim("    run " + String.join(", run ", decided.getRuns())));
        }
        return lines;
    }

    private static String cost(VersionDecided decided) {
        if (decided.getDeviceSecondsSpent() == 0) {
            return "";
        }
        return decided.getDeviceSecondsSaved() > 0
                ? "  (spent %s, saved %s)"
                        .formatted(time(decided.getDeviceSecondsSpent()), time(decided.getDeviceSecondsSaved()))
                : "  (spent %s)".formatted(time(decided.getDeviceSecondsSpent()));
    }

    private static String state(OrderView order) {
        var state = order.placed().getState().name().toLowerCase(Locale.ROOT);
        return order.placed().getReason().isEmpty()
                ? state
                : state + ": " + order.placed().getReason();
    }

    /** A decision as people say it. */
    private static String word(DecisionAction action) {
        return switch (action) {
            case MEASURE -> "measured first";
            case SEARCH -> "searched";
            case KEEP -> "kept";
            case PASS -> "passed over";
            case DEFER -> "deferred";
            case UNKNOWN -> "decided by a later version of the product";
        };
    }

    private static String time(double seconds) {
        return Quantity.seconds(seconds);
    }

    private static String budget(OrderPolicy policy) {
        var limits = new ArrayList<String>();
        if (policy.getDeviceSecondsPerMonth() > 0) {
            limits.add(time(policy.getDeviceSecondsPerMonth()) + " of device time");
        }
        if (policy.getMoneyPerMonth() > 0) {
            limits.add(Budgets.amount(BudgetUnit.MONEY, policy.getMoneyPerMonth()));
        }
        return limits.isEmpty() ? "no budget" : "may spend %s a month".formatted(String.join(" and ", limits));
    }
}
