package io.dartboard.nas.derive;

import io.dartboard.nas.alpha.Relaxation;
import io.dartboard.nas.searchspace.CnnSpace;
import io.dartboard.nas.searchspace.NasBench201Space;
import io.dartboard.nas.searchspace.RecurrentSpace;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a method reads a discrete architecture off its alphas, before it is known of which space they are. A search tells it
 * by its {@link #id} and {@link #threshold}, beside its relaxation; {@link #rule} is where both become the rule that reads
 * its alphas, and it alone.
 */
public interface Discretization {
    /** That of DARTS. */
    Discretization STRONGEST = new Strongest();

    /** Stable name that events carry. */
    String id();

    /** From which weight on an operation is kept; 0 where none has to reach any. */
    default double threshold() {
        return 0;
    }

    /** Whether it reads parameters of edges beside those of candidates. */
    default boolean readsEdges() {
        return false;
    }

    /** Most skip connections that a normal cell has; empty where they are not counted. */
    default OptionalInt mostNormalSkips() {
        return OptionalInt.empty();
    }

    /** Epochs for which a supernet is tuned between two decisions, where these are made by perturbation; empty where none is. */
    default OptionalInt tunedFor() {
        return OptionalInt.empty();
    }

    /** Why a search cannot be ended before its last epoch, with the cell of any other; empty if it can. */
    default Optional<String> unfitToEndEarly() {
        return Optional.empty();
    }

    /**
     * The rule for a space.
     *
     * @param relaxation that of the search
     * @throws IllegalArgumentException if cells of that space cannot be read so; the message says why
     */
    default DerivationRule rule(SearchSpace space, Relaxation relaxation) {
        if (space instanceof RecurrentSpace recurrent) {
            return rule(recurrent, relaxation);
        }
        return space instanceof CnnSpace cells ? rule(cells, relaxation) : rule((NasBench201Space) space, relaxation);
    }

    /** Of convolutional cells. */
    DerivationRule rule(CnnSpace space, Relaxation relaxation);

    /** Of a cell of NAS-Bench-201; as {@link #rule(SearchSpace, Relaxation)}. */
    DerivationRule rule(NasBench201Space space, Relaxation relaxation);

    /** Of a recurrent cell; as {@link #rule(SearchSpace, Relaxation)}. */
    DerivationRule rule(RecurrentSpace space, Relaxation relaxation);

    /**
     * What a search has told of itself.
     *
     * @param mostSkips most skip connections of a normal cell, where they are counted; else any number
     * @throws IllegalArgumentException if there is none of that name, which the message lists; or it refuses a number
     */
    static Discretization of(String id, double threshold, int mostSkips) {
        return switch (id) {
            case Strongest.ID -> STRONGEST;
            case ThresholdSparse.ID -> new ThresholdSparse(threshold);
            case ThresholdEdge.ID -> new ThresholdEdge(threshold);
            case EdgeWeighted.ID -> new EdgeWeighted();
            case Perturbation.ID -> Perturbation.PUBLISHED;
            case RestrictedSkips.ID -> new RestrictedSkips(mostSkips);
            default ->
                throw new IllegalArgumentException("unknown derivation '%s'; known: %s, %s, %s, %s, %s, %s"
                        .formatted(
                                id,
                                Strongest.ID,
                                ThresholdSparse.ID,
                                ThresholdEdge.ID,
                                EdgeWeighted.ID,
                                Perturbation.ID,
                                RestrictedSkips.ID));
        };
    }
}
