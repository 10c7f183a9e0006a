package io.dartboard.training;

import io.dartboard.events.Ceiling;
import io.dartboard.nas.cost.CostCeiling;
import java.util.List;
import java.util.Optional;

/** Networks that a run trains and what they may cost. */
@FunctionalInterface
public interface NetworkCeiling {
    /** Why a genotype, in its text form, must not be built into them, in one line with the counts; empty where it may. */
    Optional<String> refusal(String genotype);

    /** Several as one: the first that refuses. */
    static NetworkCeiling all(List<NetworkCeiling> networks) {
        var each = List.copyOf(networks);
        return genotype -> each.stream()
                .flatMap(network -> network.refusal(genotype).stream())
                .findFirst();
    }

    /**
     * What a ceiling allows.
     *
     * @throws IllegalArgumentException with one line, if it is impossible
     */
    static CostCeiling cost(Ceiling ceiling) {
        return new CostCeiling(ceiling.getParameters(), ceiling.getMultiplyAdds());
    }
}
