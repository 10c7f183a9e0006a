package io.dartboard.eval;

import io.dartboard.nas.cost.BoundedNetwork;
import io.dartboard.nas.cost.BoundedRecurrentNetwork;
import io.dartboard.nas.genotype.Genotype;
import io.dartboard.nas.genotype.RecurrentGenotype;
import java.util.List;
import java.util.Optional;

/**
 * What the networks of a run's cell may cost. A count is a matter of arithmetic, so a cell that is over a ceiling is passed
 * over before a second of device time is spent on it.
 *
 * @param networks those that have a ceiling
 */
record Ceilings(List<Bound> networks) {
    Ceilings {
        networks = List.copyOf(networks);
    }

    /** A network and what it may cost. */
    @FunctionalInterface
    interface Bound {
        /** Why a genotype, in its text form, must not be built into it; empty where it may. */
        Optional<String> refusal(String genotype);

        static Bound of(BoundedNetwork network) {
            return genotype -> network.refusal(Genotype.parse(genotype));
        }

        static Bound of(BoundedRecurrentNetwork network) {
            return genotype -> network.refusal(RecurrentGenotype.parse(genotype));
        }
    }

    /** Why a cell is over a ceiling, in one line with the counts; empty where it keeps within all. */
    Optional<String> refusal(String genotype) {
        return networks.stream()
                .flatMap(network -> network.refusal(genotype).stream())
                .findFirst();
    }
}
