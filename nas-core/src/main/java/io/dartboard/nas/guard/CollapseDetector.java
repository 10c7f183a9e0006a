package io.dartboard.nas.guard;

import io.dartboard.nas.guard.Finding.Severity;
import io.dartboard.nas.searchspace.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All rules together: what they find at an epoch, and which epoch before it was the last healthy one. A pure function of the
 * epochs' signs.
 *
 * <p>Before a certain epoch no rule speaks: the alphas are near their start, and the cell that is derived from them is little
 * more than a draw. A rule that looks back must not rule out every later epoch, either: RobustDARTS (arXiv 1909.09656), in the
 * authors' code, accepts no cell of before epoch 10 of 50, so that its eigenvalues cannot alarm before epoch 22.
 *
 * @param rules each on its own
 * @param from the first epoch at which they speak, and which can be gone back to
 */
public record CollapseDetector(List<CollapseRule> rules, int from) {
    /** Those that can be read off alphas and measurements of a search, at the published levels where there are any. */
    public static final List<CollapseRule> RULES = List.of(
            new SkipConnections(2, 3),
            new ParameterFreeShare(0.5),
            new EigenvalueRise(5, 4, 1.3),
            new SkipMassRise(5, 0.3),
            new StableGenotype(10),
            new DiscretizationGap(0.1));

    private static final int EARLIEST = 5;
    private static final int SHARE = 5;

    public CollapseDetector {
        rules = List.copyOf(rules);
        if (from < 1) {
            throw new IllegalArgumentException("from must be at least 1, the first epoch (was %d)".formatted(from));
        }
    }

    /** The published rules for a search of so many epochs: they speak from a fifth of them on, and not before the fifth. */
    public static CollapseDetector usual(int epochs) {
        return new CollapseDetector(RULES, Math.max(EARLIEST, (epochs + SHARE - 1) / SHARE));
    }

    /** The same by what its rules mean in a space. */
    public CollapseDetector in(SearchSpace space) {
        return new CollapseDetector(
                rules.stream()
                        .map(rule -> rule.in(space))
                        .flatMap(Optional::stream)
                        .toList(),
                from);
    }

    /**
     * What was found.
     *
     * @param findings at the last epoch, in the order of the rules
     * @param healthyEpoch the last epoch before at which nothing was found but that the search had settled, and which no
     *     finding rules out; 0 where there is none
     */
    public record Diagnosis(List<Finding> findings, int healthyEpoch) {
        public Diagnosis {
            findings = List.copyOf(findings);
        }

        /** The same, and what a further rule has found. */
        public Diagnosis with(Optional<Finding> found) {
            return new Diagnosis(
                    Stream.concat(findings.stream(), found.stream()).toList(), healthyEpoch);
        }

        /** The worst of the findings. */
        public Optional<Severity> worst() {
            return findings.stream().map(Finding::severity).max(Enum::compareTo);
        }
    }

    /**
     * Looks at the last of some epochs.
     *
     * @param history at least one epoch, in order
     */
    public Diagnosis look(List<Signs> history) {
        List<Finding> findings = findings(history).stream()
                .filter(each -> each.severity() != Severity.COLLAPSE || each.healthyUntil() >= from)
                .toList();
        int until = findings.stream()
                .filter(each -> each.severity() == Severity.COLLAPSE)
                .mapToInt(Finding::healthyUntil)
                .min()
                .orElse(CollapseRule.last(history).epoch() - 1);
        int healthy = 0;
        for (int end = history.size() - 1; end > 0 && healthy == 0; end--) {
            Signs candidate = history.get(end - 1);
            if (candidate.epoch() >= from && candidate.epoch() <= until && isHealthy(history.subList(0, end))) {
                healthy = candidate.epoch();
            }
        }
        return new Diagnosis(findings, healthy);
    }

    private boolean isHealthy(List<Signs> history) {
        return findings(history).stream().allMatch(each -> each.severity() == Severity.SETTLED);
    }

    private List<Finding> findings(List<Signs> history) {
        List<Finding> findings = new ArrayList<>();
        if (CollapseRule.last(history).epoch() >= from) {
            rules.forEach(rule -> rule.look(history).ifPresent(findings::add));
        }
        return findings;
    }
}
