package io.dartboard.nas.bilevel;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.dartboard.nas.alpha.AlphaLayout;
import io.dartboard.nas.alpha.KeptCandidates;
import io.dartboard.nas.loop.SnapshotIdentity;
import io.dartboard.nas.searchspace.SearchSpace;
import io.dartboard.nas.tensor.ParameterLayout;
import java.util.List;

/** Everything that decides how a search goes, and where it runs: what a kind of data supplies to the search loop. */
public interface SearchSetup {
    /** Where the search runs. */
    Device device();

    /** What is searched. */
    SearchSpace space();

    /** How it searches. */
    SearchMethod method();

    /** Of all randomness. */
    long seed();

    /** Passes over the training half. */
    int epochs();

    /** The weights' learning rate in an epoch, in a step of the usual length. */
    double learningRate(int epoch);

    /** How weights and alphas are stepped. */
    SearchOptimisers optimisers();

    /** The supernet's weights; of a search in stages that of the first, or of the one that it is {@link #in}. */
    ParameterLayout weights();

    /** What the names of each candidate operation's weights begin with, of those that can be frozen. */
    default List<String> operations() {
        return List.of();
    }

    /** Cells of the supernet. */
    default int cells() {
        return 1;
    }

    /** The architecture parameters. */
    default AlphaLayout alphas() {
        return method().alphas(space(), cells());
    }

    /** The stage of an epoch. */
    default Stage stage(int epoch) {
        return method().stages().at(epoch, epochs());
    }

    /** When a stage decides by perturbation what it keeps. */
    default ProjectionPlan projection(Stage stage) {
        return method().projection(space(), stage.epochs());
    }

    /** When a search of one stage does. */
    default ProjectionPlan projection() {
        return projection(stage(0));
    }

    /**
     * The same search in a stage: with the supernet, and the data for it, that it has there.
     *
     * @param kept which candidates its edges have left
     */
    default SearchSetup in(Stage stage, KeptCandidates kept) {
        return this;
    }

    /** Whose snapshots may be gone on from. */
    SnapshotIdentity identity();

    /**
     * Opens the data for one search.
     *
     * @param scope what the feed keeps on the device lives as long as
     * @throws IllegalArgumentException if there is too little of it
     */
    SearchFeed open(NDManager scope);
}
