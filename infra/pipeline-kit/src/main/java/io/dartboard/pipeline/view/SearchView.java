package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one search of a run.
 *
 * @param search the search's id, which is its job's; empty while the dataset is unknown
 * @param seed its seed
 * @param epochs epochs it will have
 * @param checkpoints the newest word on each epoch, in order
 * @param genotypes the newest genotype of each epoch, in order
 * @param finishesEarly true if the run takes the newest genotype for the final one
 */
public record SearchView(
        String search,
        long seed,
        int epochs,
        List<AlphaCheckpointed> checkpoints,
        List<GenotypeDerived> genotypes,
        boolean finishesEarly) {

    public SearchView {
        checkpoints = List.copyOf(checkpoints);
        genotypes = List.copyOf(genotypes);
    }

    /** The newest checkpoint. */
    public Optional<AlphaCheckpointed> lastCheckpoint() {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.get(checkpoints.size() - 1));
    }

    /** The newest genotype. */
    public Optional<GenotypeDerived> lastGenotype() {
        return genotypes.isEmpty() ? Optional.empty() : Optional.of(genotypes.get(genotypes.size() - 1));
    }

    /** The genotype that the search ended with, for the run. */
    public Optional<GenotypeDerived> finalGenotype() {
        return lastGenotype().filter(derived -> finishesEarly || derived.getFinalEpoch());
    }

    /** True once its last checkpoint has been derived, or any where the run is content with that. */
    public boolean finished() {
        return finalGenotype().isPresent();
    }

    /** Epochs done, by the checkpoints. */
    public int epochsDone() {
        return lastCheckpoint().map(AlphaCheckpointed::getEpoch).orElse(0);
    }

    /** Seconds of device time spent, all attempts. */
    public double deviceSeconds() {
        return lastCheckpoint().map(AlphaCheckpointed::getDeviceSeconds).orElse(0.0);
    }
}
