package io.dartboard.pipeline.view;

import io.dartboard.events.ChampionDecided;
import io.dartboard.events.DatasetPublished;
import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderState;
import io.dartboard.schemas.Topic;
import io.dartboard.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * All runs, datasets, standing orders and champions, as the events tell them. Feed it every record of {@link #TOPICS}, in the order of each
 * topic; the order between topics does not matter. Safe for use by several threads.
 */
public final class RunBoard {
    /** The topics whose records make the board. */
    public static final List<Topic<? extends SpecificRecord>> TOPICS = List.of(
            Topics.DATASETS,
            Topics.ORDERS,
            Topics.SOURCES,
            Topics.DECISIONS,
            Topics.RUNS,
            Topics.ALPHAS,
            Topics.GENOTYPES,
            Topics.STEERING,
            Topics.EVALUATIONS,
            Topics.TRANSFERS,
            Topics.CHAMPIONS,
            Topics.PROGRESS,
            Topics.FAILURES);

    private final Facts facts = new Facts();

    /**
     * Takes one event.
     *
     * @param event any record of {@link #TOPICS}; others are passed over
     * @param time when it was told, by its envelope or the broker
     */
    public synchronized void apply(SpecificRecord event, Instant time) {
        facts.apply(event, time);
    }

    /** The run with this id. */
    public synchronized Optional<RunView> run(String run) {
        return facts.life(run).map(life -> RunView.of(life, facts));
    }

    /** The runs whose id begins so; people type the first few digits. */
    public synchronized List<RunView> runsBeginning(String prefix) {
        return facts.lives().stream()
                .filter(life -> life.run().startsWith(prefix))
                .map(life -> RunView.of(life, facts))
                .toList();
    }

    /** All runs, the newest first. */
    public synchronized List<RunView> runs() {
        var views = new ArrayList<RunView>();
        facts.lives().forEach(life -> views.add(RunView.of(life, facts)));
        Collections.reverse(views);
        return views;
    }

    /** Every version of every dataset, in the order of publication. */
    public synchronized List<DatasetPublished> datasets() {
        return List.copyOf(facts.datasets());
    }

    /** The newest version of a dataset. */
    public synchronized Optional<DatasetPublished> dataset(String name) {
        return facts.newest(name);
    }

    /** Every standing order that was ever placed and not removed. */
    public synchronized List<OrderView> orders() {
        return facts.orders().stream()
                .filter(placed -> placed.getState() != OrderState.REMOVED)
                .map(this::view)
                .toList();
    }

    /** A standing order, also one that has been removed. */
    public synchronized Optional<OrderView> order(String name) {
        return facts.orders().stream()
                .filter(placed -> placed.getOrder().equals(name))
                .map(this::view)
                .findFirst();
    }

    private OrderView view(OrderPlaced placed) {
        return new OrderView(placed, facts.decisions(placed.getOrder()), facts.source(placed.getOrder()));
    }

    /** For each dataset that has a champion the decision that names it, by name of the dataset. */
    public synchronized List<ChampionDecided> champions() {
        return facts.datasets().stream()
                .map(DatasetPublished::getDataset)
                .distinct()
                .sorted()
                .flatMap(name -> champion(name).stream())
                .toList();
    }

    /** The decision that names the dataset's champion of today. */
    public synchronized Optional<ChampionDecided> champion(String dataset) {
        return facts.newestVerdict(dataset).filter(decided -> decided.getChampion() != null);
    }
}
