package io.dartboard.training;

import io.dartboard.events.ArtifactRef;
import io.dartboard.nas.tensor.Safetensors;
import io.dartboard.pipeline.artifact.ArtifactStore;
import io.dartboard.pipeline.job.JobContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trained weights together with all that is needed to build their network again.
 *
 * @param file tensors by name, and facts
 */
public record TrainedWeights(Safetensors file) {

    /**
     * Weights that a job has trained.
     *
     * @param trained as the training loop hands them out
     * @param network its {@link NetworkFacts}
     */
    public static TrainedWeights of(CellJob job, Safetensors trained, Map<String, String> network) {
        var facts = new TreeMap<>(trained.facts());
        facts.putAll(network);
        facts.put("genotype", job.genotype());
        facts.put("dataset", job.dataset().getDataset() + "@" + job.dataset().getVersion());
        facts.put("datasetDigest", job.dataset().getDigest());
        facts.put("job", job.job());
        facts.put("seed", Long.toString(job.seed()));
        return new TrainedWeights(new Safetensors(trained.tensors(), facts));
    }

    /** Stores them as those of the attempt; waits for the store. */
    public ArtifactRef put(ArtifactStore store, JobContext context) {
        return store.put(
                "%s/weights/attempt-%06d.safetensors"
                        .formatted(context.identity().prefix(), context.attempt()),
                file.toBytes());
    }
}
