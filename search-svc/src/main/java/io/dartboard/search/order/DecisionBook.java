package io.dartboard.search.order;

import io.dartboard.events.DatasetPublished;
import io.dartboard.events.DecisionAction;
import io.dartboard.events.VersionDecided;
import io.dartboard.events.VersionSeen;
import io.dartboard.pipeline.planner.Ledger;
import io.dartboard.pipeline.planner.Table;
import io.dartboard.pipeline.view.OrderView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an order has decided about the versions of its dataset. The first word of a kind on a version stands. */
final class DecisionBook {
    private static final Table<VersionDecided> DECIDED = Table.of(VersionDecided.class);
    private static final Table<VersionDecided> LAST_SEARCH = new Table<>("LastSearch", VersionDecided.class);

    private final String order;
    private final Ledger ledger;

    DecisionBook(String order, Ledger ledger) {
        this.order = order;
        this.ledger = ledger;
    }

    void take(VersionDecided decided) {
        decided.getRuns().forEach(run -> {
            ledger.mark("runOf/%s/%s".formatted(order, run));
            ledger.mark("orderOf/%s/%s".formatted(run, order));
        });
        if (decided.getDue() != null) {
            ledger.mark(answered(decided.getDue()));
        }
        var key = key(decided.getVersion(), decided.getAction());
        if (ledger.get(DECIDED, key).isEmpty()) {
            ledger.put(DECIDED, key, decided);
        }
        if (OrderView.isFinal(decided.getAction())) {
            ledger.unmark(open(decided.getDataset(), decided.getVersion()));
        }
        if (decided.getAction() == DecisionAction.SEARCH
                && decided.getRuns().stream().anyMatch(run -> ledger.mark(searches(decided.getVersion()) + run))) {
            ledger.put(LAST_SEARCH, order, decided);
        }
    }

    /** Nothing will be decided about a version that was there before the order. */
    void overlook(VersionSeen version) {
        ledger.mark(overlooked(version));
        ledger.unmark(open(version.getPublished()));
    }

    /** A version is to be decided about, unless it has been: decisions and versions stand on two topics. */
    void open(VersionSeen version) {
        if (!isSettled(version)) {
            ledger.mark(open(version.getPublished()));
        }
    }

    /** The versions that something is to be decided about, the oldest first; their number does not grow with the history. */
    List<VersionSeen> open(String dataset, VersionBook versions) {
        if (ledger.mark("opened/%s/%s".formatted(order, dataset))) {
            // A ledger of before there was this index.
            versions.of(dataset).forEach(this::open);
        }
        return ledger.marks(open(dataset, "")).stream()
                .flatMap(version -> versions.of(dataset, version).stream())
                .sorted(VersionBook.OLDEST_FIRST)
                .toList();
    }

    /** True if nothing is to be decided about it any more. */
    boolean isSettled(VersionSeen version) {
        return ledger.marked(overlooked(version))
                || Stream.of(DecisionAction.values()).filter(OrderView::isFinal).anyMatch(action -> of(version, action)
                        .isPresent());
    }

    Optional<VersionDecided> of(VersionSeen version, DecisionAction action) {
        return ledger.get(DECIDED, key(version.getPublished().getVersion(), action));
    }

    Optional<VersionDecided> lastSearch() {
        return ledger.get(LAST_SEARCH, order);
    }

    /** The orders that have begun a run. */
    static Set<String> ordersOf(String run, Ledger ledger) {
        return new TreeSet<>(ledger.marks("orderOf/%s/".formatted(run)));
    }

    /** How often a version was searched on. */
    int searches(VersionSeen version) {
        return ledger.marks(searches(version.getPublished().getVersion())).size();
    }

    /** True if something was decided because a time of the schedule had come. */
    boolean isAnswered(Instant due) {
        return ledger.marked(answered(due.toString()));
    }

    /** Every run that the order has begun. */
    Set<String> runs() {
        return new TreeSet<>(ledger.marks("runOf/%s/".formatted(order)));
    }

    private String open(DatasetPublished published) {
        return open(published.getDataset(), published.getVersion());
    }

    private String open(String dataset, String version) {
        return "open/%s/%s/%s".formatted(order, dataset, version);
    }

    private String searches(String version) {
        return "searchOf/%s/%s/".formatted(order, version);
    }

    private String answered(String due) {
        return "answered/%s/%s".formatted(order, due);
    }

    private String overlooked(VersionSeen version) {
        return "overlooked/%s/%s".formatted(order, version.getPublished().getVersion());
    }

    private String key(String version, DecisionAction action) {
        return "%s/%s/%s".formatted(order, version, action);
    }
}
