package io.dartboard.transfer.registry;

import io.dartboard.events.ChampionDecided;
import io.dartboard.pipeline.evidence.EvidenceShelf;
import io.dartboard.transfer.PromotionEvents;
import java.util.Map;
import java.util.Optional;

/** What a verdict means to a registry of models. */
final class RegistryEvents {
    private final ChampionDecided decided;

    private RegistryEvents(ChampionDecided decided) {
        this.decided = decided;
    }

    /**
     * What a record tells; empty where it promotes nothing.
     *
     * @throws IllegalArgumentException if the record is no verdict
     */
    static Optional<RegistryEvents> of(String key, byte[] record) {
        return PromotionEvents.of(key, record).map(RegistryEvents::new);
    }

    /** The run that is promoted. */
    String run() {
        return decided.getRun();
    }

    /**
     * What is registered of it.
     *
     * @param prefix of the names of models, before the dataset's
     * @throws IllegalArgumentException if its evidence is not there, with one line
     * @throws io.dartboard.pipeline.artifact.StoreUnavailable if the store is away
     */
    MlflowRegistry.Promotion promotion(String prefix, EvidenceShelf shelf) {
        var pack = shelf.find(run())
                .orElseThrow(() -> new IllegalArgumentException("the evidence of run %s is gone".formatted(run())));
        return new MlflowRegistry.Promotion(
                prefix + decided.getDataset(),
                run(),
                pack.getUri(),
                String.join("\n", decided.getReasons()),
                Map.of(
                        "dartboard.dataset", decided.getDataset(),
                        "dartboard.dataset-version", decided.getDatasetVersion(),
                        "dartboard.genotype", decided.getChallenger().getGenotype(),
                        "dartboard.evidence-sha256", pack.getSha256()));
    }
}
