package io.dartboard.search.source;

import io.dartboard.events.OrderPlaced;
import io.dartboard.events.OrderState;
import io.dartboard.events.ReadOutcome;
import io.dartboard.events.SourceRead;
import io.dartboard.events.WatchedSource;
import io.dartboard.nas.image.data.CifarFiles.Labels;
import io.dartboard.pipeline.view.OrderView;
import io.dartboard.schemas.OneLine;
import io.dartboard.schemas.Topics;
import io.dartboard.search.body.Refused;
import io.dartboard.search.dataset.DatasetBuckets;
import io.dartboard.search.dataset.DatasetPublisher;
import io.dartboard.search.dataset.DatasetRequest;
import io.dartboard.search.dataset.Listing;
import io.dartboard.search.event.EventLog;
import io.dartboard.search.event.TriggerMeters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps datasets at what lies below the prefixes that active standing orders watch. Each prefix is listed from time to time, and
 * sooner where a notification says so; what is not what was read last, and has been quiet, is published as anybody publishes it.
 *
 * <p>It remembers nothing that matters: what was read last stands on {@code nas.sources}, and content that was published before
 * is known by its digest. So one that is killed at any moment, or works beside others, comes to the same versions.
 */
public final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

    private final EventLog log;
    private final DatasetPublisher publisher;
    private final DatasetBuckets buckets;
    private final TriggerMeters meters;
    private final Clock clock;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<String> hinted = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "search-svc-sources");

    /** Watches once it is started. */
    public SourceWatch(
            EventLog log, DatasetPublisher publisher, DatasetBuckets buckets, TriggerMeters meters, Clock clock) {
        this.log = log;
        this.publisher = publisher;
        this.buckets = buckets;
        this.meters = meters;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /** What an order watches, and when it is looked at. */
    private static final class Watched {
        private final WatchedSource source;
        private final Debounce debounce;
        /** What was wrong at the last look, told once. */
        private String trouble = "";

        Watched(WatchedSource source) {
            this.source = source;
            this.debounce = new Debounce(
                    Duration.ofSeconds(source.getQuietSeconds()), Duration.ofSeconds(source.getListSeconds()));
        }
    }

    /** Begins in the background. */
    public void start() {
        thread.start();
    }

    /**
     * Takes the word that an object has changed.
     *
     * @return how many orders watch it
     */
    public int hint(String bucket, String key) {
        var whose = orders().stream()
                .filter(order -> {
                    var source = Objects.requireNonNull(order.getSource());
                    return source.getBucket().equals(bucket) && key.startsWith(source.getPrefix());
                })
                .map(OrderPlaced::getOrder)
                .toList();
        hinted.addAll(whose);
        return whose.size();
    }

    /** Looks at every prefix that is due. */
    void look() {
        var orders = orders();
        watched.keySet().retainAll(orders.stream().map(OrderPlaced::getOrder).collect(Collectors.toSet()));
        for (var order : orders) {
            var source = Objects.requireNonNull(order.getSource());
            var known = watched.get(order.getOrder());
            if (known == null || !known.source.equals(source)) {
                known = new Watched(source);
                watched.put(order.getOrder(), known);
            }
            if (hinted.remove(order.getOrder())) {
                known.debounce.hint();
            }
            var now = clock.instant();
            if (known.debounce.isDue(now)) {
                look(order, known, now);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(TICK.toMillis());
    }

    private void run() {
        var isCurrent = false;
        while (true) {
            try {
                if (!isCurrent) {
                    log.now(); // An order that was removed long ago is read before its removal.
                    isCurrent = true;
                }
                look();
            } catch (RuntimeException e) {
                LOG.debug("cannot watch yet: {}", e.getMessage());
            }
            try {
                Thread.sleep(TICK.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<OrderPlaced> orders() {
        return log.known().orders().stream()
                .map(OrderView::placed)
                .filter(order -> order.getState() == OrderState.ACTIVE && order.getSource() != null)
                .toList();
    }

    /** Whatever goes wrong with one order is no reason to leave out the next. */
    private void look(OrderPlaced order, Watched watch, Instant now) {
        try {
            var listing = buckets.list(DatasetBuckets.location(watch.source.getBucket(), watch.source.getPrefix()));
            var digest = listing.digest();
            if (listing.objects().isEmpty() || watch.debounce.isSettled(digest) || wasRead(order, digest)) {
                watch.debounce.settle(digest, now);
            } else if (watch.debounce.isQuiet(digest, now)) {
                read(order, watch, listing);
            }
            watch.trouble = "";
        } catch (RuntimeException e) {
            watch.debounce.postpone(now.plus(AFTER_TROUBLE));
            var trouble = String.valueOf(e.getMessage());
            if (!trouble.equals(watch.trouble)) {
                watch.trouble = trouble;
                LOG.warn(
                        "order {} cannot look at s3://{}/{}: {}. Trying again until it can",
                        order.getOrder(),
                        watch.source.getBucket(),
                        watch.source.getPrefix(),
                        trouble);
            }
        }
    }

    private boolean wasRead(OrderPlaced order, String digest) {
        return log.known()
                .order(order.getOrder())
                .flatMap(OrderView::source)
                .filter(last -> last.read().getListing().equals(digest))
                .filter(last -> last.read().getDataset().equals(order.getDataset()))
                .isPresent();
    }

    private void read(OrderPlaced order, Watched watch, Listing listing) {
        var trigger = watch.debounce.isHinted() ? TriggerMeters.Source.NOTIFICATION : TriggerMeters.Source.LISTING;
        var read = SourceRead.newBuilder()
                .setOrder(order.getOrder())
                .setDataset(order.getDataset())
                .setBucket(watch.source.getBucket())
                .setPrefix(watch.source.getPrefix())
                .setListing(listing.digest())
                .setObjects(listing.objects().size())
                .setBytes(listing.bytes())
                .setTrigger(trigger.id());
        try {
            var published = publisher.publish(request(order, watch.source, listing.location()));
            meters.published(trigger, published.news());
            read.setOutcome(published.news() ? ReadOutcome.PUBLISHED : ReadOutcome.KNOWN)
                    .setVersion(published.dataset().getVersion());
        } catch (Refused refused) {
            if (!buckets.list(listing.location()).digest().equals(listing.digest())) {
                return; // It has changed meanwhile: what was refused is there no more.
            }
            meters.refused(trigger);
            read.setOutcome(ReadOutcome.REFUSED).setReason(OneLine.reason(refused.getMessage()));
            LOG.warn("what lies below {} is refused: {}", listing.location(), refused.getMessage());
        }
        log.tell(Topics.SOURCES, order.getOrder(), read.build(), "");
        watch.debounce.settle(listing.digest(), clock.instant());
    }

    /** As what is of the task of the versions before: an order's run is about that. */
    private DatasetRequest request(OrderPlaced order, WatchedSource source, String location) {
        return new DatasetRequest(
                order.getDataset(),
                log.known().dataset(order.getDataset()).map(before -> before.getTask()),
                Optional.empty(),
                source.getLabels().equals("coarse") ? Labels.COARSE : Labels.FINE,
                location,
                Optional.empty());
    }
}
