package io.dartboard.search.order;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.ChampionSince;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.GenotypeEvaluated;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderState;
import io.dartboard.events.Stage;
import io.dartboard.events.Verdict;
import io.dartboard.events.VersionDecided;
import io.dartboard.pipeline.planner.Decider;
import io.dartboard.pipeline.planner.Fact;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Outbox;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.run.RunBook;
import io.dartboard.pipeline.run.RunLife;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import io.dartboard.search.request.DevicePrice;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, for each standing order, what is done about a new version of its dataset.
 *
 * <ol>
 *   <li>A version is looked at once none newer has come for as long as the policy says, and nothing that the order has begun is
 *       still going on; those that it overtook are passed over.
 *   <li>Where there is no cell to question, where scores cannot be compared with those before, where so many versions have
 *       gone by as the policy says, or somebody asks for it, it is searched on.
 *   <li>Otherwise the champion's cell, or the last one found where none has been promoted yet, is measured on it first, by brief
 *       retrainings, and for want of a forecast on its own version too. Where it falls behind its {@link Forecast}, the version is searched on; else the champion
 *       is kept.
 *   <li>Where the order has a schedule, versions wait for its times, or the newest is searched on at them; of several that have
 *       gone by unanswered the newest counts.
 *   <li>While the order has spent what it may in a month, its runs are paused and nothing is begun.
 * </ol>
 *
 * <p>Guarantee: a version is searched on, kept or passed over once for each order, and the reasons are told. The decisions
 * themselves are among its inputs, so a planner that has lost its state decides nothing otherwise when it reads all again; what
 * it begins has ids that follow from what is asked for, so to begin it twice costs nothing.
 */
public final class OrderPlanner implements Decider {
    private static final Table<OrderPlaced> ORDERS = Table.of(OrderPlaced.class);
    /** The verdict on the cell in use of each dataset: the newest that promoted one, or for want of that the newest. */
    static final Table<ChampionDecided> CHAMPIONS = Table.of(ChampionDecided.class);
    /** What measuring has come to, by its run. */
    static final Table<GenotypeEvaluated> MEASURED = Table.of(GenotypeEvaluated.class);

    /** When the champion of each dataset was promoted. */
    private static final Table<ChampionSince> SINCE = Table.of(ChampionSince.class);

    private static final Logger LOG = LoggerFactory.getLogger(OrderPlanner.class);
    /** Whoever says a later time is not believed: no calendar counts so far. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final DevicePrice price;
    private final Consumer<Standings> onlooker;

    /** True if a fact has come since the last look at the clock: then there may be more, and the clock is none of theirs. */
    private boolean isReading;

    /**
     * Prepares to decide.
     *
     * @param price what devices cost
     * @param onlooker is told how all stands, at each look at the clock once all has been read
     */
    public OrderPlanner(DevicePrice price, Consumer<Standings> onlooker) {
        this.price = price;
        this.onlooker = onlooker;
    }

    @Override
    public Set<Topic<?>> inputs() {
        return Set.of(
                Topics.DATASETS,
                Topics.ORDERS,
                Topics.SOURCES,
                Topics.DECISIONS,
                Topics.RUNS,
                Topics.ALPHAS,
                Topics.EVALUATIONS,
                Topics.TRANSFERS,
                Topics.CHAMPIONS);
    }

    @Override
    public Set<Topic<?>> outputs() {
        return Set.of(Topics.DECISIONS, Topics.RUNS);
    }

    @Override
    public void decide(Fact fact, Ledger ledger, Outbox outbox) {
        isReading = true;
        var told = fact.told().isAfter(LATEST) ? LATEST : fact.told();
        for (var order : learn(fact, told, ledger)) {
            look(order, told, false, ledger, outbox);
        }
    }

    /** Whoever reads a long history must not take the present time for that of what it reads. */
    @Override
    public void tick(Instant now, Ledger ledger, Outbox outbox) {
        if (isReading) {
            isReading = false;
            return;
        }
        ledger.all(ORDERS).forEach(order -> look(order.getOrder(), now, true, ledger, outbox));
        onlooker.accept(standings(now, ledger));
    }

    private Standings standings(Instant now, Ledger ledger) {
        return new Standings(
                now,
                ledger.all(ORDERS).stream()
                        .filter(order -> order.getState() == OrderState.ACTIVE)
                        .map(order -> OrderStanding.of(order, price, now, ledger))
                        .toList(),
                ledger.all(SINCE).stream()
                        .collect(Collectors.toMap(
                                ChampionSince::getDataset, since -> Instant.ofEpochMilli(since.getAt()))));
    }

    private void look(String name, Instant now, boolean isClock, Ledger ledger, Outbox outbox) {
        ledger.get(ORDERS, name)
                .filter(order -> order.getState() == OrderState.ACTIVE)
                .ifPresent(order -> ledger.standsOrFalls(
                                outbox, part -> new Look(order, price, now, isClock, ledger, part).decide())
                        .ifPresent(failure -> LOG.error("order {} cannot be looked at", name, failure)));
    }

    /** The orders that a fact may concern. */
    private Set<String> learn(Fact fact, Instant told, Ledger ledger) {
        var value = fact.value();
        var spender = new Spending(ledger).take(value, told);
        if (value instanceof OrderPlaced placed) {
            return placed(placed, ledger);
        }
        if (value instanceof VersionDecided decided) {
            new DecisionBook(decided.getOrder(), ledger).take(decided);
            return Set.of(decided.getOrder());
        }
        if (value instanceof DatasetPublished published) {
            new RunBook(ledger).take(fact);
            var seen = new VersionBook(ledger).take(published, told);
            var orders = those(ledger, order -> order.getDataset().equals(published.getDataset()));
            orders.forEach(order -> new DecisionBook(order, ledger).open(seen));
            return orders;
        }
        if (value instanceof ChampionDecided decided) {
            enter(decided, told, ledger);
            return those(ledger, order -> order.getDataset().equals(decided.getDataset()));
        }
        if (value instanceof GenotypeEvaluated evaluated) {
            if (evaluated.getStage() == Stage.SELECTION) {
                ledger.put(MEASURED, evaluated.getRun(), evaluated);
            }
            return DecisionBook.ordersOf(evaluated.getRun(), ledger);
        }
        new RunBook(ledger).take(fact);
        return spender.or(() -> RunLife.runOf(value))
                .map(run -> DecisionBook.ordersOf(run, ledger))
                .orElse(Set.of());
    }

    /** The first verdict on a run stands: one that is repeated says nothing of what has been decided since. */
    private static void enter(ChampionDecided decided, Instant told, Ledger ledger) {
        if (!ledger.mark("judged/" + decided.getRun())) {
            return;
        }
        var dataset = decided.getDataset();
        var isPromoted = isPromoted(decided);
        if (isPromoted
                || ledger.get(CHAMPIONS, dataset)
                        .filter(OrderPlanner::isPromoted)
                        .isEmpty()) {
            ledger.put(CHAMPIONS, dataset, decided);
        }
        if (isPromoted) {
            ledger.put(SINCE, dataset, new ChampionSince(dataset, decided.getRun(), told.toEpochMilli()));
        }
    }

    static boolean isPromoted(ChampionDecided decided) {
        return decided.getVerdict() == Verdict.PROMOTED;
    }

    /** A new order is about the newest version of the time and those that come after it. */
    private Set<String> placed(OrderPlaced placed, Ledger ledger) {
        OrderChecks.refusal(placed, price).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (ledger.get(ORDERS, placed.getOrder()).isEmpty()) {
            var versions = new VersionBook(ledger).of(placed.getDataset());
            var decisions = new DecisionBook(placed.getOrder(), ledger);
            versions.stream().limit(Math.max(0, versions.size() - 1)).forEach(decisions::overlook);
        }
        ledger.put(ORDERS, placed.getOrder(), placed);
        return Set.of(placed.getOrder());
    }

    private static Set<String> those(Ledger ledger, Predicate<OrderPlaced> wanted) {
        var names = new TreeSet<String>();
        ledger.all(ORDERS).stream().filter(wanted).forEach(order -> names.add(order.getOrder()));
        return names;
    }
}
