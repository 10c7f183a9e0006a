package io.dartboard.transfer.registry;

import io.dartboard.pipeline.artifact.StoreUnavailable;
import io.dartboard.pipeline.config.PipelineConfig;
import io.dartboard.pipeline.event.Backoff;
import io.dartboard.pipeline.event.GroupReader;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.pipeline.meters.NasMeters;
import io.dartboard.transfer.delivery.Courier;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers each promotion once its evidence is packed: the version points at the pack, which has the weights. One that is not taken
 * becomes a dead letter, from where {@code infra/run dlq} has it tried again.
 */
public final class Registration implements GroupReader.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(Registration.class);

    private final GroupReader.Sink evidence;
    private final EvidenceShelf shelf;
    private final MlflowRegistry registry;
    private final String prefix;
    private final Counter registered;
    private final Counter refused;

    /**
     * Makes one.
     *
     * @param evidence packs promotions
     * @param prefix of the names of models, before the dataset's
     */
    Registration(
            GroupReader.Sink evidence,
            EvidenceShelf shelf,
            MlflowRegistry registry,
            String prefix,
            MeterRegistry meters) {
        this.evidence = evidence;
        this.shelf = shelf;
        this.registry = registry;
        this.prefix = prefix;
        this.registered = NasMeters.REGISTRATIONS.counter(meters, "outcome", "registered");
        this.refused = NasMeters.REGISTRATIONS.counter(meters, "outcome", "refused");
    }

    /**
     * As configured: what packs the evidence, and registers it where there is a registry.
     *
     * @throws IllegalArgumentException if the configuration makes no sense, with one line
     */
    public static GroupReader.Sink after(
            GroupReader.Sink evidence, EvidenceShelf shelf, PipelineConfig.Mlflow config, MeterRegistry meters) {
        var courier = Courier.of("dartboard.mlflow.tries", config.tries());
        return config.url()
                .map(String::strip)
                .map(url -> (GroupReader.Sink) new Registration(
                        evidence,
                        shelf,
                        new MlflowRegistry(
                                Courier.address("dartboard.mlflow.url", url),
                                config.tokenFile().map(String::strip).map(Path::of),
                                courier),
                        config.modelPrefix(),
                        meters))
                .orElse(evidence);
    }

    @Override
    public void take(String key, Optional<byte[]> value) throws InterruptedException {
        evidence.take(key, value);
        if (value.isEmpty()) {
            return;
        }
        var promotion = RegistryEvents.of(key, value.get());
        if (promotion.isEmpty()) {
            return;
        }
        try {
            register(promotion.get());
            registered.increment();
        } catch (IllegalArgumentException e) {
            refused.increment();
            throw new IllegalArgumentException("the promotion was not registered: " + e.getMessage(), e);
        }
    }

    private void register(RegistryEvents told) throws InterruptedException {
        var promotion = promotion(told);
        var version = registry.register(promotion);
        LOG.info("run {} is version {} of model {}", told.run(), version, promotion.model());
    }

    private MlflowRegistry.Promotion promotion(RegistryEvents told) throws InterruptedException {
        var backoff = Backoff.forOutages();
        while (true) {
            try {
                return told.promotion(prefix, shelf);
            } catch (StoreUnavailable e) {
                LOG.warn("run {} is not registered yet: {}", told.run(), e.getMessage());
                backoff.pause();
            }
        }
    }
}
