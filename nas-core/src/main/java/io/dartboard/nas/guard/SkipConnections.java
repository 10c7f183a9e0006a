package io.dartboard.nas.guard;

import io.dartboard.nas.genotype.KnownNetwork;
import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Skip connections in the derived normal cell. A cell with more genes may have more of them, in the same proportion.
 *
 * <p>Source: DARTS+ (Liang et al., arXiv 1909.06035), section 3.3, criterion 1, which stops at two.
 *
 * @param warnAt so many are worth a word
 * @param alarmAt so many are a collapse
 * @param genes of so many
 */
record SkipConnections(int warnAt, int alarmAt, int genes) implements CollapseRule {
    /** In a cell of DARTS. */
    static final SkipConnections PUBLISHED = new SkipConnections(2, 3, 8);

    /** By which it is derived on an edge of DARTS if nothing is known: of seven candidates, for {@code none} never is. */
    private static final double PUBLISHED_CHANCE = 1 / 7.0;

    private static final double RARE = 0.05;

    @Override
    public String id() {
        return "skip-connections";
    }

    @Override
    public Optional<Finding> look(List<Signs> history) {
        Signs now = CollapseRule.last(history);
        if (!has(now, warnAt)) {
            return Optional.empty();
        }
        boolean alarms = has(now, alarmAt);
        return Optional.of(new Finding(
                id(),
                alarms ? Severity.COLLAPSE : Severity.WARNING,
                "%d skip connections in the normal cell of epoch %d; %d of %d are a %s"
                        .formatted(
                                now.normalSkips(),
                                now.epoch(),
                                alarms ? alarmAt : warnAt,
                                genes,
                                alarms ? "collapse" : "warning"),
                now.epoch() - 1));
    }

    /**
     * Where an edge has fewer candidates than in DARTS, alphas that say nothing yet prefer the skip connection more often; there
     * it takes as many as chance alone gives in fewer than one of twenty cells: four of six in NAS-Bench-201, by whose table cells
     * with three come to as much as any (86.6 % on CIFAR-10 on average, where all have 87.1 %), and those with four to less (82.7
     * %). Around a network that people have designed it says nothing: residual networks have skip connections by design.
     */
    @Override
    public Optional<CollapseRule> in(SearchSpace space) {
        if (KnownNetwork.around(space).isPresent()) {
            return Optional.empty();
        }
        double chance = 1.0 / space.derivable().size();
        return Optional.of(space.stacksCells() && chance > PUBLISHED_CHANCE ? among(space, chance) : this);
    }

    private static CollapseRule among(SearchSpace space, double chance) {
        int edges =
                IntStream.range(0, space.cell().nodes()).map(space::edgesKept).sum();
        int rare = IntStream.rangeClosed(1, edges)
                .filter(count -> atLeast(count, edges, chance) < RARE)
                .findFirst()
                .orElse(edges);
        return new SkipConnections(rare - 1, rare, edges);
    }

    /** The chance of so many or more of some edges, each of which is one by a chance of its own. */
    private static double atLeast(int count, int edges, double chance) {
        double sum = 0;
        double ways = 1; // to choose the edges
        for (int some = 0; some <= edges; some++) {
            if (some >= count) {
                sum += ways * Math.pow(chance, some) * Math.pow(1 - chance, edges - some);
            }
            ways = ways * (edges - some) / (some + 1);
        }
        return sum;
    }

    private boolean has(Signs signs, int skips) {
        return signs.normalSkips() >= skips && signs.normalSkipShare() >= (double) skips / genes;
    }
}
