package io.dartboard.nas.cost;

import java.util.Locale;
import java.util.Optional;

/**
 * What a network may cost at most. The paper's mobile setting allows 600 million multiply-adds (DARTS, arXiv 1806.09055,
 * section 3.3).
 *
 * @param parameters without the auxiliary head; 0 for no ceiling
 * @param multiplyAdds of convolutions and the classifier, for one image; of a language model, for one word; 0 for no ceiling
 */
public record CostCeiling(long parameters, long multiplyAdds) {
    /** Anything goes. */
    public static final CostCeiling NONE = new CostCeiling(0, 0);

    public CostCeiling {
        require("parameters", parameters);
        require("multiplyAdds", multiplyAdds);
    }

    /** Which count is over its ceiling, with both numbers; empty where none is. A cost at the ceiling is not over it. */
    public Optional<String> exceededBy(Cost cost) {
        return over("parameters", cost.parameters(), parameters)
                .or(() -> over("multiply-adds", cost.multiplyAdds(), multiplyAdds));
    }

    private static Optional<String> over(String what, long count, long ceiling) {
        return ceiling == 0 || count <= ceiling
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%,d %s over the ceiling of %,d", count, what, ceiling));
    }

    private static void require(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "%s must not be negative; 0 sets no ceiling (was %d)".formatted(name, value));
        }
    }
}
