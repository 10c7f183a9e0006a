package io.dartboard.pipeline.view;

import io.dartboard.events.AlphaCheckpointed;
import io.dartboard.events.GenotypeDerived;
import io.dartboard.events.SearchRelaunched;
import io.dartboard.events.SearchSteered;
import io.dartboard.events.SteeringAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of one search of a run.
 *
 * @param search the search's id, which is its job's; empty while the dataset is unknown
 * @param seed its seed
 * @param epochs epochs it will have
 * @param checkpoints the newest word on each epoch, in order
 * @param genotypes the newest genotype of each epoch, in order
 * @param finishesEarly true if the run takes the newest genotype for the final one
 * @param steered what its guard has told, in order
 * @param relaunch as what it was made anew, if it was
 * @param successor the search that it goes on as then
 */
public record SearchView(
        String search,
        long seed,
        int epochs,
        List<AlphaCheckpointed> checkpoints,
        List<GenotypeDerived> genotypes,
        boolean finishesEarly,
        List<SearchSteered> steered,
        Optional<SearchRelaunched> relaunch,
        Optional<SearchView> successor) {

    public SearchView {
        checkpoints = List.copyOf(checkpoints);
        genotypes = List.copyOf(genotypes);
        steered = List.copyOf(steered);
    }

    /** The search that is at work for it: itself, or the last as which it was relaunched. */
    public SearchView current() {
        return successor.map(SearchView::current).orElse(this);
    }

    /** It and those as which it was relaunched, in order. */
    public List<SearchView> chain() {
        return Stream.concat(Stream.of(this), successor.stream().flatMap(next -> next.chain().stream()))
                .toList();
    }

    /** The word that ended it before its time, if one did. */
    public Optional<SearchSteered> ended() {
        return steered.stream()
                .filter(word -> word.getAction() != SteeringAction.CONTINUE)
                .findFirst();
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
        return genotypes.stream()
                .filter(GenotypeDerived::getFinalEpoch)
                .reduce((earlier, later) -> later)
                .or(() -> finishesEarly ? newest() : Optional.empty());
    }

    /** The epoch that it has been told to go back to stands above later ones. */
    private Optional<GenotypeDerived> newest() {
        return genotypes.stream()
                .filter(GenotypeDerived::getSteered)
                .findFirst()
                .or(this::lastGenotype);
    }

    /** True once its last checkpoint has been derived, or any where the run is content with that. */
    public boolean finished() {
        return finalGenotype().isPresent();
    }

    /** Epochs done, by the checkpoints; of the search that is at work for it. */
    public int epochsDone() {
        return current().lastCheckpoint().map(AlphaCheckpointed::getEpoch).orElse(0);
    }

    /** Seconds of device time spent, all attempts, on it and those as which it was relaunched. */
    public double deviceSeconds() {
        return chain().stream()
                .flatMap(each -> each.lastCheckpoint().stream())
                .mapToDouble(AlphaCheckpointed::getDeviceSeconds)
                .sum();
    }
}
