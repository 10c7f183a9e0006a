package io.dartboard.eval;

import io.dartboard.training.NetworkCeiling;
import java.util.List;
import java.util.Optional;

/**
 * What the networks of a run's cell may cost. A count is a matter of arithmetic, so a cell that is over a ceiling is passed
 * over before a second of device time is spent on it.
 *
 * @param networks those that have a ceiling
 */
record Ceilings(List<NetworkCeiling> networks) {
    Ceilings {
        networks = List.copyOf(networks);
    }

    /** Why a cell is over a ceiling, in one line with the counts; empty where it keeps within all. */
    Optional<String> refusal(String genotype) {
        return networks.stream()
                .flatMap(network -> network.refusal(genotype).stream())
                .findFirst();
    }
}
