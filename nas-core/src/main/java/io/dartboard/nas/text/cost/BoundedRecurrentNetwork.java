package io.dartboard.nas.text.cost;

import io.dartboard.nas.cost.CostCeiling;
import io.dartboard.nas.genotype.RecurrentGenotype;
import java.util.Optional;

/**
 * A language model that genotypes are built into, and what it may cost.
 *
 * @param name what people call it, such as the evaluation network
 * @param vocabulary words that it tells apart
 * @param width of embedding and hidden state
 * @param ceiling what it may cost
 */
public record BoundedRecurrentNetwork(String name, int vocabulary, int width, CostCeiling ceiling) {

    /** Why a genotype must not be built into this network, in one line with the counts; empty where it may. */
    public Optional<String> refusal(RecurrentGenotype genotype) {
        return ceiling.exceededBy(RecurrentCost.of(genotype, vocabulary, width))
                .map(over -> "%s (%d nodes, width %d, %d words) has %s"
                        .formatted(name, genotype.nodes(), width, vocabulary, over));
    }
}
